"""The desk: the pages on which staff read, write, review, publish and take back. `blueprint` is all of it.

One rule: a view loads, fills a form, asks one verb of a room, commits once and answers. It decides nothing itself.

    worklist, case, edit, review, publish, history, images, confirm   views, by subject
    forms, controls, offers, filling   the edit form, made from the case file's types, and back into a file
    rows, mending, settling            rows without script, faults for the summary, what two people changed at once
    sections, words, leaving, next_act how a case is told to staff, what would leave, what comes next
    loading, reading                   the case for whoever asks, as they may read it; the record of who read C fields
"""

from campaign.staff import access, case, confirm, conflicts, edit, history, images, places, publish, review, worklist
from campaign.staff.desk import blueprint

__all__ = [
    "access",
    "blueprint",
    "case",
    "confirm",
    "conflicts",
    "edit",
    "history",
    "images",
    "places",
    "publish",
    "review",
    "worklist",
]
