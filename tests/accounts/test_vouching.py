"""Four eyes are two persons: who alone stands behind an account never works together with it until vouched for."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from campaign.accounts import credentials, invitations, managing, vouching
from campaign.accounts.models import Account, Invitation, Notice, Sponsor
from campaign.accounts.permissions import GIVEN_BY_TWO, Role
from campaign.accounts.vouching import SHELL
from campaign.audit.log import AuditRow
from campaign.cases import checks as case_errors
from campaign.cases.workflow import approve, submit
from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import door, eligibility, holds, pausing
from campaign.publishing.errors import NotAllowed, NotReady, OwnWork, SecondPersonNeeded
from campaign.web.context import keyring
from tests.cast import hired
from tests.publishing.desk import Desk

ADMINISTRATOR, EDITOR, PUBLISHER, OFFICER = Role.ADMINISTRATOR, Role.EDITOR, Role.PUBLISHER, Role.SAFETY_OFFICER
PASSWORD = "tangerine ladder quiet 41 orbit"


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """The database at hand; no browser is asked here."""
    with app.app_context():
        yield
        db.session.rollback()


def ready(name: str, *roles: Role) -> Account:
    """Add somebody who can sign in."""
    account = hired(name, *roles)
    come(account)
    return account


def come(account: Account) -> None:
    """Connect an authenticator, as somebody does who has chosen a password."""
    account.totp_sealed = keyring().seal(credentials.new_secret())
    db.session.flush()


def opens(link: str, *, handed: str | None = None) -> bool:
    """Open a link as its holder does, with the code that was handed over, and come in; whether it opened."""
    found = invitations.found(link.rpartition("/")[2])
    assert found is not None
    row, account = found
    if invitations.needs_code(row, account) and not invitations.opens_with(row, handed or ""):
        return False
    assert invitations.consume(link.rpartition("/")[2])
    invitations.admit(row, account, PASSWORD)
    come(account)
    return True


def invited_alone(name: str, by: Account, *roles: Role) -> Account:
    """Return somebody whom one administrator alone let in, and who was given roles by two later."""
    account = invitations.account_for(f"{name.lower()}@example.org", name=name, by=by.id)
    assert opens(managing.invite_again(account, by=by))
    invitations.grant(account, roles)
    return account


def desk_of(writer: Account, reviewer: Account, publisher: Account, officer: Account) -> Desk:
    return Desk(edo=writer, rana=reviewer, pia=publisher, sana=officer)


def test_who_let_somebody_in_alone_does_not_review_their_work_nor_they_theirs(inside: None) -> None:
    ada, pia, sana = ready("Ada", ADMINISTRATOR, EDITOR), ready("Pia", PUBLISHER), ready("Sana", OFFICER)
    ben = ready("Ben", ADMINISTRATOR)
    nour = invited_alone("Nour", ada, EDITOR)
    for writer, reviewer in ((ada, nour), (nour, ada)):
        desk = desk_of(writer, reviewer, pia, sana)
        case = desk.opens()
        submit(case, by=writer)
        assert reviewer not in eligibility.left(case, eligibility.writers_of(case))
        with pytest.raises(case_errors.OwnWork, match=r"Ada alone let Nour in\. Sana or Ben can end it by vouching"):
            approve(case, by=reviewer, would_neighbour_know=False)
    vouching.vouch(nour, by=ben)
    assert vouching.barred_with(nour.id) == vouching.barred_with(ada.id) == frozenset()
    for writer, reviewer in ((ada, nour), (nour, ada)):
        assert reader.state(desk_of(writer, reviewer, pia, sana).public().ref) == "public"


def test_who_let_somebody_in_alone_publishes_neither_their_work_nor_what_they_approved(inside: None) -> None:
    ada, sana = ready("Ada", ADMINISTRATOR, PUBLISHER), ready("Sana", OFFICER)
    edo, rana, pia = ready("Edo", EDITOR), ready("Rana", EDITOR), ready("Pia", PUBLISHER)
    nour = invited_alone("Nour", ada, EDITOR)
    for writer, reviewer in ((nour, rana), (edo, nour)):
        desk = desk_of(writer, reviewer, ada, sana)
        case = desk.opens()
        desk.approves(case)
        with pytest.raises(OwnWork, match="Ada alone let Nour in"):
            desk.publishes(case)
        assert door.publish(case, by=pia).kind == "publish"


def test_an_approval_between_two_accounts_of_one_person_lets_no_sweep_publish(inside: None) -> None:
    ada, pia, sana = ready("Ada", ADMINISTRATOR, EDITOR), ready("Pia", PUBLISHER), ready("Sana", OFFICER)
    nour = ready("Nour", EDITOR)
    desk = desk_of(nour, ada, pia, sana)
    case = desk.opens()
    desk.approves(case)
    db.session.add(Sponsor(account_id=nour.id, sponsor_id=ada.id, how="reset", at=now()))
    db.session.flush()
    with pytest.raises(NotReady, match="Ada alone let Nour in"):
        door.publish(case, by=pia)
    with pytest.raises((NotReady, NotAllowed)):
        door.publish(case, by=None)


def test_two_accounts_of_the_same_maker_and_chains_of_them_count_as_one(inside: None) -> None:
    ada, ben = ready("Ada", ADMINISTRATOR), ready("Ben", ADMINISTRATOR)
    one, two = invited_alone("One", ada, EDITOR, ADMINISTRATOR), invited_alone("Two", ada, EDITOR)
    third = invited_alone("Third", one, PUBLISHER)
    assert vouching.barred_with(third.id) == {ada.id, one.id, two.id}
    for may_not in (ada, one, two, third):
        with pytest.raises(vouching.Refused):
            vouching.vouch(third, by=may_not)
    vouching.vouch(one, by=ben)
    assert vouching.barred_with(third.id) == {one.id}
    assert vouching.barred_with(two.id) == {ada.id}


def test_wherever_two_must_act_one_person_with_two_accounts_does_not(inside: None) -> None:
    ada, edo, pia = ready("Ada", ADMINISTRATOR, OFFICER), ready("Edo", EDITOR), ready("Pia", PUBLISHER)
    ready("Ben", ADMINISTRATOR)
    nour = invited_alone("Nour", ada, ADMINISTRATOR, PUBLISHER, OFFICER)
    case = desk_of(edo, pia, pia, ready("Sana", OFFICER)).opens()
    hold = pausing.pause(case, by=ada, reason="a call")
    holds.ask_back(hold, by=ada)
    with pytest.raises(SecondPersonNeeded, match="Ada alone let Nour in"):
        holds.put_back(hold, by=nour)
    holds.put_back(hold, by=pia)
    managing.change_roles(edo, {EDITOR, PUBLISHER}, by=ada)
    with pytest.raises(vouching.Refused, match="Ada alone let Nour in"):
        managing.agree(managing.proposals()[0], by=nour)
    with pytest.raises(SecondPersonNeeded, match="Ada alone let Vic in"):
        eligibility.refuse_one_person(ada, invited_alone("Vic", ada, Role.VIEWER).id)


@pytest.mark.parametrize("role", sorted(GIVEN_BY_TWO))
def test_the_link_of_such_an_invitation_opens_only_with_the_code_of_a_second_person(inside: None, role: Role) -> None:
    ada, ben, sana = ready("Ada", ADMINISTRATOR), ready("Ben", ADMINISTRATOR), ready("Sana", OFFICER)
    nour = invitations.account_for("nour@example.org", name="Nour", by=ada.id)
    managing.change_roles(nour, {role}, by=ada)
    link = managing.invite_again(nour, by=ada)
    assert [one.name for one in vouching.seconds(nour.id, ada.id)] == ["Ben", "Sana"]
    assert not opens(link)
    with pytest.raises(vouching.Refused):
        invitations.hand_over(nour, by=ada)
    first, code = invitations.hand_over(nour, by=sana), invitations.hand_over(nour, by=ben)
    assert code not in repr(db.session.execute(select(Invitation.code_hash)).all())
    assert not opens(link, handed=first)
    managing.agree(managing.proposals()[0], by=ben)
    assert opens(link, handed=code.lower().replace("-", " "))
    assert vouching.sponsors() == {}
    assert nour.roles == {role}


def test_a_plain_link_that_is_out_needs_a_code_once_such_a_role_is_proposed(inside: None) -> None:
    ada, ben = ready("Ada", ADMINISTRATOR), ready("Ben", ADMINISTRATOR)
    nour = invitations.account_for("nour@example.org", by=ada.id)
    link = managing.invite_again(nour, by=ada)
    managing.change_roles(nour, {EDITOR}, by=ada)
    assert not opens(link)
    assert opens(link, handed=invitations.hand_over(nour, by=ben))


def test_the_link_of_a_reset_opens_only_with_the_code_of_a_second_person(inside: None) -> None:
    ada, ben, edo = ready("Ada", ADMINISTRATOR), ready("Ben", ADMINISTRATOR), ready("Edo", EDITOR)
    vera = ready("Vera", Role.VIEWER)
    link = managing.reset(edo, by=ada)
    assert not opens(link)
    assert opens(link, handed=invitations.hand_over(edo, by=ben))
    assert vouching.barred_with(edo.id) == frozenset()
    assert opens(managing.reset(vera, by=ada))
    assert vouching.barred_with(vera.id) == {ada.id}


@pytest.mark.parametrize(
    ("others", "able"),
    [
        (["Ben", "Cem"], ["Ben", "Cem"]),
        (["Ben"], ["Ben", "Sana"]),
        ([], ["Sana"]),
    ],
)
def test_an_officer_stands_in_where_at_most_one_other_administrator_is_left(
    inside: None, others: list[str], able: list[str]
) -> None:
    ada, nour = ready("Ada", ADMINISTRATOR), hired("Nour", EDITOR)
    for name in others:
        ready(name, ADMINISTRATOR)
    ready("Sana", OFFICER)
    hired("Dora", ADMINISTRATOR)  # invited, has not come: hands nothing over
    assert [one.name for one in vouching.seconds(nour.id, ada.id)] == able
    db.session.add(Sponsor(account_id=nour.id, sponsor_id=ada.id, how="invited", at=now()))
    db.session.flush()
    assert [one.name for one in vouching.vouchers(nour.id)] == able


def test_an_administrator_of_ones_own_making_is_no_second_person(inside: None) -> None:
    ada = ready("Ada", ADMINISTRATOR)
    invited_alone("Puppet", ada, ADMINISTRATOR, OFFICER)
    with pytest.raises(vouching.Refused, match="Nobody else could hand"):
        managing.reset(ready("Edo", EDITOR), by=ada)


def test_who_hands_over_the_code_of_a_link_of_the_shell_stands_behind_it_alone(inside: None) -> None:
    ada, edo = ready("Ada", ADMINISTRATOR), ready("Edo", EDITOR)
    link = invitations.reset_factors(edo, actor="shell:root")
    assert opens(link, handed=invitations.hand_over(edo, by=ada))
    assert vouching.barred_with(edo.id) == {ada.id}


def test_what_the_shell_let_in_is_barred_with_each_other_until_somebody_of_them_vouches(inside: None) -> None:
    people = []
    for name, role in (("Ada", ADMINISTRATOR), ("Edo", EDITOR), ("Pia", PUBLISHER)):
        account = invitations.account_for(f"{name.lower()}@example.org", name=name)
        invitations.grant(account, [role])
        assert opens(invitations.invite(account, opens_alone=True))
        people.append(account)
    ada, edo, pia = people
    assert vouching.barred_with(edo.id) == {ada.id, pia.id}
    assert "the shell alone let Edo in. Ada can end it" in vouching.why_barred(edo.id, [pia.id])
    vouching.vouch(edo, by=ada)
    assert vouching.barred_with(edo.id) == frozenset()
    assert vouching.barred_with(pia.id) == {ada.id}


def test_a_reset_by_one_does_not_make_an_account_of_anothers_making_free(inside: None) -> None:
    ada, ben = ready("Ada", ADMINISTRATOR), ready("Ben", ADMINISTRATOR)
    nour = invited_alone("Nour", ada, Role.CONTRIBUTOR)
    assert opens(managing.reset(nour, by=ben))
    assert vouching.barred_with(nour.id) == {ada.id, ben.id}


def test_a_link_for_who_has_their_authenticator_makes_nobody_stand_behind_them(inside: None) -> None:
    edo = ready("Edo", EDITOR)
    edo.password_hash = "kept"
    assert opens(invitations.invite(edo, opens_alone=True))
    assert vouching.sponsors() == {}


def test_vouching_is_recorded_and_told(inside: None) -> None:
    ada, ben = ready("Ada", ADMINISTRATOR), ready("Ben", ADMINISTRATOR)
    nour = invited_alone("Nour", ada, EDITOR)
    told = list(db.session.scalars(select(Notice.sentence).where(Notice.account_id == ben.id)))
    assert told == ["One person alone let Nour in. Have you met or spoken with them? See My account."]
    vouching.vouch(nour, by=ben)
    row = db.session.scalars(select(AuditRow).where(AuditRow.action == "account.vouched")).one()
    assert (row.actor_id, row.subject) == (ben.id, f"account:{nour.id}")
    assert "Ben vouches for Nour." in db.session.scalars(select(Notice.sentence).where(Notice.account_id == ada.id))
    with pytest.raises(vouching.Refused):
        vouching.vouch(nour, by=ben)


def a_team() -> list[Account]:
    """Return the five of `flask init --team small`, all come and vouched for."""
    invited = invitations.assemble("small", [f"{name}@example.org" for name in "abcde"], actor="shell:root")
    for _, link in invited:
        assert opens(link)
    people = [account for account, _ in invited]
    assert vouching.barred_with(people[0].id) == {one.id for one in people[1:]}
    for number, account in enumerate(people):
        vouching.vouch(account, by=people[number - 1])
    return people


def test_the_people_of_a_team_vouch_for_one_another_and_nobody_for_themselves(inside: None) -> None:
    people = a_team()
    assert vouching.sponsors() == {}
    with pytest.raises(vouching.Refused):
        vouching.vouch(people[0], by=people[0])


def test_five_a_newcomer_each_reset_once_any_two_asleep_and_publishing_goes_on(inside: None) -> None:
    people = a_team()
    first, second, *_ = people
    newcomer = invitations.account_for("newcomer@example.org", name="Newcomer", by=first.id)
    managing.change_roles(newcomer, {EDITOR}, by=first)
    link = managing.invite_again(newcomer, by=first)
    managing.agree(managing.proposals()[0], by=second)
    assert opens(link, handed=invitations.hand_over(newcomer, by=second))
    people.append(newcomer)
    for account in people:
        by = second if account is first else first
        link = managing.reset(account, by=by)
        assert opens(link, handed=invitations.hand_over(account, by=vouching.seconds(account.id, by.id)[0]))
    needed, published = set().union(*(one.roles for one in people)) - {Role.TRANSLATOR}, 0
    for asleep in combinations(people, 2):
        awake = [one for one in people if one not in asleep]
        if needed <= set().union(*(one.roles for one in awake)):
            assert publishes(awake), [one.email for one in asleep]
            published += 1
    assert published >= 10


def publishes(awake: list[Account]) -> bool:
    """Whether those who are awake can write, clear, review and publish a case."""
    for writer in (one for one in awake if EDITOR in one.roles):
        for officer in (one for one in awake if OFFICER in one.roles and one is not writer):
            for reviewer in (one for one in awake if one.roles & {EDITOR, PUBLISHER} and one not in {writer, officer}):
                for publisher in (one for one in awake if PUBLISHER in one.roles and one is not writer):
                    desk = desk_of(writer, reviewer, publisher, officer)
                    return reader.state(desk.public().ref) == "public"
    return False


@given(st.dictionaries(st.integers(1, 8), st.sets(st.integers(0, 8), min_size=1, max_size=3), max_size=8))
def test_the_bar_is_mutual_and_ends_with_the_last_sponsor(table: dict[int, set[int]]) -> None:
    for one in range(1, 9):
        near = vouching._component(one, table)
        assert one in near
        assert all(one in vouching._component(other, table) for other in near)
        assert all(one == sponsor or sponsor in near for sponsor in table.get(one, ()))
        if one not in table and not any(one in made for made in table.values()):
            assert near == {one}
        assert vouching._component(one, {}) == {one}
    assert SHELL not in table
