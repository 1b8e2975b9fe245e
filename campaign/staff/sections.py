"""Sections in which staff read and edit a case: one table, used by the case page and the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import msgspec

from campaign.cases.classification import MACHINE_MADE, Visibility, closest, default_of, fields_of
from campaign.cases.file import CaseFile
from campaign.cases.status import status
from campaign.clock import today
from campaign.dates.phrases import public_words
from campaign.publishing.gate.checklist import Rule
from campaign.staff.fields import facts, sources
from campaign.staff.words import NOBODY, in_words
from campaign.vocabulary.status import STATUS


class Section(NamedTuple):
    """One part: its anchor, its heading, the fields of the file in it."""

    key: str
    title: str
    fields: tuple[str, ...]


NAMED = (
    Section("part-names", "Names", ("names",)),
    Section("part-person", "Person", (
        "gender", "gender_words", "birth", "age_reported", "age_reported_on", "birth_place", "origin_place",
        "origin_words", "last_address", "ethnicities", "nationalities", "religion", "languages", "occupation",
        "occupation_group", "employer")),
    Section("part-detention", "Detention", ("episodes",)),
    Section("status", "Situation", (
        "status_override", "status_override_reason", "status_as_of", "status_confidence", "status_basis",
        "status_basis_words", "last_verified_on", "verified_by", "next_review_on")),
    Section("part-texts", "Text", ("texts",)),
    Section("part-images", "Pictures", ("images",)),
    Section("part-sources", "Sources", ("sources", "citations", "our_view", "testimonies")),
    Section("part-family", "Family", ("civil_status", "children_count", "relatives")),
    Section("part-health", "Treatment and health", (
        "violations", "perpetrators", "health_line", "health_condition", "health_medication", "health_urgency")),
    Section("part-death", "Death", ("death",)),
    Section("part-answers", "Answers of the authorities", ("state_responses",)),
    Section("part-elsewhere", "Other records and notes", ("un_work", "outside_ids", "tags", "groups", "notes")),
    Section("part-consent", "Consent, risk, contacts", ("consents", "risks", "decisions", "contacts")),
)  # fmt: skip
NOT_SHOWN = {"salt"}


def completed(sections: Sequence[Section], fields: Sequence[str]) -> tuple[Section, ...]:
    """Return the sections with each field that none of them names behind the one that stands before it in the file."""
    orders = [list(section.fields) for section in sections]
    for before, name in pairwise(fields):
        if name not in NOT_SHOWN and not any(name in order for order in orders):
            order = next(order for order in orders if before in order)
            order.insert(order.index(before) + 1, name)
    return tuple(section._replace(fields=tuple(order)) for section, order in zip(sections, orders, strict=True))


SECTIONS = completed(NAMED, CaseFile.__struct_fields__)


@dataclass(frozen=True)
class Told:
    """One filled value, or one row or part with what is filled in it."""

    label: str
    words: str
    is_confidential: bool
    inside: tuple["Told", ...] = ()


@dataclass(frozen=True)
class Part:
    """A section as the case page shows it: its state in words, what is open, what is confidential, what is missing."""

    section: Section
    state: str
    state_words: str
    open: tuple[Told, ...] = ()
    closed: tuple[Told, ...] = field(default=())
    lacking: tuple[str, ...] = field(default=())


def parts_of(file: CaseFile, gate: list[Rule], people: Mapping[int, str]) -> list[Part]:
    """Return the sections of a file in order, each with what the gate misses in it. `people` are names of accounts."""
    known = dict([*sources(file), *facts(file)])
    return [_part(section, file, gate, known, people) for section in SECTIONS]


def confidential_count(file: CaseFile) -> int:
    """Return in how many sections something confidential is filled in; what it is, nobody is told by that."""
    return sum(any(one.is_confidential for one in _tell(file, Visibility.PUBLIC, {}, set(s.fields))) for s in SECTIONS)


def section_of(link: str) -> str:
    """Return the key of the section in which the anchor of a gate's rule lies, "" for none."""
    name = link.lstrip("#")
    return next((section.key for section in SECTIONS if name == section.key or name in section.fields), "")


def section_of_path(path: str) -> str:
    """Return the key of the section that shows what lies at a path of the file, "" for none."""
    return section_of(path.partition("/")[0])


def _part(
    section: Section, file: CaseFile, gate: list[Rule], known: Mapping[str, str], people: Mapping[int, str]
) -> Part:
    told = list(_tell(file, Visibility.PUBLIC, known, set(section.fields), people))
    missing = [rule for rule in gate if rule.stops and rule.state == "lacks" and section_of(rule.link) == section.key]
    state, words = ("holds", "complete") if told else ("idle", "nothing entered")
    if missing:
        state, words = "lacks", "something is missing" if len(missing) == 1 else f"{len(missing)} things are missing"
    opened = tuple(one for one in told if not one.is_confidential)
    closed = tuple(one for one in told if one.is_confidential)
    if section.key == "status":
        opened = (_as_it_follows(file), *opened)
    return Part(section, state, words, opened, closed, tuple(rule.sentence for rule in missing))


def _as_it_follows(file: CaseFile) -> Told:
    """Return the situation that the page tells, with its date, and why it is so or what a person has to decide."""
    found = status(file, today())
    words = ", as of ".join(filter(None, (STATUS.label(found.code), public_words(found.as_of.edtf))))
    why = "set by hand" if found.is_set_by_hand else "from the events"
    return Told("Situation that holds", ". ".join(filter(None, (f"{words} ({why})", found.question))), False)


def _tell(
    struct: msgspec.Struct,
    above: Visibility,
    known: Mapping[str, str],
    only: set[str] | None = None,
    people: Mapping[int, str] = NOBODY,
) -> Iterator[Told]:
    """Yield what is filled in a struct. `known` are the words of sources and facts, `people` the names of accounts."""
    for one in fields_of(type(struct)):
        value = getattr(struct, one.name)
        if (only is not None and one.name not in only) or value == default_of(type(struct), one.name):
            continue
        if one.name == "amends":
            yield Told("Waits", "Beside the row that it would change, until a safety officer confirms it", True)
        if one.name in MACHINE_MADE:
            continue
        seen = closest(above, one.mark.visibility)
        is_closed = seen is Visibility.CONFIDENTIAL
        if one.shape == "value":
            words = known.get(value, "") if one.name in {"source_id", "fact"} else ""
            yield Told(one.label, words or in_words(one, value, people), is_closed)
            continue
        for row in value if one.shape == "rows" else [value]:
            inside = tuple(_tell(row, seen, known, None, people))
            yield from _row(one.label, inside, is_closed)


def _row(label: str, inside: tuple[Told, ...], is_closed: bool) -> Iterator[Told]:
    """Yield a row once with what is open in it and, apart from that, once with what is confidential."""
    opened = tuple(one for one in inside if not one.is_confidential)
    closed = tuple(one for one in inside if one.is_confidential)
    if is_closed:
        yield Told(label, "", True, inside)
        return
    if opened or not closed:
        yield Told(label, "", False, opened)
    if closed:
        yield Told(label, "", True, closed)
