"""The question after a release: within 30 days the person is asked for their own word (domain.md, rule 9).

It is answered by a consent of their own, given or refused, or by a note that says what became of asking.
"""

import datetime

from campaign.cases.claims import claimed_releases
from campaign.cases.file import CaseFile
from campaign.vocabulary import SITUATION_OF
from campaign.vocabulary.events import RELEASES

WITHIN = datetime.timedelta(days=30)
# Where such a note says that it came from; one for each release.
ASKED = "Asked for their own word after the release"


def due_on(known: datetime.date | None, file: CaseFile, status: str, today: datetime.date) -> datetime.date | None:
    """Return the day by which somebody who is free is asked; the one already `known` stays. None where nobody is."""
    if SITUATION_OF[status] != "free" or is_answered(file):
        return None
    return known or today + WITHIN


def is_answered(file: CaseFile) -> bool:
    """Whether the person has spoken since the last release, or a note says what became of asking."""
    freed = [event for episode in file.episodes for event in episode.events if event.type in RELEASES]
    claims = {event.id for _, event in claimed_releases(file)}
    freed = [event for event in freed if event.id not in claims]
    since = max((event.date.earliest for event in freed if event.date.earliest), default=datetime.date.min)
    said = [row.obtained_on.latest for row in file.consents if row.basis == "self" and not row.about]
    notes = [note for note in file.notes if note.came_from == ASKED]
    return any(day is not None and day >= since for day in said) or len(notes) >= max(len(freed), 1)
