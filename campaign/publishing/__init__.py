"""The one door: the only room that reads a case and writes the ledger.

clearance   which consents are in force on a day, and what each scope clears
gate        the ten rules, as a checklist; rules/ holds one small file for each group
project     what the world may know of a case, one line a fact
siting      facilities as they may be told; resiting makes what is public follow when one is hidden
narrow      a document with groups taken out, and the proof that nothing was added
door        save, publish, withdraw, pause, erase
sweep       what happens by the clock
preview     what would leave, beside what is public now
"""
