"""The sources of a row, cited for what the row fills: in place of the sheet's, of which the row says more.

A source without an address, or a person, is confidential until somebody opens it: its words may name who spoke.
"""

import re
from collections.abc import Iterable, Iterator

from campaign.cases.file import Citation, Source
from campaign.imports.cells import UNKNOWN
from campaign.imports.date_cells import date_or_note
from campaign.imports.draft import Draft
from campaign.imports.facts.own import Own
from campaign.imports.facts.words import meaning
from campaign.imports.mapping import row_of
from campaign.vocabulary.protection import AUTHORITIES

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
PEOPLE = frozenset({"testimony", "relative", "released_detainee", "letter"})


def source_title(draft: Draft, column: str, value: str) -> None:
    """Read what a source is called; addresses in the cell are its address."""
    _take_urls(draft, value)
    title = URL.sub(" ", value).strip(" ;,.-–()")
    if title and not UNKNOWN.match(title):
        draft.own.source["title"] = " ".join(title.split())


def source_url(draft: Draft, column: str, value: str) -> None:
    """Read the addresses of sources; words without one are kept as a note."""
    if not _take_urls(draft, value) and not UNKNOWN.match(value):
        draft.keep(column, value)
        draft.warn(column, value, "This is no address on the web. It is kept as a note.")


def _take_urls(draft: Draft, value: str) -> bool:
    found = [one.rstrip(".,;)") for one in URL.findall(value)]
    draft.own.source_urls += [one for one in found if one not in draft.own.source_urls]
    return bool(found)


def source_kind(draft: Draft, column: str, value: str) -> None:
    """Read the kind of the source; other words are kept as a note."""
    kind = meaning("sources", value)
    if kind:
        draft.own.source["type"] = kind
    elif not UNKNOWN.match(value):
        draft.keep(column, value)
        draft.warn(column, value, "This kind of source is not in the list. It is kept as a note.")


def source_date(draft: Draft, column: str, value: str) -> None:
    """Read the date of the source."""
    date = date_or_note(draft, column, value)
    if date is not None:
        draft.own.source_date = date


def source_person(draft: Draft, column: str, value: str) -> None:
    """Keep who told it: a confidential source."""
    if not UNKNOWN.match(value):
        draft.own.source_people.append(value)


def further_source(draft: Draft, row: str, cells: Iterable[tuple[str, str, str]]) -> None:
    """Read column, target and words of a further sheet's row as sources of the person, beside those of the row."""
    readers = {
        "source_title": source_title,
        "source_url": source_url,
        "source_kind": source_kind,
        "source_date": source_date,
        "source_person": source_person,
    }
    of_person, draft.own = draft.own, Own()
    for column, target, value in cells:
        readers[target](draft, column, value)
    of_person.further_sources += _own_sources(draft, row)
    draft.own = of_person


def put_sources_together(draft: Draft, *, is_status_stated: bool) -> None:
    """Write the sources of the row, else the one of the sheet, and cite them for what the row fills."""
    file, own = draft.file, draft.own
    rows = [*_own_sources(draft), *own.further_sources]
    told_of_status = [
        _confidential(draft, f"status source {n}", words, meaning("sources", words))
        for n, words in enumerate(own.status_sources)
    ]
    facts = [*draft.cited, *([f"episodes/{draft.episode.id}"] if file.episodes else [])]
    is_of_list = is_status_stated and not own.status
    if draft.map.source and (not rows or (is_of_list and not told_of_status)):
        rows_of_list = [row_of(Source, "source", draft.map.source, row_id=draft.id_for("source"))]
    else:
        rows_of_list = []
    file.sources += [*rows_of_list, *rows, *told_of_status]
    _cite(draft, facts, rows or rows_of_list)
    if is_status_stated or told_of_status:
        _cite(draft, ["status"], told_of_status or (rows_of_list if is_of_list else rows or rows_of_list))
    _tell_of_claims(draft, rows)


def _cite(draft: Draft, facts: list[str], sources: list[Source]) -> None:
    for source in sources:
        # The ids of the sheet's citations are those of earlier readings.
        beside = "" if source.id == draft.id_for("source") else f" {source.id}"
        draft.file.citations += [
            Citation(id=draft.id_for(f"cite {fact}{beside}"), source_id=source.id, fact=fact)
            for fact in dict.fromkeys(facts)
        ]


def _own_sources(draft: Draft, row: str = "row") -> Iterator[Source]:
    own = draft.own
    kind = own.source.get("type", "other")
    title, urls = own.source.get("title", ""), own.source_urls
    for number, url in enumerate(urls or ([""] if title else [])):
        source = Source(id=draft.id_for(f"{row} source {number}"), type=kind, url=url)
        source.is_confidential = not url or kind in PEOPLE
        if number == 0:
            source.title, source.date = title, own.source_date
        yield source
    for number, person in enumerate(own.source_people):
        yield _confidential(draft, f"{row} person {number}", person, "testimony")


def _confidential(draft: Draft, what: str, words: str, kind: str) -> Source:
    return Source(id=draft.id_for(what), type=kind or "other", author=words, is_confidential=True)


def _tell_of_claims(draft: Draft, rows: list[Source]) -> None:
    """Tell of a release that only the authorities tell of: it moves nothing."""
    freed = draft.episode.end_reason in {"released", "term_served"}
    if freed and rows and all(row.type in AUTHORITIES for row in rows):
        message = "Known from the authorities alone: this release is their claim and moves nothing. Enter their answer."
        draft.warn(draft.own.status_column, draft.own.status_words or draft.episode.end.written, message)
