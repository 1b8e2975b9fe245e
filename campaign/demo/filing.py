"""An invented person as a case file: every fact with its source or marked as ours, as the gate asks."""

from campaign.cases.file import (
    CaseFile,
    Charge,
    Citation,
    Death,
    Episode,
    Event,
    Name,
    Note,
    OutsideId,
    Sentence,
    Source,
    StateResponse,
    Text,
    UnWork,
    Violation,
    Whereabouts,
)
from campaign.dates import PartialDate, parse
from campaign.demo.reading import Origin, Passed, Person, cells
from campaign.publishing.rules.sources import facts


def case_file(person: Person, origins: dict[str, Origin]) -> CaseFile:
    """Return the case file of a person, with neither consents, risks, relatives nor pictures yet."""
    sources = {key: _source(origins[key]) for key in person.sources}
    file = _identity(person)
    file.texts = _texts(person)
    file.episodes = [*_earlier(person), _episode(person)]
    _state_status(file, person)
    _add_outcomes(file, person, sources)
    file.sources = list(sources.values())
    _cite(file)
    if person.quote_source:
        _cite_quote(file, _source(origins[person.quote_source]))
    return file


def day(edtf: str) -> PartialDate:
    """Return a date in the notation, or the empty one."""
    return parse(edtf) if edtf else PartialDate()


def _identity(person: Person) -> CaseFile:
    names = [_name(line, "full") for line in person.names] + [_name(line, "alias") for line in person.aliases]
    names[0].is_preferred = True
    names[0].pronunciation = person.pronunciation
    return CaseFile(
        names=names,
        gender=person.gender,
        birth=day(person.birth),
        age_reported=person.age,
        age_reported_on=day(person.start) if person.age else PartialDate(),
        origin_place=person.origin,
        ethnicities=["uyghur"] if person.peoples is None else list(person.peoples),
        occupation=person.work,
        occupation_group=person.field,
        groups=list(person.groups),
        tags=list(person.tags),
        notes=[Note(text=person.note, came_from="the desk")] if person.note else [],
        outside_ids=[OutsideId(scheme="sheet", value=person.key.upper())],
    )


def _name(line: str, kind: str) -> Name:
    form, text = cells(line, 2)
    script, _, language = form.partition(" ")
    return Name(text=text, kind=kind, script=script, language=language)


def _texts(person: Person) -> list[Text]:
    rows = (
        Text(kind="summary", language="en", text=person.summary),
        Text(kind="summary", language="ug", text=person.summary_ug, translation_state="reviewed"),
        Text(kind="story", language="en", text=person.story.strip()),
        Text(kind="quote", language="en", text=person.quote, by=person.quote_by),
        Text(kind="details", language="en", text=person.details.strip()),
    )
    return [row for row in rows if row.text]


def _episode(person: Person) -> Episode:
    place, kinds = cells(person.held, 2)
    return Episode(
        start=day(person.start),
        end=day(person.end),
        end_reason=person.end_reason,
        events=[_event(line) for line in person.events],
        last_contact=day(person.last_contact),
        last_contact_place=person.last_contact_place,
        reason_stated=person.stated,
        reason_suspected=person.suspected,
        activities=list(person.activities),
        legal_basis=person.legal_basis,
        charges=[_charge(person.charge)] if person.charge else [],
        sentence=_sentence(person.sentence) if person.sentence else Sentence(),
        whereabouts=_whereabouts(person.whereabouts) if person.whereabouts else Whereabouts(),
        held_place=place,
        held_facility_types=[kind.strip() for kind in kinds.split(",") if kind],
    )


def _earlier(person: Person) -> list[Episode]:
    return [
        Episode(start=day(row.start), end=day(row.end), end_reason=row.end_reason, events=[*map(_event, row.events)])
        for row in person.earlier
    ]


def _event(line: str) -> Event:
    date, kind, place, facility, confidence, account = cells(line, 6)
    sure = confidence or "single_source"
    return Event(type=kind, date=day(date), place=place, facility=facility, confidence=sure, account=account)


def _charge(line: str) -> Charge:
    law, article, text, stage = cells(line, 4)
    return Charge(law=law, article=article, text=text, stage=stage)


def _sentence(row: Passed) -> Sentence:
    return Sentence(
        kind=row.kind,
        years=row.years,
        months=row.months,
        days=row.days,
        text=row.text,
        start=day(row.start),
        expected_end=day(row.end),
        appeal=row.appeal,
    )


def _whereabouts(answers: list[str]) -> Whereabouts:
    acknowledged, disclosed, family, counsel = answers
    return Whereabouts(
        acknowledged=acknowledged, location_disclosed=disclosed, contact_family=family, contact_counsel=counsel
    )


def _state_status(file: CaseFile, person: Person) -> None:
    code, as_of, confidence, why = cells(person.status, 4)
    file.status_override, file.status_override_reason = code, why
    file.status_as_of = day(as_of or person.as_of)
    file.status_confidence = confidence or "single_source"
    file.status_basis = person.status_basis


def _add_outcomes(file: CaseFile, person: Person, sources: dict[str, Source]) -> None:
    file.health_line = person.health
    file.violations = [_violation(line) for line in person.violations]
    file.state_responses = [_response(line) for line in person.responses]
    file.un_work = [_un(line) for line in person.un]
    if person.death:
        file.death = Death(
            is_reported=True,
            date=day(person.death.date),
            cause_stated=person.death.stated,
            cause_alleged=person.death.alleged,
            body_returned=person.death.returned,
            next_of_kin_know=True,
            independent_sources=[sources[key].id for key in person.death.sources],
        )


def _violation(line: str) -> Violation:
    kind, date, account = cells(line, 3)
    return Violation(kind=kind, date=day(date), account=account)


def _response(line: str) -> StateResponse:
    date, authority, form, claim, assessment = cells(line, 5)
    return StateResponse(date=day(date), authority=authority, form=form, claim=claim, assessment=assessment)


def _un(line: str) -> UnWork:
    body, opinion, categories = cells(line, 3)
    return UnWork(body=body, opinion_number=opinion, categories=categories.split())


def _source(row: Origin) -> Source:
    return Source(
        type=row.type,
        title=row.title,
        author=row.author,
        publisher=row.publisher,
        date=day(row.date),
        url=row.url,
        language=row.language,
        reliability=row.reliability,
        is_confidential=row.is_confidential,
        public_line=row.public_line,
    )


def _cite(file: CaseFile) -> None:
    """Tie every fact to a source, in turn, and mark what we believe as ours."""
    paths = list(facts(file))
    file.our_view = [path for path in paths if path.endswith("/reason_suspected")]
    cited = [path for path in paths if path not in file.our_view]
    cited += [f"episodes/{episode.id}" for episode in file.episodes]
    cited += ["death"] if file.death.is_reported else []
    if file.sources:
        keys = [source.id for source in file.sources]
        file.citations = [Citation(source_id=keys[n % len(keys)], fact=path) for n, path in enumerate(cited)]


def _cite_quote(file: CaseFile, source: Source) -> None:
    """Tie the quote to the source it was taken from, and to no other."""
    quotes = {f"texts/{text.id}" for text in file.texts if text.kind == "quote"}
    file.sources = [*file.sources, source]
    file.citations = [
        Citation(source_id=source.id if row.fact in quotes else row.source_id, fact=row.fact) for row in file.citations
    ]
