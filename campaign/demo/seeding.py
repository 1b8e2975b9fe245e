"""The invented campaign, through the desk's own steps: an editor writes, the safety officer confirms, a publisher
who wrote none of it approves and publishes through the door. No step is left out and nothing is written around one.
"""

import datetime
import itertools
from collections.abc import Iterator

import msgspec

from campaign.accounts.models import Account
from campaign.cases import members, revisions, workflow
from campaign.cases.calendar import today
from campaign.cases.file import CaseFile, Consent, Relative, Risk
from campaign.cases.models import Case
from campaign.database import as_of, db, now
from campaign.dates import PartialDate, parse
from campaign.demo.cast import Cast, cast, sign_in_paths
from campaign.demo.filing import case_file, day
from campaign.demo.picturing import Drawn, kept, portraits_of
from campaign.demo.reading import PUBLIC_ONCE, Person, cells, origins, people
from campaign.demo.schedule import FOLLOWED_UP, OPENED, REVIEWED, moments
from campaign.intake.models import ImportConflict
from campaign.publishing import door
from campaign.vocabulary import RISK_LEVEL

SCOPES = ["store", "publish_name", "publish_photo", "publish_story"]
# Who gave their word: names that occur in no text, or the gate would rightly stop that text.
GIVERS = ("Ayqiz Tumanliq", "Méhriban Qarliq", "Osman Yamghurluq", "Gülsum Chaqmaqliq")
CHECKED_BY = "The desk of the demonstration"
REACHED_REVIEW = (*PUBLIC_ONCE, "in_review", "changes_asked")


def seed() -> Iterator[str]:
    """Fill an empty demonstration, yielding a line of progress after each step. Commits as it goes."""
    by = cast()
    sign_in_paths()
    db.session.commit()
    folk = people()
    pictures = portraits_of(folk)
    yield f"{len(pictures)} portraits drawn"
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
            _follow_up(person, cases[person.key], by)
            db.session.commit()
    yield "withdrawals, family links and a conflict put in place"


def _open_all(folk: list[Person], by: Cast, pictures: dict[str, Drawn]) -> dict[str, Case]:
    """Return the new cases by the keys of their people."""
    givers = itertools.cycle(GIVERS)
    cases = {}
    for person, moment in zip(folk, moments(OPENED, len(folk), now()), strict=True):
        with as_of(moment):
            cases[person.key] = _open(person, by, next(givers), pictures.get(person.key))
    return cases


def _open(person: Person, by: Cast, giver: str, picture: Drawn | None) -> Case:
    """Return the new case of a person: written by the editor, its consent and risk confirmed by the safety officer."""
    file = case_file(person, origins())
    file.images = [kept(picture)] if picture else []
    if person.is_checked:
        file.last_verified_on, file.verified_by = _today(), CHECKED_BY
    case = door.create(file, by=by.editor, reason="Opened from what was told to us")
    if person.is_restricted:
        members.name_member(case, by.editor.id, by=by.editor)
        members.restrict(case, by=by.safety_officer)
    elif person.stage == "draft":
        members.name_member(case, by.contributor.id, by=by.editor)
    if person.summary_ug:
        members.name_member(case, by.translator.id, by=by.editor)
    if person.stage != "draft":
        _confirm(person, case, by, giver)
    return case


def _confirm(person: Person, case: Case, by: Cast, giver: str) -> None:
    file = revisions.head(case)
    consent = _consent(person, giver, by)
    risk = Risk(
        level=RISK_LEVEL[person.risk].code,
        concerns=["surveillance"],
        mitigation="Speaking was weighed against silence with the family; no address and no neighbour is named.",
        assessed_by=by.safety_officer.id,
        assessed_on=_today(),
        review_by=_in_days(400),
    )
    _save(case, msgspec.structs.replace(file, consents=[consent], risks=[risk]), by.safety_officer, "Consent confirmed")
    if consent.basis == "public_interest":
        signed = msgspec.structs.replace(consent, second_signature=by.publisher.id)
        _save(case, msgspec.structs.replace(revisions.head(case), consents=[signed]), by.publisher, "Signed second")


def _consent(person: Person, giver: str, by: Cast) -> Consent:
    kind = {"self": "self", "lawyer": "lawyer", "public_interest": "none_obtainable"}.get(person.consent, "relative")
    is_ours = person.consent == "public_interest"
    return Consent(
        giver="" if is_ours or kind == "self" else giver,
        giver_kind=kind,
        basis=person.consent,
        relation="sibling" if kind == "relative" else "",
        obtained_by=by.editor.display_name,
        obtained_on=_in_days(-40),
        how="other" if is_ours else "signed",
        scopes=list(person.scopes or SCOPES),
        confirm_by=_in_days(365),
        address="https://radio.example/interviews" if person.consent == "spoke_publicly" else "",
        reason="Two letters and three calls reached nobody of the family." if is_ours else "",
        confirmed_by=by.safety_officer.id,
        confirmed_on=_today(),
    )


def _link_relatives(person: Person, cases: dict[str, Case], by: Cast) -> None:
    if not person.relatives:
        return
    rows = [cells(line, 3) for line in person.relatives]
    relatives = [
        Relative(relation=kind, case_ref=cases[key].ref if key else "", name=name, is_detained=bool(key))
        for kind, key, name in rows
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
    if person.stage in PUBLIC_ONCE:
        workflow.approve(case, by=by.publisher, would_neighbour_know=False)
        door.publish(case, by=by.publisher)


def _follow_up(person: Person, case: Case, by: Cast) -> None:
    """Do what comes after a publication: take back, withdraw, link a relative who is public by now, meet a sheet."""
    if person.stage == "withdrawn":
        door.withdraw(case, by=by.publisher, reason="The family asked for time.")
    if person.stage == "consent_withdrawn":
        file = revisions.head(case)
        gone = msgspec.structs.replace(
            file.consents[0], state="withdrawn", withdrawn_on=_today(), reason="By telephone"
        )
        _save(case, msgspec.structs.replace(file, consents=[gone]), by.safety_officer, "Consent taken back")
    if person.checked_again:
        file = msgspec.structs.replace(revisions.head(case), last_verified_on=_today())
        _save(case, file, by.editor, "Asked again, nothing new")
        _review(person, case, by)
    elif person.stage == "published" and any(cells(line, 3)[1] > person.key for line in person.relatives):
        # The other profile was not public yet when this one went out; now the link may be shown.
        door.publish(case, by=by.publisher)
    if person.sheet_says:
        ours = person.origin
        db.session.add(
            ImportConflict(
                case_id=case.id, row_number=12, path="origin_place", label="From", ours=ours, sheets=person.sheet_says
            )
        )


def _save(case: Case, file: CaseFile, by: Account, reason: str) -> None:
    door.save(case, file, by=by, base_version=case.version, reason=reason)


def _today() -> PartialDate:
    return day(today().isoformat())


def _in_days(count: int) -> PartialDate:
    return parse((today() + datetime.timedelta(days=count)).isoformat())
