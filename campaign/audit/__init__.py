"""The audit log, append-only and hash-chained: who did and who read what.

models   the table and its triggers
log      record one act; verify the chain
"""
