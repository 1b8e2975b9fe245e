"""Export of everything public as JSON lines, JSON or CSV, in cells that no spreadsheet will run as a formula."""

from collections.abc import Callable, Iterable, Iterator

import structlog
from msgspec.structs import replace
from sqlalchemy import Engine, select

from campaign.database import reading
from campaign.formats import UnreadableDocument
from campaign.ledger import bodies, documents
from campaign.ledger.documents import TERMS, Place, Profile, Source, When
from campaign.ledger.models import Entry
from campaign.ledger.situation import with_words
from campaign.sheets.writing import MARK, guarded, lines
from campaign.vocabulary.events import FACILITY_TYPE
from campaign.vocabulary.law import ACTIVITY
from campaign.vocabulary.people import ETHNICITY, OCCUPATION_GROUP
from campaign.vocabulary.status import STATUS
from campaign.vocabulary.table import Vocabulary

log = structlog.get_logger("partners")


def _when(date: When | None) -> str:
    return date.edtf if date is not None else ""


def _place(place: Place | None) -> str:
    return (place.names.get("en") or next(iter(place.names.values()), place.code)) if place is not None else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _labels(vocabulary: Vocabulary, codes: Iterable[str]) -> str:
    return "; ".join(vocabulary.label(code) if code in vocabulary else code for code in codes if code)


def _source(source: Source) -> str:
    """Return where a source is found, else what it is called; of a confidential one its public line."""
    return source.url or source.public_line or ", ".join(part for part in (source.title, source.publisher) if part)


COLUMNS: dict[str, Callable[[Profile], str]] = {
    "ref": lambda profile: profile.ref,
    "version": lambda profile: str(profile.version),
    "url": lambda profile: profile.url,
    "slug": lambda profile: profile.slug,
    "display_name": lambda profile: profile.display_name,
    "names": lambda profile: "; ".join(name.text for name in profile.names),
    "gender": lambda profile: profile.gender,
    "birth_year_earliest": lambda profile: _number(profile.birth.year_earliest),
    "birth_year_latest": lambda profile: _number(profile.birth.year_latest),
    "birth_qualifiers": lambda profile: "; ".join(profile.birth.qualifiers),
    "ethnicities": lambda profile: "; ".join(profile.ethnicities),
    "ethnicities_label": lambda profile: _labels(ETHNICITY, profile.ethnicities),
    "occupation": lambda profile: profile.occupation,
    "occupation_group": lambda profile: profile.occupation_group,
    "occupation_group_label": lambda profile: _labels(OCCUPATION_GROUP, [profile.occupation_group]),
    "origin": lambda profile: _place(profile.origin),
    "held_at": lambda profile: _place(profile.held_at),
    "kinds_of_place": lambda profile: "; ".join(profile.status.kinds_of_place),
    "kinds_of_place_label": lambda profile: _labels(FACILITY_TYPE, profile.status.kinds_of_place),
    "status": lambda profile: profile.status.code,
    "status_label": lambda profile: _labels(STATUS, [profile.status.code]),
    "status_sentence": lambda profile: profile.status.sentence,
    "last_news": lambda profile: _when(profile.status.last_news),
    "status_as_of": lambda profile: _when(profile.status.as_of),
    "status_confidence": lambda profile: profile.status.confidence,
    "last_verified_on": lambda profile: str(profile.status.last_verified_on or ""),
    "detained_from": lambda profile: _when(profile.episodes[-1].start) if profile.episodes else "",
    "detained_until": lambda profile: _when(profile.episodes[-1].end) if profile.episodes else "",
    "last_contact": lambda profile: _when(profile.episodes[-1].last_contact) if profile.episodes else "",
    "reason_stated": lambda profile: profile.episodes[-1].reason_stated if profile.episodes else "",
    "reason_suspected": lambda profile: profile.episodes[-1].reason_suspected if profile.episodes else "",
    "activities": lambda profile: "; ".join(profile.episodes[-1].activities) if profile.episodes else "",
    "activities_label": lambda profile: _labels(ACTIVITY, profile.episodes[-1].activities) if profile.episodes else "",
    "summary_language": lambda profile: profile.summary[0].language if profile.summary else "",
    "summary": lambda profile: profile.summary[0].text if profile.summary else "",
    "sources": lambda profile: "; ".join(_source(source) for source in profile.sources),
    "first_published_at": lambda profile: profile.first_published_at.isoformat(),
    "published_at": lambda profile: profile.published_at.isoformat(),
    "terms": lambda profile: profile.terms or TERMS,
}


def heading() -> bytes:
    """Return the first line of the table, behind the mark by which a spreadsheet knows UTF-8."""
    return MARK + lines([list(COLUMNS)])


def row(profile: Profile, address: str = "") -> list[str]:
    """Return the guarded cells of a profile, in the order of the heading. What its format does not say yet is reckoned.

    `address` is that of the site.
    """
    if not profile.status.sentence:
        profile = with_words(profile)
    if not profile.url:
        profile = replace(profile, url=f"{address}/profiles/{profile.ref}")
    return [guarded(cell(profile)) for cell in COLUMNS.values()]


def row_of_ref(ref: str) -> list[str]:
    """Return the cells of somebody of whom only the reference can be told."""
    return [ref if column == "ref" else "" for column in COLUMNS]


def as_json_lines(engine: Engine) -> Iterator[bytes]:
    """Yield one document a line."""
    for batch in bodies.every_batch(engine):
        batch.append(b"")
        yield b"\n".join(batch)


def as_json(engine: Engine, head: int) -> Iterator[bytes]:
    """Yield one JSON object: the head that was read first, and all documents."""
    yield b'{"head":%d,"profiles":[' % head
    separator = b""
    for batch in bodies.every_batch(engine):
        yield separator + b",".join(batch)
        separator = b","
    yield b"]}"


def as_csv(engine: Engine, address: str) -> Iterator[bytes]:
    """Yield the table of cells.COLUMNS."""
    yield heading()
    for rows in bodies.every_numbered(engine):
        yield lines(_cells(engine, number, body, address) for number, body in rows)


def _cells(engine: Engine, number: int, body: bytes, address: str) -> list[str]:
    """Return the cells of a profile; of one that can't be read the reference alone: left out, it looks withdrawn."""
    try:
        return row(documents.profile(body), address)
    except UnreadableDocument as fault:
        with reading(), engine.connect() as connection:
            ref = connection.scalar(select(Entry.ref).where(Entry.number == number)) or ""
        log.error("document unreadable", entry=number, ref=ref, reason=str(fault))
        return row_of_ref(ref)
