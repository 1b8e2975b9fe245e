"""Intake: how sheets become case files. It reads, proposes, plans, and then writes once; it tells the truth.

A cell is kept as it was read. What a column means is a table (fields.py); nothing is dropped in silence.
"""
