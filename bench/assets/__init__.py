"""The programs that made the data files of the repository, for when they must be made anew. Nothing that runs or tests
the program imports them.

faces      the faces in campaign/static/fonts and their rules in fonts.css (`make fonts`)
portraits  the pictures in campaign/demo/portraits (`python -m bench.assets.portraits`)
"""
