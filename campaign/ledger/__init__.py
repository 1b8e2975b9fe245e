"""The public side: every document ever published, numbered and chained, and what is read from it.

documents  what a published document carries: the contract with partners
models     the tables; entries are never changed, bodies only come and go
lock       the one lock under which numbers are given, so that they commit in order
writer     the only module that inserts entries
listing    what readers filter and sort by, derived from the newest bodies
reader     what is public now; changes, history, verify read the rest
counts     who has which value, in bits; following keeps them up with what changes
finding    who answers a question; browse the list without one
"""
