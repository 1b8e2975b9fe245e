"""Who did and who read what: rows that are appended, chained, and never changed.

models   the table and its triggers
log      record one deed; verify the chain
"""
