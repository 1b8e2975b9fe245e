"""A home in which everything that a page lists is there `count` times: a page that asks once for each row is seen."""

import io
from datetime import time

import msgspec
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from campaign.accounts import duty_list, invitations
from campaign.accounts.models import Account, Notice, RoleProposal
from campaign.accounts.permissions import Role
from campaign.cases import members, revisions, workflow
from campaign.cases.facilities import Facility
from campaign.cases.file import Event, Name, Relative
from campaign.cases.models import Case, GuestReviewer
from campaign.clock import now
from campaign.database import db
from campaign.duplicates import search
from campaign.duplicates.models import LikelyPair
from campaign.imports import mapping, record, uploads
from campaign.imports.models import Import, ImportLook, Stage
from campaign.publishing import import_jobs
from campaign.publishing.models import Hold
from campaign.staff import comments
from campaign.unsaved import keeping
from campaign.unsaved.models import Unsaved
from campaign.unsaved.tickets import Ticket
from tests.cast import Browser, Member, sign_in
from tests.publishing.builders import day, event
from tests.publishing.desk import Desk

NAME = "Tursunay Sadirova"
STAGES: tuple[Stage, ...] = ("done", "planned")
ROLES = {"edo": "editor", "rana": "editor", "pia": "publisher", "sana": "safety_officer"}


class Busy:
    """The home of one campaign. Alma has every role; `places` are the words that paths are written with.

    `{ref}` is a case that names every other one's person, facility and colleague, approved and public; `{review}` one
    in review, `{draft}` a draft. Everybody has nearly one name, so that each may be each other.
    """

    def __init__(self, app: Flask, count: int) -> None:
        self.app = app
        self.alma, self.visitor = sign_in(app, "Alma", *Role), Browser(app, app.response_class, use_cookies=True)
        people = {name: sign_in(app, name, role) for name, role in ROLES.items()}
        colleagues = [sign_in(app, f"Colleague{n}", "editor") for n in range(count)]
        with app.app_context():
            desk = Desk(**{name: account_of(one) for name, one in people.items()})
            self.places = _fill(desk, account_of(self.alma), [account_of(one) for one in colleagues])
            db.session.commit()
            self.places["unsaved"] = _leave_unsaved(account_of(self.alma))
            self.places |= {stage: _import(account_of(people["edo"]), stage) for stage in STAGES}

    def reader(self, pattern: str) -> Browser:
        """Return who asks for a page: Alma at the desk, a visitor elsewhere and on the way in."""
        is_desk = pattern.startswith("/staff/") and not pattern.startswith(("/staff/sign-in", "/staff/invitation"))
        return self.alma if is_desk else self.visitor

    def path(self, pattern: str) -> str:
        """Return a path whose words in braces are references and numbers of this home."""
        return pattern.format(**self.places)


def _fill(desk: Desk, alma: Account, colleagues: list[Account]) -> dict[str, object]:
    many = range(len(colleagues))
    halls = [_facility(n, desk.edo) for n in many]
    public = [desk.public(names=_named(n)) for n in many]
    drafts, waiting = [desk.opens(names=_named(n)) for n in many], [desk.opens(names=_named(n)) for n in many]
    for case in waiting:
        workflow.submit(case, by=desk.edo)
    for n in many:
        closed = desk.opens(names=_named(n), birth=day("1931"), gender="male")
        members.restrict(closed, by=desk.sana)
        members.name_member(closed, alma.id, by=desk.sana)
    main = desk.opens(names=[Name(text=NAME, script="Latn", is_preferred=True)])
    _tell(desk, main, public, halls, colleagues)
    desk.approves(main)
    desk.publishes(main)
    _go_on(desk, main, public, halls, [alma, *colleagues])
    for one in (desk.sana, *colleagues):
        duty_list.add(one, weekdays=range(7), starts=time(0), ends=time(0), zone="UTC", by=alma)
    newcomer = invitations.account_for("newcomer@example.org", name="Nour Newcomer")
    return {
        "ref": main.ref,
        "draft": drafts[0].ref,
        "review": waiting[0].ref,
        "account": colleagues[0].id,
        "slug": f"{main.ref}-tursunay-sadirova",
        "invitation": invitations.invite(newcomer).rpartition("/")[2],
    }


def _tell(desk: Desk, main: Case, public: list[Case], halls: list[Facility], colleagues: list[Account]) -> None:
    """Write into a case whom and what it names; each colleague saves it once."""
    episode = revisions.head(main).episodes[0]
    held = [_held(n, hall) for n, hall in enumerate(halls)]
    relatives = [
        Relative(id=f"8000001{n:x}", relation="sibling", name=f"Polat {n}", case_ref=case.ref)
        for n, case in enumerate(public)
    ]
    episodes = [msgspec.structs.replace(episode, events=[*episode.events, *held])]
    desk.saves(main, episodes=episodes, relatives=relatives)
    for n, colleague in enumerate(colleagues):
        desk.saves(main, by=colleague, employer=f"School {n}")


def _go_on(desk: Desk, main: Case, public: list[Case], halls: list[Facility], people: list[Account]) -> None:
    """Fill what stands around a case and a desk: remarks, guests, holds, what an import left, notices, proposals."""
    for n, person in enumerate(people):
        comments.add_comment(main, f"Remark {n}", by=person, path="occupation" if n else "")
        members.name_member(main, person.id, by=desk.sana)
        guest = GuestReviewer(case_id=main.id, account_id=person.id, asked_by_id=desk.sana.id)
        proposal = RoleProposal(account_id=person.id, role="publisher", proposed_by_id=desk.sana.id, at=now())
        notice = Notice(account_id=people[0].id, at=now(), sentence=f"Something {n} happened.")
        db.session.add_all([guest, proposal, notice])
    for n, (case, hall) in enumerate(zip(public, halls, strict=True)):
        hold = Hold(reach="facility", subject=hall.ref, by_id=desk.sana.id, at=now(), reason="Nobody goes there.")
        conflict = ImportLook(case_id=case.id, row_number=n, kind="conflict", path="occupation", column="Occupation")
        db.session.add_all([hold, conflict, LikelyPair(first_id=case.id, second_id=main.id, score=0.9)])
    search.tell_apart(main, public[0], by=desk.edo)


def _leave_unsaved(by: Account) -> int:
    """Leave something unsaved on every case; return the number of one of them."""
    for case in db.session.scalars(select(Case)):
        page = f"/staff/cases/{case.ref}/edit"
        typed = MultiDict({"occupation": "Baker", "version": str(case.version)})
        keeping.keep(Ticket(by.id, page, "tab"), typed, target=page, case_id=case.id, session=db.session())
    db.session.commit()
    return db.session.scalars(select(Unsaved.id).order_by(Unsaved.id)).all()[-1]


def account_of(member: Member) -> Account:
    """Return the account of somebody at a browser."""
    return db.session.get_one(Account, member.account_id)


def _import(by: Account, stage: Stage) -> int:
    """Bring in a list that is planned, or written; return the number of its import."""
    words = f"case_id,name,profession\n{stage}-1,Ghunche Mihray,Baker\n"
    one = uploads.take_in(io.BytesIO(words.encode()), f"{stage}.csv", by=by)
    table = uploads.table(one)
    record.state_map(one, mapping.written(mapping.propose(table)), table, by=by)
    number = one.id
    record.ask(one, "planning", by=by)
    db.session.commit()
    import_jobs.do_next()
    if stage == "done":
        record.ask(db.session.get_one(Import, number), "writing", by=db.session.get_one(Account, by.id))
        db.session.commit()
        import_jobs.do_next()
    return number


def _named(number: int) -> list[Name]:
    return [Name(id="a0000001", text=f"{NAME} {chr(97 + number)}", script="Latn", is_preferred=True)]


def _held(number: int, hall: Facility) -> Event:
    return event(id=f"e000001{number:x}", facility_name=f"{hall.ref} {hall.name}", is_public=False)


def _facility(number: int, by: Account) -> Facility:
    names, code = [f"Hall {chr(97 + number)}"], str(number)
    one = Facility(
        names=names, type="prison", place="653121", precision="exact", scheme="t", outside_id=code, by_id=by.id
    )
    db.session.add(one)
    db.session.flush()
    return one
