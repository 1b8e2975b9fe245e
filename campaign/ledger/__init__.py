"""The ledger: an append-only log of every document ever published, numbered and chained, and what is read from it.

documents    what a published document carries: the contract with partners; parts holds its structs
models       the tables; entries are never changed, bodies only come and go
writer       the only module that inserts entries, under the one write lock, so that numbers commit in order;
             derives the listing
chain        digests and the hash chain, as an outsider can reckon them, and their verification
identity     the ledger's id, and whether the public edge is shut after a restore
reader       what is public now; bodies, changes and stamp read the rest
facet_index  a bitmap index: who has which value, kept up with what changes
browse       the list, its cards and filters; search answers a question
"""
