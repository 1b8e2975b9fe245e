"""The confidential side: what the campaign knows of each person, every save of it, and who may see it.

One rule: a case is a document (docs/decisions/0001). Its fields live in file.py and the files it names, each with
its visibility in the type; the tables here hold only what must be found, counted or kept in order.

    file, file_*     the case file, by subject
    classification   who may see a field: part of its type, walked by whoever asks
    models           case, revisions, reviews, members, comments, lookup rows; sealed columns
    revisions        every save; head, at, restore
    store            what is written: one new case or thousands, and the next revision of one; references
    merge            three-way merge of two people's changes; the conflicts that a person decides
    diff             what changed between two revisions, field by field
    workflow         submit, ask for changes, approve; who wrote cannot approve
    members          who is named on a case, who owns it, whether it is restricted
    checks           what a case file must not say, and the refusals of this room
    status           the situation of the person, the authorities' claim alone, from when a consent or a person is asked
    facilities       places of detention that staff know, and which of them a case names
    queries          which cases an account may see; the worklist, its filters and its search
    index            the rows that a case is found by in any spelling (docs/decisions/0004)
    reindexing       rows and index written anew from the cases
"""
