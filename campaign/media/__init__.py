"""Content-addressed files: public derivatives, sealed originals, drawn cloths, fonts.

The public edge opens `stores` only; `vault` and `decode` belong to the desk.
"""
