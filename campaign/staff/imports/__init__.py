"""The pages of imports: bring in a list, say what its columns mean, look at its rows, write them, and afterwards.

bringing    the imports there are; a file is brought, its sheet or encoding chosen
columns     what each column means; columns_form holds its controls, further_form those of the sheets beside
rows        what each row would do, and what a person decides of it
outcome     how far an import is, what it made, what waits; its report, its map, taking it back

A file is opened by who brought it and by safety officers, with a fresh factor, and each opening is recorded.
"""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
