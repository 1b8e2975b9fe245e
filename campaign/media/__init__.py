"""Content-addressed files: public derivatives, sealed originals, drawn cloths.

The public edge opens the public store of `stores` only; the vault and `decode` belong to the desk.
"""
