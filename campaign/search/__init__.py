"""Search: one inverted index and one way of asking, over whichever tables a side declares for itself.

The public side writes what is published (ledger), the desk what its cases hold (cases): one code, two sets of tables,
and nothing here knows which. An index changes in the transaction that changes what it tells of.

    class CaseName(NameRow, Base): __tablename__ = "case_name"      # index.py: a side declares three tables
    class CaseKey(KeyRow, Base): __tablename__ = "case_key"
    class CaseWord(WordRow, Base): __tablename__ = "case_word"
    TABLES = Tables(CaseName, CaseKey, CaseWord)

    write(TABLES, case.id, Entry(names=..., words=..., places=..., numbers=...), session)   # replaces what was there
    remove(TABLES, case.id, session)                                                        # leaves nothing

    shown = search_filter(Case.id, Case.ref, visible_to(account), session)  # who may be shown, ordered by reference
    answer = find(TABLES, "Токти", allowed=shown, session=session)       # answer.found: all of them, the best first
    refs = [found.docid for found in answer.found[:24]]
    told = reasons(TABLES, answer, refs, session)                      # told[docid]: reasons, each with a .sentence

    by_name(TABLES, forms("Tokhti"), allowed=shown, session=session)     # likely the same: hits with score and evidence
    candidates(TABLES, query_keys("Tokhti"), allowed=shown, session=session)     # by keys alone, nothing compared

index        the three tables, what a document is found by, words as they are kept and asked, names packed as bytes
writing      into the index and out of it; the mark of what an index was made by
query        a question: words, and the places that they name
place_terms  those places, and the filter of who may be shown
by_name      blocking keys, then alignment: a name in any spelling
by_word      all else: names as written, places, work, numbers, texts
finding      the two put together, ranked
reasons      why a document was found, in sentences
"""
