"""What administrators do with accounts, as verbs, on both databases: who may, who is told, what is recorded."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts import invitations, managing
from campaign.accounts.models import Account, Invitation, Notice, RoleProposal
from campaign.accounts.permissions import Role, in_words
from campaign.audit.log import AuditRow
from campaign.database import db
from tests.cast import hired

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """The database at hand; no browser is asked here."""
    with app.app_context():
        yield
        db.session.rollback()


def recorded() -> list[tuple[str, int | None]]:
    rows = db.session.scalars(select(AuditRow).order_by(AuditRow.number))
    return [(row.action, row.actor_id) for row in rows if row.actor_id]


def told(one: Account) -> list[str]:
    return list(db.session.scalars(select(Notice.sentence).where(Notice.account_id == one.id)))


@both
def test_a_role_that_one_may_give_is_given_and_recorded(inside: None) -> None:
    ada, ida = hired("Ada", Role.ADMINISTRATOR), hired("Ida", Role.VIEWER)
    changed = managing.change_roles(ida, {Role.CONTRIBUTOR}, by=ada)
    assert (changed.given, changed.taken, changed.proposed) == ({Role.CONTRIBUTOR}, {Role.VIEWER}, frozenset())
    assert ida.roles == {Role.CONTRIBUTOR}
    assert recorded() == [("account.role_taken", ada.id), ("account.role_given", ada.id)]
    assert told(ida) == ["Ada changed your roles: contributor."]


@both
@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.SAFETY_OFFICER, Role.ADMINISTRATOR])
def test_a_role_that_reviews_signs_publishes_or_administers_is_given_by_two(inside: None, role: Role) -> None:
    ada, ben, ida = hired("Ada", Role.ADMINISTRATOR), hired("Ben", Role.ADMINISTRATOR), hired("Ida", Role.VIEWER)
    changed = managing.change_roles(ida, {Role.VIEWER, role}, by=ada)
    assert changed.proposed == {role}
    assert ida.roles == {Role.VIEWER}
    assert told(ben) == [f"Ada proposes Ida as {in_words(role)}. Answer under People."]
    with pytest.raises(invitations.Refused, match="another administrator"):
        managing.agree(managing.proposals()[0], by=ada)
    managing.agree(managing.proposals()[0], by=ben)
    db.session.expire_all()
    assert ida.roles == {Role.VIEWER, role}
    assert managing.proposals() == []
    assert recorded() == [("account.role_proposed", ada.id), ("account.role_given", ben.id)]


@both
def test_where_nobody_could_agree_the_shell_is_named(inside: None) -> None:
    ada, ben = hired("Ada", Role.ADMINISTRATOR), hired("Ben", Role.ADMINISTRATOR)
    with pytest.raises(invitations.Refused, match="the shell gives it"):
        managing.change_roles(ben, {Role.ADMINISTRATOR, Role.SAFETY_OFFICER}, by=ada)


@both
def test_nobody_acts_on_their_own_account(inside: None) -> None:
    ada = hired("Ada", Role.ADMINISTRATOR)
    hired("Ben", Role.ADMINISTRATOR)
    for act in (
        lambda: managing.change_roles(ada, set(), by=ada),
        lambda: managing.disable(ada, by=ada),
        lambda: managing.enable(ada, by=ada),
        lambda: managing.end_sessions(ada, by=ada),
        lambda: managing.invite_again(ada, by=ada),
    ):
        with pytest.raises(invitations.Refused, match="their own account"):
            act()


@both
def test_nobody_agrees_to_their_own_role(inside: None) -> None:
    ada, ben = hired("Ada", Role.ADMINISTRATOR), hired("Ben", Role.ADMINISTRATOR)
    hired("Cem", Role.ADMINISTRATOR)
    managing.change_roles(ben, {Role.ADMINISTRATOR, Role.PUBLISHER}, by=ada)
    with pytest.raises(invitations.Refused, match="their own roles"):
        managing.agree(managing.proposals()[0], by=ben)


@both
def test_what_somebody_proposed_who_is_no_administrator_any_more_gives_nothing(inside: None) -> None:
    ada, ben, ida = hired("Ada", Role.ADMINISTRATOR), hired("Ben", Role.ADMINISTRATOR), hired("Ida", Role.VIEWER)
    managing.change_roles(ida, {Role.PUBLISHER}, by=ada)
    managing.disable(ada, by=ben)
    with pytest.raises(invitations.Refused, match="no longer valid"):
        managing.agree(managing.proposals()[0], by=ben)
    managing.decline(managing.proposals()[0], by=ben)
    assert ida.roles == set()
    assert recorded()[-1] == ("account.role_declined", ben.id)


@both
def test_a_disabled_account_loses_its_link_and_comes_back_as_it_was(inside: None) -> None:
    ada, ida = hired("Ada", Role.ADMINISTRATOR), hired("Ida", Role.EDITOR)
    invitations.invite(ida)
    managing.disable(ida, by=ada)
    managing.disable(ida, by=ada)
    assert not ida.is_active
    assert db.session.scalars(select(Invitation)).all() == []
    managing.enable(ida, by=ada)
    assert (ida.is_active, ida.roles) == (True, {Role.EDITOR})
    assert recorded() == [("account.disabled", ada.id), ("account.enabled", ada.id)]


@both
def test_one_administrator_makes_no_link_for_who_has_come_or_where_nobody_else_could_hand_over_a_code(
    inside: None,
) -> None:
    ada, come, high = hired("Ada", Role.ADMINISTRATOR), hired("Ida", Role.EDITOR), hired("Pia", Role.PUBLISHER)
    come.password_hash = "kept"
    for one in (come, high):
        with pytest.raises(invitations.Refused):
            managing.invite_again(one, by=ada)
    assert "/staff/invitation/" in managing.invite_again(hired("Nour", Role.VIEWER), by=ada)


@both
def test_of_two_answers_at_once_one_holds(app: Flask) -> None:
    with app.app_context():
        ada, ida = hired("Ada", Role.ADMINISTRATOR), hired("Ida", Role.VIEWER)
        others = [hired(name, Role.ADMINISTRATOR).id for name in ("Ben", "Cem")]
        managing.change_roles(ida, {Role.VIEWER, Role.PUBLISHER}, by=ada)
        db.session.commit()
        number = ida.id
    start = Barrier(2)

    def agree(by: int) -> bool:
        with app.app_context():
            start.wait()
            waiting = db.session.get(RoleProposal, 1)
            if waiting is None:
                return False
            try:
                managing.agree(waiting, by=db.session.get_one(Account, by))
            except invitations.Refused:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(agree, others)) == [False, True]
    with app.app_context():
        assert db.session.get_one(Account, number).roles == {Role.VIEWER, Role.PUBLISHER}
