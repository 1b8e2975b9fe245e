"""Whether the file shows that a person is grown up, and what in it says that they are not. Pure functions.

One rule: grown up is only who is shown to be 18 or over. A birth and an age count at their youngest; a cited fact with
a date counts as the least age at which it happens to anybody, plus the years since (domain.md, Never).
"""

import datetime
import hashlib
import re
from collections.abc import Iterator

import msgspec

from campaign.cases.file import CaseFile
from campaign.cases.wording import says
from campaign.dates import ages
from campaign.dates.ages import GROWN_UP
from campaign.dates.edtf import PartialDate
from campaign.dates.number_words import numbers_in_digits
from campaign.dates.reckoning import outer_bounds
from campaign.text import folded_for_search

TAKEN_AT, WORKS_AT, DEGREE_AT = 12, 14, 20
TAKEN = frozenset({"arrest", "abduction", "disappearance", "incommunicado", "re_arrest"})
SENTENCED = frozenset({"sentence", "conviction"})
NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


def is_shown_grown_up(file: CaseFile, day: datetime.date) -> bool:
    """Whether birth, age, or a cited fact and the years since make the person 18 or over on a day."""
    if ages.is_shown_grown_up(file.birth, file.age_reported, file.age_reported_on, day):
        return True
    return not _is_too_young(file, day) and any(age >= GROWN_UP for age in _by_facts(file, day))


def has_signs_of_minor(file: CaseFile, day: datetime.date) -> bool:
    """Whether birth, age, occupation or a tag says that the person may be under 18, and nothing shows they are not.

    A file that says nothing of an age has no sign of it.
    """
    if is_shown_grown_up(file, day):
        return False
    return bool(file.birth.edtf) or _may_be_reported_young(file, day) or _says_child(file)


def is_said_to_be_minor(file: CaseFile, day: datetime.date) -> bool:
    """Whether the birth or the age of a file leaves it possible that the person was under 18 on a day."""
    if outer_bounds(file.birth)[1] is not None:
        return ages.ages_on(file.birth, day)[0] < GROWN_UP
    return _may_be_reported_young(file, day)


def age_facts(file: CaseFile) -> str:
    """Return a fingerprint of all that the file says of an age: an answer about it stands while that is the same."""
    said = (file.birth, file.age_reported, file.age_reported_on, file.occupation, sorted(file.tags))
    return f"age:{hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]}"


def _is_too_young(file: CaseFile, day: datetime.date) -> bool:
    """Whether the birth, or the age and its day, say that 18 years are not over, whatever else is cited."""
    if outer_bounds(file.birth)[1] is not None or ages.ages_on(file.birth, day)[1] < GROWN_UP:
        return True
    reported = ages.reported_ages_on(file.age_reported, file.age_reported_on, day)
    return bool(file.age_reported_on.edtf) and reported is not None and reported[1] < GROWN_UP


def _may_be_reported_young(file: CaseFile, day: datetime.date) -> bool:
    reported = ages.reported_ages_on(file.age_reported, file.age_reported_on, day)
    return reported is not None and reported[0] < GROWN_UP


def _by_facts(file: CaseFile, day: datetime.date) -> Iterator[int]:
    """Yield the least age on a day by each cited fact with a date."""
    known = {source.id for source in file.sources}
    cited = {row.fact for row in file.citations if row.source_id in known}
    for least, date, paths in _dated_facts(file):
        happened = outer_bounds(date)[1] if date.edtf else None
        if happened is not None and happened <= day and any(_is_cited(path, cited) for path in paths):
            yield least + ages.years_between(happened, day)


def _is_cited(path: str, cited: set[str]) -> bool:
    """Whether a fact is cited, or a field of it; a field of a whole episode is a fact of its own."""
    is_episode = path.count("/") == 1
    return path in cited or (not is_episode and any(fact.startswith(f"{path}/") for fact in cited))


def _dated_facts(file: CaseFile) -> Iterator[tuple[int, PartialDate, tuple[str, ...]]]:
    """Yield (least age, date, where a citation may stand) of each fact that shows an age."""
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        yield TAKEN_AT, episode.start, (base, f"{base}/start")
        if episode.sentence.kind:
            yield WORKS_AT, episode.sentence.start, (f"{base}/sentence",)
        for event in episode.events:
            path = (f"{base}/events/{event.id}",)
            if event.type in TAKEN:
                yield TAKEN_AT, event.date, path
            elif event.type in SENTENCED:
                yield WORKS_AT, event.date, path
            elif event.type == "other" and (least := _least_age_of(event.account)):
                yield least, event.date, path


def _least_age_of(account: str) -> int:
    """Return the least age at which what an account tells happens: a degree, work, a marriage, a child of one's own."""
    if says(account, "degrees"):
        return DEGREE_AT
    return WORKS_AT if says(account, "grown_up_life") else 0


def _says_child(file: CaseFile) -> bool:
    """Whether words or a tag say a child: "teenager", "17 (at time of arrest)", "pupil"."""
    numbers = [int(number) for number in NUMBER.findall(numbers_in_digits(folded_for_search(file.age_reported)))]
    is_young = ages.allowed_ages(file.age_reported) is None and any(number < GROWN_UP for number in numbers)
    return is_young or any(says(words, "minors") for words in (file.age_reported, file.occupation, *file.tags))
