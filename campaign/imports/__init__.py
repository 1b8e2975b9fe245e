"""Imports: a spreadsheet becomes case files, truthfully. What a cell does not say is not known.

`importing` is the way in: sheet -> mapping -> cells -> rows -> match_case -> compare -> write.
"""
