"""The confidential side: what the campaign knows of each person, every save of it, and who may see it.

One rule: a case is a document (docs/decisions/0001). Its fields live in file.py and the files it names, each with
its visibility in the type; the tables here hold only what must be found, counted or kept in order.

    file, file_*     the case file, by subject
    classification   who may see a field: part of its type, walked by whoever asks
    models           case, revisions, reviews, members, comments, lookup rows
    revisions        every save; head, at, restore
    store            what is written: one new case or thousands, and the next revision of one
    merge            two people's changes put together; what they must settle
    difference       what changed between two revisions, field by field
    workflow         submit, ask for changes, approve; who wrote cannot approve
    checks           what a case file must not say
    facilities       places of detention that staff know, and which of them a case names
    queries, filters which cases an account may see; the worklist, and all that it can be narrowed to
    consents         from which day a consent asks for an officer
    finding, indexed what a case is found by in any spelling, and the tables that hold it (docs/decisions/0004)
    reindexing       rows and index written anew from the cases
"""
