"""The audit log, append-only and hash-chained: who did and who read what.

log           record one act; verify the chain
registering   the line in the register of a deed that must not come undone
models        the tables and triggers
"""
