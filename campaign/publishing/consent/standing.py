"""Which consents and risks of a file count: those that are signed as they stand, and no row that waits beside another.

A word that was confirmed limits for ever, ended or not, until a later confirmed word of the same giver replaces it.
"""

import datetime

from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.fingerprints import matches
from campaign.vocabulary.protection import DENIES, GIVES

# Nobody's word but the campaign's own: such rows are always of one giver.
OWN_REASONS = frozenset({"already_published_by_us", "public_interest"})
DURESS = "paused_duress_suspected"


def is_signed(row: Consent) -> bool:
    """Whether a safety officer confirmed exactly what a consent says, whether it counts by that alone or not."""
    return row.confirmed_by is not None and matches(row, row.fingerprint)


def is_signed_second(row: Consent) -> bool:
    """Whether somebody other than the officer signed exactly what a consent says."""
    second = row.second_signature
    return second is not None and second != row.confirmed_by and matches(row, row.second_fingerprint)


def is_confirmed(row: Consent) -> bool:
    """Whether a consent counts: confirmed, and signed by a second person where the officer stated it themselves."""
    return is_signed(row) and (not row.needs_second or is_signed_second(row))


def is_assessed(row: Risk) -> bool:
    """Whether a safety officer assessed exactly what a risk says."""
    return row.assessed_by is not None and matches(row, row.fingerprint)


def words(file: CaseFile) -> list[Consent]:
    """Return the consents that are heard: not those that wait beside another, nor those that a later word replaced."""
    rows = [row for row in file.consents if not row.amends]
    return [row for row in rows if not any(replaces(later, row) for later in rows)]


def risks(file: CaseFile) -> list[Risk]:
    """Return the risks that count, without those that wait beside another."""
    return [row for row in file.risks if not row.amends]


def replaces(later: Consent, row: Consent) -> bool:
    """Whether a consent is the later confirmed word of whoever gave another one. Duress is ended by no word."""
    if later.id == row.id or row.state == DURESS or later.state in DENIES or not is_confirmed(later):
        return False
    said, before = later.obtained_on.earliest, _said_on(row)
    return is_same_giver(later, row) and said is not None and before is not None and said > before


def is_same_giver(one: Consent, other: Consent) -> bool:
    """Whether two consents are the words of one person, by basis, name and relation. Without a name nobody knows."""
    if (one.basis, one.about) != (other.basis, other.about):
        return False
    if one.basis == "self" or one.basis in OWN_REASONS:
        return True
    is_related = not one.relation or not other.relation or one.relation == other.relation
    name, others = (" ".join(row.giver.split()).casefold() for row in (one, other))
    return is_related and bool(name) and name == others


def ends_before(consent: Consent) -> datetime.date | None:
    """Return the first day on which a consent no longer holds, or None where its giver set no end.

    A coarse date is read in the giver's favour: "until 2027" ends before 2027 begins.
    """
    if consent.until is None or consent.until.earliest is None:
        return None
    is_day = consent.until.earliest == consent.until.latest
    return consent.until.earliest + datetime.timedelta(days=1) if is_day else consent.until.earliest


def speaks(consent: Consent, day: datetime.date) -> bool:
    """Whether a consent counts on a day: a refusal at once, what gives once it is confirmed and until it ends."""
    if consent.state in DENIES:
        return True
    end = ends_before(consent)
    return consent.state in GIVES and is_confirmed(consent) and (end is None or day < end)


def only_limits(consent: Consent, day: datetime.date) -> bool:
    """Whether a consent gives nothing and limits what others give.

    A limit needs nobody's leave: it counts before anybody has confirmed it. A confirmed word limits after its end too.
    """
    if speaks(consent, day):
        return False
    return consent.state == "limited" or is_confirmed(consent)


def _said_on(row: Consent) -> datetime.date | None:
    """Return the last day on which a word may have been said, None where nobody knows."""
    if row.state == "withdrawn":
        return row.withdrawn_on.latest
    if row.state in DENIES:
        return row.withdrawn_on.latest or row.obtained_on.latest
    return row.obtained_on.latest
