"""The desk: the pages on which staff read, write, review, publish and take back. `blueprint` is all of it.

One rule: a view loads, fills a form, asks one verb of a room, commits once and answers. It decides nothing itself.
Every module of this folder is loaded here, so that its views join the blueprint.
"""

from importlib import import_module
from pkgutil import iter_modules

from campaign.staff.desk import blueprint

__all__ = ["blueprint"]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
