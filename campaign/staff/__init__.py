"""The desk: the pages on which staff read, write, review, publish and take back. `blueprint` is all of it.

One rule: a view loads, fills a form, asks one verb of a room, commits once and answers. It decides nothing itself.

    worklist, case, edit, review, publish, history, images, confirm   views, by subject
    access, comments, embargo, conflicts, keys
    opening, likeness, typed           a new case; who a case may be, as it is saved and as it is typed
    narrowing                          what the worklist is narrowed to, in words
    decisions, guests, cords, own_word what two decide in writing, guest reviewers, cords for many, the released
    forms, controls, offers, filling   the edit form, made from the case file's types, and back into a file
    drawing                            its page, filled from the file or as it was sent
    chosen, places, facilities         what is written in any spelling and chosen from a list; the list of facilities
    rows, mending, settling            rows without script, faults for the summary, what two people changed at once
    sections, words, leaving, next_act how a case is told to staff, what would leave, what comes next
    moments                            instants as the campaign's clocks show them
    loading, reading                   the case for whoever asks, as they may read it; the record of who read C fields
"""

from campaign.staff import (
    access,
    case,
    comments,
    confirm,
    conflicts,
    cords,
    decisions,
    edit,
    embargo,
    facilities,
    guests,
    history,
    images,
    keys,
    likeness,
    opening,
    own_word,
    places,
    publish,
    review,
    typed,
    worklist,
)
from campaign.staff.desk import blueprint

__all__ = [
    "access",
    "blueprint",
    "case",
    "comments",
    "confirm",
    "conflicts",
    "cords",
    "decisions",
    "edit",
    "embargo",
    "facilities",
    "guests",
    "history",
    "images",
    "keys",
    "likeness",
    "opening",
    "own_word",
    "places",
    "publish",
    "review",
    "typed",
    "worklist",
]
