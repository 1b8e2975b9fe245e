"""Clearance: which consents are in force on a day and what each scope clears, by two tables and the strictest reading.

A consent clears nothing until it counts as confirmed (standing.py); what limits counts at once, confirmed or not. The
person's own free word outweighs all others. Between relatives the strictest holds, until the safety officer and a
second person decide in writing: a settlement. It covers the words of relatives and lawyers as they stood when it was
signed. A word that comes later, or one that changes, is heard again at once: nobody's withdrawal waits for a decision.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from campaign.cases.file import CaseFile, Consent
from campaign.publishing.consent import signatures
from campaign.publishing.consent.standing import ends_before, is_confirmed, only_limits, speaks, words
from campaign.vocabulary.protection import DENIES, GIVES, OWN_WORDS

# Whose words can be settled. The person's own, and a suspicion of duress, can't.
BETWEEN = frozenset({"family", "lawyer"})
NEVER_SETTLED = frozenset({"paused_duress_suspected"})
SCOPES = (
    "store",
    "publish_name",
    "publish_photo",
    "publish_story",
    "publish_health",
    "publish_family",
    "share_partners",
    "share_un",
    "press",
    "write_home",
    "write_embassy",
    "write_authorities",
    "write_person",
)
# Who may be written to about the person. What is offered to the world narrows with it, like a picture.
WRITING = ("write_home", "write_embassy", "write_authorities", "write_person")
BASE = frozenset({"store", "publish_name"})
# What each person's or institution's word can cover at most, whatever else was ticked.
COVERS = {
    "self": frozenset(SCOPES),
    "family": frozenset(SCOPES),
    "lawyer": frozenset(SCOPES),
    # The family, partners and the press are off unless somebody asked, and public words were said unasked.
    "spoke_publicly": BASE | {"publish_photo", "publish_story", "write_home"},
    "already_published_by_us": BASE | {"publish_photo"},
    "public_interest": BASE | {"publish_photo"},
}
# The words of people stand before our own reasons: each row counts only where the rows above it say nothing.
PRECEDENCE = (("self",), ("family", "lawyer"), ("spoke_publicly",), ("already_published_by_us", "public_interest"))
# Who can give each word: nobody speaks for another. "" is a row that does not say.
ENTITLED = {
    "self": frozenset({"", "self"}),
    "family": frozenset({"", "relative"}),
    "lawyer": frozenset({"", "lawyer"}),
    "spoke_publicly": frozenset({"", "self", "relative"}),
}
# Every other gender leaves only by the free word of the person.
COMMON_GENDERS = frozenset({"female", "male", "not_stated", ""})
# The scope that every field of the published document needs. A field that stands here twice or not at all fails a test.
NEEDS = {
    "publish_name": (
        "ref", "version", "slug", "url", "terms", "display_name", "names", "gender", "gender_words", "birth", "origin",
        "held_at", "ethnicities", "occupation", "occupation_group", "employer", "status", "episodes", "legal_basis",
        "summary", "state_responses", "sources", "citations", "our_view", "write_to", "death", "un_work", "tags",
        "outside_ids", "salt", "first_published_at", "published_at", "change",
    ),
    "publish_photo": ("images",),
    "publish_story": ("story", "quote", "details", "testimonies"),
    "publish_health": ("health", "violations"),
    "publish_family": ("relatives",),
}  # fmt: skip
# Events that tell how somebody was treated: they leave with the treatment, whatever else is told of an episode.
TREATMENT_EVENTS = frozenset({"ill_treatment", "hospitalisation", "medical_denial", "hunger_strike"})


@dataclass(frozen=True)
class Settlement:
    """The words that a settlement covers, and the scopes that hold by it. Without rows there is none."""

    rows: tuple[Consent, ...]
    scopes: frozenset[str]


def settlement(file: CaseFile, rows: Sequence[Consent], bases: Sequence[str]) -> Settlement:
    """Return which words the newest settlement, the last of the file, covers, and what holds by it."""
    signed = list(signatures.in_force(file, "settlement")) if BETWEEN.issuperset(bases) else []
    if not signed:
        return Settlement((), frozenset())
    newest = signed[-1]
    covered = tuple(row for row in rows if row.state not in NEVER_SETTLED and signatures.covers(newest, row))
    return Settlement(covered, frozenset(newest.scopes))


def to_settle(file: CaseFile) -> list[Consent]:
    """Return the words about the person of relatives and lawyers that a settlement would cover."""
    between = [row for row in words(file) if row.basis in BETWEEN and not row.about]
    return [row for row in between if row.state not in NEVER_SETTLED and (row.state != "ended" or is_confirmed(row))]


@dataclass(frozen=True)
class Clearance:
    """What is in force on a day. `ends_on` is the first day on which some scope no longer is, if a giver set one.

    `is_own_reason` says that no person's word carries it, only the campaign's own reasons.
    """

    scopes: frozenset[str]
    is_own_word: bool
    ends_on: datetime.date | None
    confirm_by: datetime.date | None
    denied_by: frozenset[str]
    is_own_reason: bool = False

    @property
    def write_to(self) -> tuple[str, ...]:
        """Who may be written to about the person: scopes of WRITING, in that order; none without a profile."""
        return tuple(scope for scope in WRITING if self.covers_a_profile and scope in self.scopes)

    @property
    def covers_a_profile(self) -> bool:
        """Whether any profile at all may be public."""
        return self.scopes >= BASE

    def clears(self, field: str) -> bool:
        """Whether a field of the published document may be filled."""
        return self.covers_a_profile and scope_of(field) in self.scopes


def scope_of(field: str) -> str:
    """Return the scope that a field of the published document needs. Raises KeyError for one nobody decided on."""
    for scope, fields in NEEDS.items():
        if field in fields:
            return scope
    raise KeyError(f"Nobody has decided which consent the field {field!r} needs: name it in clearance.NEEDS.")


def in_force(file: CaseFile, day: datetime.date) -> Clearance:
    """Return what the consents of a case clear on a day."""
    above: tuple[str, ...] = ()
    heard = [consent for consent in words(file) if not consent.about and _is_entitled(consent)]
    for bases in PRECEDENCE:
        above += bases
        speaking = [consent for consent in heard if consent.basis in bases and speaks(consent, day)]
        if speaking:
            limits = [consent for consent in heard if consent.basis in above and only_limits(consent, day)]
            settled = settlement(file, [*speaking, *limits], bases)
            found = _strictest([row for row in (*speaking, *limits) if row not in settled.rows], speaking, settled)
            return replace(found, is_own_word="self" in bases, is_own_reason=bases == PRECEDENCE[-1])
    return Clearance(frozenset(), False, None, None, frozenset())


def named_by_own_word(file: CaseFile, day: datetime.date) -> frozenset[str]:
    """Return the ids of the relatives and witnesses whose own word, confirmed, lets their name stand.

    Nobody gives it for another, and nobody at all for somebody under 18.
    """
    minors = {relative.id for relative in file.relatives if relative.is_minor}
    said = [row for row in words(file) if row.about and speaks(row, day)]
    denied = {row.about for row in said if row.state in DENIES}
    given = {row.about for row in said if row.basis in OWN_WORDS and "publish_name" in row.scopes}
    return frozenset(given - denied - minors)


def taken_away(before: Clearance, after: Clearance) -> frozenset[str]:
    """Return the scopes that were in force and no longer are."""
    return before.scopes - after.scopes


def _is_entitled(consent: Consent) -> bool:
    # What denies or limits is heard from whoever says it: entitled is asked of who gives.
    allowed = ENTITLED.get(consent.basis)
    return consent.state in DENIES or allowed is None or consent.giver_kind in allowed


def _strictest(open_rows: Sequence[Consent], heard: Sequence[Consent], settled: Settlement) -> Clearance:
    denials = frozenset(consent.id for consent in open_rows if consent.state in DENIES)
    if denials:
        return Clearance(frozenset(), False, None, None, denials)
    clears = [COVERS[consent.basis] & set(consent.scopes) for consent in open_rows]
    given = [COVERS[row.basis] & set(row.scopes) for row in settled.rows if row in heard and row.state in GIVES]
    # A settlement says who of them is followed; it can't give what none of them gave.
    clears += [frozenset().union(*given) & settled.scopes] if settled.rows else []
    return Clearance(
        scopes=frozenset.intersection(*clears),
        is_own_word=False,
        ends_on=_first(ends_before(consent) for consent in heard),
        confirm_by=_first(consent.confirm_by.earliest for consent in heard if consent.confirm_by),
        denied_by=denials,
    )


def _first(days: Iterable[datetime.date | None]) -> datetime.date | None:
    return min((day for day in days if day is not None), default=None)
