"""The lookup rows of a case, and the columns of its row that are made of its file: rewritten whenever the file changes.

Never written by hand. The tables of the desk's index stand here too; search.py writes and asks them, `docid` is the
case, and erasure empties them of it.
"""

import datetime
import re
from typing import NamedTuple

from sqlalchemy import ForeignKeyConstraint, delete

from campaign.cases.file import CaseFile, display_name
from campaign.cases.fingerprints import is_carried
from campaign.cases.models import Case, MentionToken, OutsideIdKey
from campaign.cases.status import consent_due_on, own_word_due_on, status
from campaign.database import Base, db
from campaign.search.index import KeyRow, NameRow, Tables, WordRow
from campaign.text import folded
from campaign.web.context import keyring

_WORD = re.compile(r"\w+")


class Description(NamedTuple):
    """What a case's row says of its file, by the names of its columns."""

    display_name: str
    status: str
    asks_by: datetime.date | None
    place_code: str
    ethnicities: str
    tags: str
    next_review_on: datetime.date | None
    last_verified_on: datetime.date | None
    consent_due_on: datetime.date | None
    has_carried: bool


def description(file: CaseFile, today: datetime.date, *, asks_by: datetime.date | None = None) -> Description:
    """Return what the desk lists, filters and finds a file by; `asks_by` is the day that its row named so far."""
    code = status(file, today).code
    return Description(
        display_name=display_name(file),
        status=code,
        asks_by=own_word_due_on(asks_by, file, code, today),
        place_code=_place(file),
        ethnicities=joined(file.ethnicities),
        tags=joined(file.tags),
        next_review_on=file.next_review_on.latest,
        last_verified_on=file.last_verified_on.latest,
        consent_due_on=consent_due_on(file.consents),
        has_carried=any(map(is_carried, _signed(file))),
    )


def describe(case: Case, file: CaseFile, before: CaseFile, today: datetime.date) -> None:
    """Write on a case's row what its file says now. `before` is the file as last described."""
    for column, value in description(file, today, asks_by=case.asks_by)._asdict().items():
        setattr(case, column, value)
    if outside_keys(before) != outside_keys(file):
        db.session.execute(delete(OutsideIdKey).where(OutsideIdKey.case_id == case.id))
        db.session.add_all(OutsideIdKey(case_id=case.id, scheme=of, key=key) for of, key in sorted(outside_keys(file)))
    if mentioned_words(before) != mentioned_words(file):
        db.session.execute(delete(MentionToken).where(MentionToken.case_id == case.id))
        db.session.add_all(MentionToken(case_id=case.id, token=token) for token in mention_tokens(file))


def words(text: str) -> set[str]:
    """Return the folded words of a name."""
    return set(_WORD.findall(folded(text)))


def joined(codes: list[str]) -> str:
    """Return codes as "|a|b|", in which a filter finds "|a|"."""
    return "|" + "".join(f"{code}|" for code in codes)


def outside_key(value: str) -> str:
    """Return a number of another list without spaces and case."""
    return "".join(value.split()).casefold()[:200]


def outside_keys(file: CaseFile) -> set[tuple[str, str]]:
    """Return (scheme, key) of every entry elsewhere."""
    return {(one.scheme[:40], outside_key(one.value)) for one in file.outside_ids if one.value.strip()}


def mentioned_words(file: CaseFile) -> set[str]:
    """Return the folded words of the names of relatives, witnesses, givers of consent and contacts."""
    names = [relative.name for relative in file.relatives]
    names += [testimony.witness for testimony in file.testimonies]
    names += [consent.giver for consent in file.consents]
    names += [contact.name for contact in file.contacts]
    return set().union(*map(words, names))


def mention_tokens(file: CaseFile) -> list[str]:
    """Return those words as keyed hashes, in order."""
    return sorted({keyring().token(word) for word in mentioned_words(file)})


def _signed(file: CaseFile) -> list[str]:
    return [row.fingerprint for row in file.consents] + [row.fingerprint for row in file.risks]


def _place(file: CaseFile) -> str:
    held = [episode.held_place for episode in file.episodes if episode.held_place]
    return (held or [file.origin_place])[-1]


class CaseName(NameRow, Base):
    """A name of a case as it is compared: the desk's index (cases.search); `docid` is the case."""

    __tablename__ = "case_name"
    __table_args__ = (ForeignKeyConstraint(["docid"], ["case_file.id"]),)


class CaseKey(KeyRow, Base):
    """A key of such a name."""

    __tablename__ = "case_key"
    __table_args__ = (ForeignKeyConstraint(["docid"], ["case_file.id"]), KeyRow.__table_args__)


class CaseWord(WordRow, Base):
    """A word, a place or a number that a case is found by."""

    __tablename__ = "case_word"
    __table_args__ = (ForeignKeyConstraint(["docid"], ["case_file.id"]), WordRow.__table_args__)


TABLES = Tables(CaseName, CaseKey, CaseWord)
