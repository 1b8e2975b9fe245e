"""The audit log, append-only and hash-chained: who did and who read what.

log      the table and its triggers; record one act; verify the chain
"""
