"""The rooms of the program, and which of them may import which.

    app.py, commands            see every room
      staff ------> publishing ------> ledger <------ public, partners
         \\         (the one door)      append-only     readers only
          `-> cases <-'                                nothing on this side can name a case

Each room may import only rooms further right:
app, commands > staff > publishing > imports > duplicates > cases > accounts > audit > ledger > search >
media, places, sheets, names > ground floor. public and partners see only ledger, search, media, places, names and the
ground floor (settings, secret_files, clock, database, formats, hashchain, keys, languages, log, register, schema,
text, dates, vocabulary, web). import-linter keeps this table (pyproject.toml).

This file is a docstring only: an import here would breach the wall.
"""
