"""Who sees which case; a restricted one does not exist for who is not named on it."""

import pytest

from campaign.accounts.models import Account
from campaign.cases.file import OutsideId, Relative, Testimony
from campaign.cases.members import LastMember, lift_restriction, name_member, remove_member, restrict
from campaign.cases.models import Case
from campaign.cases.queries import Filter, by_outside_id, by_ref, count, mentioning, search, worklist
from campaign.cases.workflow import submit
from campaign.database import db
from tests.cases.conftest import PEOPLE, both_databases, known, opened

pytestmark = both_databases


def who_sees(case: Case) -> set[str]:
    db.session.commit()
    seen = {name for name in PEOPLE if by_ref(case.ref, known(name)) is not None}
    assert seen == {name for name in PEOPLE if case in worklist(known(name)).cases}
    assert seen == {name for name in PEOPLE if search(case.ref, known(name)).found}
    return seen


def test_a_draft_is_seen_by_who_reads_every_case_and_not_by_publishers(edo: Account) -> None:
    assert who_sees(opened(edo)) == {"edo", "eva", "vic", "sana"}


def test_what_was_submitted_is_seen_by_publishers_too(edo: Account) -> None:
    case = opened(edo)
    submit(case, by=edo)
    assert who_sees(case) == {"edo", "eva", "vic", "sana", "pia"}


def test_contributors_and_translators_see_their_own_and_what_they_are_named_on(cora: Account, edo: Account) -> None:
    own = opened(cora)
    assert "cora" in who_sees(own)
    other = opened(edo)
    assert not {"cora", "tao"} & who_sees(other)
    for name in ("cora", "tao"):
        name_member(other, known(name).id, by=edo)
    assert {"cora", "tao"} <= who_sees(other)


def test_a_restricted_case_exists_for_those_named_on_it_alone(edo: Account, sana: Account) -> None:
    case = opened(edo)
    submit(case, by=edo)
    restrict(case, by=sana)
    assert who_sees(case) == {"sana"}
    name_member(case, edo.id, by=sana)
    assert who_sees(case) == {"sana", "edo"}
    lift_restriction(case, by=sana)
    assert who_sees(case) >= {"vic", "pia"}


def test_an_administrator_sees_no_case_even_when_named(edo: Account) -> None:
    case = opened(edo)
    name_member(case, known("ada").id, by=edo)
    assert "ada" not in who_sees(case)


def test_a_restricted_case_is_never_left_to_nobody(edo: Account, sana: Account) -> None:
    case = opened(edo)
    restrict(case, by=sana)
    with pytest.raises(LastMember):
        remove_member(case, sana.id, by=sana)
    name_member(case, edo.id, by=sana)
    remove_member(case, sana.id, by=sana)
    assert case.named_ids == {edo.id}


def test_every_match_of_a_restricted_case_is_hidden(edo: Account, sana: Account) -> None:
    case = opened(edo, relatives=[Relative(name="Mahire Osman")], outside_ids=[OutsideId(scheme="sheet", value="A 17")])
    restrict(case, by=sana)
    db.session.commit()
    assert mentioning("mahire", edo) == by_outside_id("a17", edo) == []
    assert search("nurgul", edo).found == ()
    assert mentioning("mahire", sana) == by_outside_id("a17", sana) == [case]


def test_pages_of_the_worklist_join_without_gap_or_repeat(edo: Account) -> None:
    cases = [opened(edo) for _ in range(5)]
    found, after = [], None
    for size in (2, 2, 1):
        page = worklist(edo, after=after, limit=2)
        assert len(page.cases) == size
        found += page.cases
        after = page.after
    assert after is None
    assert found == cases[::-1]


@pytest.mark.parametrize(
    ("narrowed", "finds"),
    [
        (Filter(state="draft"), True),
        (Filter(state="approved"), False),
        (Filter(ethnicity="uyghur"), True),
        (Filter(ethnicity="uygh"), False),
        (Filter(tag="urgent"), True),
        (Filter(status="unknown", place="cn-65"), True),
        (Filter(place="cn-6_"), False),
    ],
)
def test_the_worklist_is_narrowed(edo: Account, narrowed: Filter, finds: bool) -> None:
    opened(
        edo,
        name="Nurgül Osman",
        ethnicities=["kyrgyz", "uyghur"],
        tags=["urgent"],
        origin_place="cn-65-urumqi",
        outside_ids=[OutsideId(scheme="list", value="XJ-9")],
    )
    assert (count(edo, narrowed), len(worklist(edo, narrowed).cases)) == (int(finds), int(finds))


def test_names_of_relatives_and_witnesses_are_found_by_whole_words(edo: Account) -> None:
    case = opened(edo, relatives=[Relative(name="Mahire Osman")], testimonies=[Testimony(witness="Серик Ахметов")])
    assert mentioning("OSMAN mahire", edo) == mentioning("ахметов", edo) == [case]
    assert mentioning("mah", edo) == mentioning("mahire ахметов dilnur", edo) == mentioning("", edo) == []
