"""Limits in words are quoted to who reviews and publishes, and answered one by one before anything leaves."""

import msgspec
import pytest

from campaign.cases.file import CaseFile
from campaign.cases.revisions import head
from campaign.publishing import decisions
from campaign.publishing.consent.limits import limits, unanswered
from campaign.publishing.errors import NotConfirmed, NotReady, OwnWork
from tests.publishing.builders import DAY, consent
from tests.publishing.desk import Desk, cleared

WORDS = "No photograph. Ne pas nommer sa ville. 不要提她的单位。"


def limited(desk: Desk, **changes: object) -> object:
    case = desk.opens(consents=[consent(limits=WORDS, **changes)])
    desk.approves(case)
    return case


def test_nothing_leaves_before_a_limit_in_words_is_answered(desk: Desk) -> None:
    case = limited(desk)
    with pytest.raises(NotReady, match="limit in words waits"):
        desk.publishes(case)
    answer = decisions.answer_limit(case, "c0000001", by=desk.rana, text="Neither is in it.")
    assert answer.text == f"“{WORDS}” Neither is in it."
    desk.publishes(case)


def test_a_publisher_answers_too_and_who_wrote_it_or_may_not_review_does_not(desk: Desk) -> None:
    case = limited(desk)
    with pytest.raises(OwnWork):
        decisions.answer_limit(case, "c0000001", by=desk.edo, text="Fine.")
    for words in (" ", ""):
        with pytest.raises(decisions.NothingToDecide):
            decisions.answer_limit(case, "c0000001", by=desk.pia, text=words)
    decisions.answer_limit(case, "c0000001", by=desk.pia, text="Neither is in it.")
    desk.publishes(case)


def test_an_answer_stands_while_the_words_and_the_consent_are_the_same(desk: Desk) -> None:
    case = limited(desk)
    decisions.answer_limit(case, "c0000001", by=desk.rana, text="Neither is in it.")
    desk.saves(case, occupation="Headmistress")
    file = head(case)
    assert unanswered(file, DAY, {desk.edo.id}) == []
    for change in ({"limits": f"{WORDS} Nor her street."}, {"scopes": ["store", "publish_name"]}):
        changed = msgspec.structs.replace(file.consents[0], **change)
        assert unanswered(msgspec.structs.replace(file, consents=[changed]), DAY, set()) == []  # unbound: not in force
        desk.saves(case, by=desk.sana, consents=[changed])
        assert [row.limits for row in unanswered(head(case), DAY, set())] == [changed.limits]
        decisions.answer_limit(case, "c0000001", by=desk.rana, text="Nor that.")


def test_an_answer_of_who_wrote_part_since_counts_no_more(desk: Desk) -> None:
    case = limited(desk)
    decisions.answer_limit(case, "c0000001", by=desk.rana, text="Neither is in it.")
    assert unanswered(head(case), DAY, {desk.rana.id}) != []


def test_nobody_answers_in_another_name_or_changes_an_answer(desk: Desk) -> None:
    case = limited(desk)
    answer = decisions.answer_limit(case, "c0000001", by=desk.rana, text="Neither is in it.")
    for change in ({"signed_by": desk.pia.id}, {"text": "Whatever."}, {"second_by": desk.pia.id}):
        with pytest.raises(NotConfirmed):
            desk.saves(case, by=desk.edo, decisions=[msgspec.structs.replace(answer, **change)])


def test_what_is_no_word_in_force_limits_nothing() -> None:
    def found(*rows: object) -> int:
        return len(limits(CaseFile(consents=list(rows)), DAY))  # type: ignore[arg-type]

    assert found(cleared(limits="No."), cleared(id="c0000002", limits=" ")) == 1
    assert found(cleared(limits="No.", confirmed_by=None)) == 0
    assert found(cleared(limits="No.", confirmed_by=None, state="limited")) == 1
    assert found(cleared(limits="No.", state="refused")) == 0
    waiting = cleared(id="c0000002", limits="No. Nor her street.", confirmed_by=None, amends="c0000001")
    assert found(cleared(limits="No."), waiting) == 2
    assert found(cleared(limits="No."), msgspec.structs.replace(waiting, limits="No.")) == 1
