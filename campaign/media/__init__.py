"""Content-addressed files: public derivatives, sealed originals, drawn cloths.

The public edge opens `stores` only; `vault` and `decode` belong to the desk.
"""
