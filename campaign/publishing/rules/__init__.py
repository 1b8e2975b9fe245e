"""The rules of the gate, one small file for each group: a Question in, an Answer out; gate.py has the table."""
