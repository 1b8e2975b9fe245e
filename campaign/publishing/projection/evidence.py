"""How it is known, as far as the world may know: sources, numbered citations, testimonies, UN work."""

import datetime
import re
from collections.abc import Iterator

from msgspec.structs import replace

from campaign.cases.file import CaseFile
from campaign.cases.file import Citation as CaseCitation
from campaign.cases.file import Source as CaseSource
from campaign.ledger.documents import Citation, Profile, Source, Testimony, UnWork
from campaign.publishing.narrowing import paths
from campaign.publishing.projection.status import sources_of_status, told_status
from campaign.publishing.projection.values import Withheld, day_of, independent, is_confirmed_dead, when
from campaign.vocabulary.protection import PUBLIC_SOURCE_LINE

# Where a fact of the case file stands in the document, for those that bear another name there.
PART_OF = re.compile(r"(death|episodes/\w+/(?:sentence|whereabouts|(?:events|charges|stays)/\w+))/\w+")
RENAMED = {
    "origin_place": "origin",
    "health_line": "health",
    "status_override": "status",
    "status_confidence": "status",
    "status_as_of": "status",
    "birth_place": "birth",
    "groups": "tags",
    "gender_words": "gender",
    "age_reported": "birth",
    "age_reported_on": "birth",
    "status_basis": "status",
}


def public_path(file: CaseFile, fact: str) -> str:
    """Return the path in the document of a fact of the case file."""
    head, _, rest = fact.partition("/")
    if head == "texts":
        kinds = {text.id: text.kind for text in file.texts}
        return f"{kinds.get(rest.split('/')[0], 'texts')}/{rest}"
    if head == "episodes" and rest.endswith(("/held_place", "/held_facility_types")):
        return "held_at"
    if head == "episodes" and rest.endswith("/legal_basis"):
        return "legal_basis"
    if whole := PART_OF.fullmatch(fact):
        return whole[1]
    return RENAMED.get(fact, head if head in {"names", "relatives"} else fact)


def sources_and_citations(
    file: CaseFile, bare: Profile, withheld: list[Withheld], day: datetime.date
) -> tuple[list[Source], list[Citation]]:
    """Return the sources of the facts that `bare` tells, numbered in the order of their first citation."""
    told = paths(bare)
    known = {source.id: source for source in file.sources}
    numbers: dict[str, int] = {}
    citations: dict[Citation, None] = {}  # kept in order, each once: several fields of the case are one fact here
    for citation in _with_what_follows(file, day):
        fact = public_path(file, citation.fact)
        source = known.get(citation.source_id)
        if fact not in told or source is None:
            why = "The fact it supports is not published." if source else "Its source is not in this case any more."
            withheld.append(Withheld(f"citations/{citation.id}", why))
            continue
        number = numbers.setdefault(source.id, len(numbers) + 1)
        # A quotation or a page of a confidential source would lead to who spoke.
        page, quote = ("", "") if source.is_confidential else (citation.page, citation.quote)
        citations[Citation(source=number, fact=fact, page=page, quote=quote)] = None
    return [_source(known[key], number) for key, number in numbers.items()], list(citations)


def _with_what_follows(file: CaseFile, day: datetime.date) -> Iterator[CaseCitation]:
    """Yield the citations, and those that follow: a status that cites nothing itself rests on what decided it, and a
    death that is confirmed on the sources that were named for it."""
    yield from file.citations
    own = {"status", *(fact for fact, told in RENAMED.items() if told == "status")}
    for row in sources_of_status(file, told_status(file, day)):
        if row.fact not in own:
            yield replace(row, fact="status", page="", quote="")
    cited = {row.source_id for row in file.citations if public_path(file, row.fact) == "death"}
    if is_confirmed_dead(file):
        for source in independent(file):
            if source.id not in cited:
                yield CaseCitation(id=source.id, source_id=source.id, fact="death")


def our_view(file: CaseFile, bare: Profile) -> list[str]:
    """Return the paths of the told facts that the campaign holds as its own view."""
    marked = [public_path(file, fact) for fact in file.our_view]
    marked += [public_path(file, f"texts/{text.id}") for text in file.texts if text.our_view]
    marked += [
        f"episodes/{episode.id}/events/{event.id}"
        for episode in file.episodes
        for event in episode.events
        if event.our_view
    ]
    return sorted(set(marked) & paths(bare))


def _source(source: CaseSource, number: int) -> Source:
    return _confidential(source, number) if source.is_confidential else _open(source, number)


def _open(source: CaseSource, number: int) -> Source:
    return Source(
        number=number,
        type=source.type,
        title=source.title,
        author=source.author,
        publisher=source.publisher,
        date=when(source.date),
        url=source.url,
        archive_url=source.archive_url,
        retrieved_on=day_of(source.retrieved_on),
        language=source.language,
        reliability=source.reliability,
        sha256=source.sha256,
        public_line="",
    )


def _confidential(source: CaseSource, number: int) -> Source:
    # Even the kind of source ("relative", "released_detainee") says who spoke.
    return Source(
        number=number,
        type="other",
        title="",
        author="",
        publisher="",
        date=None,
        url="",
        archive_url="",
        retrieved_on=None,
        language="",
        reliability="not_known",
        sha256="",
        public_line=PUBLIC_SOURCE_LINE.label(source.public_line or "person_with_knowledge"),
    )


def testimonies(file: CaseFile, withheld: list[Withheld]) -> list[Testimony]:
    """Return the testimonies that are cleared to leave, in their anonymised words."""
    told = []
    for testimony in file.testimonies:
        if not testimony.is_public or not testimony.anonymised_text:
            reason = "It is published only anonymised, and only if marked as public with the witness's consent."
            withheld.append(Withheld(f"testimonies/{testimony.id}", reason))
            continue
        told.append(
            Testimony(
                id=testimony.id,
                relation=testimony.relation,
                date=when(testimony.date),
                language=testimony.language,
                text=testimony.anonymised_text,
            )
        )
    return told


def un_work(file: CaseFile) -> list[UnWork]:
    """Return what UN bodies did; what was submitted stays at the desk."""
    return [
        UnWork(
            id=work.id,
            body=work.body,
            categories=list(work.categories),
            opinion_number=work.opinion_number,
            case_number=work.case_number,
        )
        for work in file.un_work
        if work.opinion_number or work.case_number or work.categories
    ]
