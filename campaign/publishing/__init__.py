"""Publishing: the only room that reads a case and writes the ledger.

door                    save, restore, publish, withdraw, merge: the service that everything goes through
consent/                which scopes are in force on a day, who confirmed them, who signed beside whom
gate/                   the ten rules, as a checklist
projection/             what the world may know of a case, one line a fact
context, eligibility    one case on its way out, read once, and its preview; who may review it, guests too
published               what was published so far
narrowing, takedown     a document with groups taken out, and the proof that nothing was added; taking it down
holds                   pauses, stops and embargoes
decisions               what two people decide in writing
mentions                whom and what a public document names
restricted_duplicates   likely duplicates of restricted cases
sweep, batch, erase     what happens by the clock; many cases at once; erasure
restoring, redo         what the register does to a database that was restored from a copy
"""
