"""The ledger: an append-only log of every document ever published, numbered and chained, and what is read from it.

documents    what a published document carries: the contract with partners; parts holds its structs
models       the tables; entries are never changed, bodies only come and go
writer       the only module that inserts entries, under the one write lock, so that numbers commit in order
chain        digests and the hash chain, as an outsider can reckon them; verify checks them
listing      what readers filter and sort by, derived from the newest bodies; cards are what lists show
reader       what is public now; bodies, changes and stamp read the rest
facet_index  a bitmap index: who has which value, kept up with what changes
search       who answers a question; browse the list without one
"""
