"""Possible duplicates: which cases may be one person, and what speaks for and against.

`traits` reads what a case tells of a person, `names_alike` and `evidence` weigh two of them, `search` finds candidates,
`pairs` keeps what was found and decided.
"""
