"""The desk: the pages on which staff read, write, review, publish and take back. `blueprint` is all of it.

One rule: a view loads, fills a form, asks one verb of a room, commits once and answers. It decides nothing itself.

    worklist, case, edit, review, publish, history, images, confirm   views, by subject
    forms, controls, offers, filling   the edit form, made from the case file's types, and back into a file
    sections, words, telling           how a case is told to staff
    loading                            the case for whoever asks, and the record of who read C fields
"""

from campaign.staff import case, confirm, conflicts, edit, history, images, publish, review, worklist
from campaign.staff.desk import blueprint

__all__ = ["blueprint", "case", "confirm", "conflicts", "edit", "history", "images", "publish", "review", "worklist"]
