"""The views of the staff edge: reading, editing, reviewing, publishing and taking down cases. `blueprint` is all of it.

One rule: a view loads, fills a form, asks one verb of a room, commits once and answers. It decides nothing itself.
Every module of this folder is loaded here, so that its views join the blueprint.

worklist, case, edit, publish, history, images            views, by subject
access, comments, conflicts, decisions, holds, emergency, duty
new_case, likely_duplicates        a new case; who a case may be, as it is saved and as it is typed
forms, fields, lookup_fields       the edit form, generated from the case file's types, and its controls
edit_form                          the edit form's page, back into a case file
sections, words, publication_diff  a case file in words; the difference between what is public and what would be
case_access, desk                  the case for whoever asks; refusals, keys
"""

from importlib import import_module
from pkgutil import iter_modules

from campaign.staff.desk import blueprint

__all__ = ["blueprint"]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
