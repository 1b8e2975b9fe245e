"""Seeds the demonstration: cases opened, reviewed and followed up over most of a year that ends yesterday.

The ledger's dates are those of its clock, so the clock is given (campaign.clock.as_of, which only a demonstration
may ask for). What is published follows in time what was published before it.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from campaign.accounts.models import Account
from campaign.cases import members, revisions, workflow
from campaign.cases.dates import facts_with_dates
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.clock import as_of, now, today
from campaign.database import db
from campaign.dates.edtf import PartialDate, parse
from campaign.demo.home import Cast, cast, sign_in_paths
from campaign.demo.reading import PUBLIC_ONCE, Person, Portrait, people, portraits_of, store
from campaign.imports.models import ImportLook
from campaign.publishing import decisions, door, eligibility
from campaign.publishing.context import context_of
from campaign.publishing.eligibility import question_of
from campaign.publishing.gate.checklist import open_findings

Days = tuple[int, int]  # first and last, counted back from today
OPENED: Days = (310, 60)  # each some weeks before it is read by a second person
REVIEWED: Days = (290, 40)
FOLLOWED_UP: Days = (29, 1)
FIRST_HOUR, HOURS = 8, 9
CHECKED_BY = "The desk of the demonstration"
REACHED_REVIEW = (*PUBLIC_ONCE, "in_review", "changes_asked")


def moments(days: Days, count: int, present: datetime.datetime) -> list[datetime.datetime]:
    """Return so many moments in order, spread over a span of days, each in working hours and off the hour."""
    first, last = days
    step = (first - last) / max(count - 1, 1)
    midnight = present.replace(hour=0, minute=0, second=0, microsecond=0)
    instants = []
    for number in range(count):
        day = midnight - datetime.timedelta(days=first - int(number * step))
        # Several fall on one day where the span is short: the later one has the later minute.
        minutes = number * HOURS * 60 // count
        instants.append(day + datetime.timedelta(hours=FIRST_HOUR, minutes=minutes, seconds=number * 37 % 60))
    return instants


def seed() -> Iterator[str]:
    """Fill an empty demonstration, yielding a line of progress after each step. Commits as it goes."""
    by = cast()
    sign_in_paths()
    db.session.commit()
    folk = in_time(people())
    places = {person.key: place for place, person in enumerate(folk)}
    pictures = portraits_of(person.key for person in folk)
    yield f"{len(pictures)} portraits read"
    cases = _open_all(folk, by, pictures)
    db.session.commit()
    yield f"{len(cases)} cases opened"
    for person, moment in zip(folk, moments(REVIEWED, len(folk), now()), strict=True):
        with as_of(moment):
            _link_relatives(person, cases, by)
            _review(person, cases[person.key], by)
            db.session.commit()
    yield f"{sum(person.stage in PUBLIC_ONCE for person in folk)} profiles published"
    for person, moment in zip(folk, moments(FOLLOWED_UP, len(folk), now()), strict=True):
        with as_of(moment):
            _follow_up(person, cases[person.key], by, places)
            db.session.commit()
    yield "withdrawals, family links and a conflict put in place"


def in_time(folk: Iterable[Person]) -> list[Person]:
    """Return people in the order of their latest news: nobody is read about before it has happened."""
    return sorted(folk, key=lambda person: _latest_news(person.file))


def _latest_news(file: CaseFile) -> datetime.date:
    dates = [date.latest for _, date in facts_with_dates(file)] + [row.date.latest for row in file.sources]
    return max((day for day in dates if day is not None and day <= today()), default=datetime.date.min)


def _open_all(folk: list[Person], by: Cast, pictures: dict[str, Portrait]) -> dict[str, Case]:
    """Return the new cases by the keys of their people."""
    cases = {}
    for person, moment in zip(folk, moments(OPENED, len(folk), now()), strict=True):
        with as_of(moment):
            cases[person.key] = _open(person, by, pictures.get(person.key))
    return cases


def _open(person: Person, by: Cast, picture: Portrait | None) -> Case:
    """Return the new case of a person: written by the editor, its consent and risk confirmed by the safety officer."""
    images = [store(picture)] if picture else []
    file = msgspec.structs.replace(person.file, images=images, relatives=[], **_entered(person, by))
    if person.description.is_checked:
        file.last_verified_on, file.verified_by, file.last_verified_means = _today(), CHECKED_BY, "press"
    case = door.create(file, by=by.editor, reason="Opened from what was told to us")
    if person.description.is_restricted:
        members.name_member(case, by.editor.id, by=by.editor)
        members.restrict(case, by=by.safety_officer)
    elif person.stage == "draft":
        members.name_member(case, by.contributor.id, by=by.editor)
    if any(text.translation_state for text in file.texts):
        members.name_member(case, by.translator.id, by=by.editor)
    if person.stage != "draft":
        _confirm(case, by)
    return case


def _entered(person: Person, by: Cast) -> dict[str, object]:
    """Return the consents and risks of a person's file as the editor, who took them, enters them; none of a draft."""
    if person.stage == "draft":
        return {"consents": [], "risks": []}
    days = {"obtained_on": _in_days(-40), "confirm_by": _in_days(365), "obtained_by": by.editor.display_name}
    return {
        "consents": [msgspec.structs.replace(consent, **days) for consent in person.file.consents],
        "risks": [msgspec.structs.replace(risk, review_by=_in_days(400)) for risk in person.file.risks],
    }


def _confirm(case: Case, by: Cast) -> None:
    """Confirm the consents and risks of a case as the safety officer; sign our own reasons as the second."""
    file, officer = revisions.head(case), by.safety_officer
    confirmed = [msgspec.structs.replace(consent, confirmed_by=officer.id) for consent in file.consents]
    assessed = [msgspec.structs.replace(risk, assessed_by=officer.id) for risk in file.risks]
    _save(case, msgspec.structs.replace(file, consents=confirmed, risks=assessed), officer, "Consent confirmed")
    rows = revisions.head(case).consents
    if any(consent.basis == "public_interest" for consent in rows):
        signed = [msgspec.structs.replace(consent, second_signature=by.publisher.id) for consent in rows]
        _save(case, msgspec.structs.replace(revisions.head(case), consents=signed), by.publisher, "Signed second")


def _link_relatives(person: Person, cases: dict[str, Case], by: Cast) -> None:
    if not person.file.relatives:
        return
    relatives = [
        msgspec.structs.replace(row, case_ref=cases[row.case_ref].ref if row.case_ref else "")
        for row in person.file.relatives
    ]
    case = cases[person.key]
    file = msgspec.structs.replace(revisions.head(case), relatives=relatives)
    _save(case, file, by.editor, "Relatives linked")


def _review(person: Person, case: Case, by: Cast) -> None:
    if person.stage not in REACHED_REVIEW:
        return
    workflow.submit(case, by=by.editor, note="Ready for a second person.")
    if person.stage == "changes_asked":
        workflow.ask_changes(case, by=by.publisher, note="Say which county, and who saw it.")
    if person.description.answers:
        found = open_findings(question_of(context_of(case)))
        words = {one.word for one in found}
        decisions.decide(case, "answered", by=by.publisher, text=person.description.answers, about=words)
    if person.stage in PUBLIC_ONCE:
        eligibility.approve(case, by=by.publisher, version=case.version, would_neighbour_know=False)
        door.publish(case, by=by.publisher)


def _follow_up(person: Person, case: Case, by: Cast, places: Mapping[str, int]) -> None:
    """Do what comes after a publication: take back, withdraw, link a relative who is public by now, meet a sheet."""
    if person.stage == "withdrawn":
        door.withdraw(case, by=by.publisher, reason="The family asked for time.")
    if person.stage == "consent_withdrawn":
        file = revisions.head(case)
        gone = msgspec.structs.replace(
            file.consents[0], state="withdrawn", withdrawn_on=_today(), reason="By telephone"
        )
        _save(case, msgspec.structs.replace(file, consents=[gone]), by.safety_officer, "Consent taken back")
    if person.description.checked_again:
        file = msgspec.structs.replace(revisions.head(case), last_verified_on=_today(), last_verified_means="partner")
        _save(case, file, by.editor, "Asked again, nothing new")
        _review(person, case, by)
    elif person.stage == "published" and any(
        places[row.case_ref] > places[person.key] for row in person.file.relatives if row.case_ref
    ):
        # The other profile was not public yet when this one went out; now the link may be shown.
        door.publish(case, by=by.publisher)
    if person.description.sheet_says:
        ours, sheets = person.file.origin_place, person.description.sheet_says
        db.session.add(
            ImportLook(
                case_id=case.id,
                row_number=12,
                kind="conflict",
                path="origin_place",
                column="From",
                ours=ours,
                words=sheets,
                by_id=by.editor.id,
            )
        )


def _save(case: Case, file: CaseFile, by: Account, reason: str) -> None:
    door.save(case, file, by=by, base_version=case.version, reason=reason)


def _today() -> PartialDate:
    return parse(today().isoformat())


def _in_days(count: int) -> PartialDate:
    return parse((today() + datetime.timedelta(days=count)).isoformat())
