"""Where no person's word can be had: what our own reasons cover, and for how long."""

import datetime

import msgspec

from campaign.cases.file import CaseFile, Death, Relative, Source, Text
from campaign.cases.revisions import head
from campaign.ledger import reader
from campaign.publishing import eligibility, pausing
from campaign.publishing.context import context_of
from campaign.publishing.gate.checklist import stopping
from campaign.publishing.projection.profile import project
from campaign.publishing.projection.values import independent
from tests.publishing.builders import DAY, REVIEWER, a_file, a_meta, a_question, consent, image
from tests.publishing.desk import Desk


def stops(file: CaseFile, day: datetime.date = DAY, **changes: object) -> list[int]:
    return [rule.number for rule in stopping(a_question(file, day=day, **changes))]


def ours(**changes: object) -> object:
    row = consent(
        basis="public_interest", giver_kind="none_obtainable", second_signature=REVIEWER, reason="Wrote to them twice."
    )
    return msgspec.structs.replace(row, **changes)


def test_public_interest_covers_sourced_facts_and_no_view_of_ours() -> None:
    file = a_file(consents=[ours()])
    assert stops(file) == []
    file.texts = [*file.texts, Text(id="f0000009", kind="summary", language="ru", text="Учительница.", our_view=True)]
    assert stops(file) == [3]
    file.consents = [consent()]
    assert stops(file) == []


def test_public_interest_covers_a_picture_that_is_public_already_and_no_other() -> None:
    hidden, shown = image(), image(already_public_at="https://news.example/1")
    for picture, count in ((hidden, 0), (shown, 1)):
        file = a_file(consents=[ours()], images=[picture])
        assert len(project(file, a_meta(file)).document.images) == count


def test_public_interest_covers_no_health_no_family_and_no_testimony() -> None:
    file = a_file(consents=[ours()])
    document = project(file, a_meta(file)).document
    assert (document.health, document.violations, document.relatives, document.testimonies) == ("", [], [], [])


def test_who_once_wrote_a_part_does_not_sign_for_public_interest() -> None:
    assert stops(a_file(consents=[ours()]), ever_wrote=frozenset({REVIEWER})) == [1]


def test_what_we_published_already_needs_the_address_and_is_confirmed_within_90_days() -> None:
    old = consent(basis="already_published_by_us", giver_kind="none_obtainable", address="https://campaign.example/1")
    assert stops(a_file(consents=[old]), day=datetime.date(2026, 4, 1)) == []
    assert stops(a_file(consents=[old])) == [1]  # of January, in May
    old = consent(basis="already_published_by_us", giver_kind="none_obtainable")
    assert stops(a_file(consents=[old]), day=datetime.date(2026, 4, 1)) == [1]


def test_words_spoken_in_public_need_their_address_and_open_no_family() -> None:
    spoken = consent(basis="spoke_publicly")
    assert stops(a_file(consents=[spoken])) == [1]
    spoken = consent(basis="spoke_publicly", address="https://radio.example/7")
    file = a_file(consents=[spoken])
    assert stops(file) == []
    assert project(file, a_meta(file)).document.relatives == []


def test_a_picture_that_only_a_person_cleared_goes_when_our_own_reason_is_left(desk: Desk) -> None:
    case = desk.public()
    left = msgspec.structs.replace(
        consent(id="c0000002"), basis="public_interest", giver_kind="none_obtainable", confirmed_by=desk.sana.id
    )
    ended = msgspec.structs.replace(head(case).consents[0], state="ended")
    desk.saves(case, by=desk.sana, consents=[ended, left])
    profile = reader.profile(case.ref)
    assert profile is not None
    assert (profile.images, profile.health, profile.story) == ([], "", [])


def test_two_sources_of_one_hand_are_one_source() -> None:
    def count(*sources: Source) -> int:
        death = Death(is_reported=True, next_of_kin_know=True, independent_sources=[row.id for row in sources])
        return len(independent(CaseFile(sources=list(sources), death=death)))

    article, other = Source(id="50000001", publisher="The Courier"), Source(id="50000002", publisher="Radio Nine")
    assert count(article, other) == 2
    assert count(article, Source(id="50000003", publisher="the courier ")) == 1
    state = [Source(id=f"5000001{n}", type="official_statement", publisher=f"Office {n}") for n in (1, 2)]
    assert count(*state) == 1
    assert count(state[0], article) == 2


def test_the_pause_of_a_relative_holds_back_who_names_them(desk: Desk) -> None:
    brother = desk.opens()
    sister = desk.opens()
    desk.saves(sister, relatives=[Relative(relation="sibling", case_ref=brother.ref)])
    desk.approves(sister)
    pausing.pause(brother, by=desk.edo, reason="they were visited")
    assert [rule.number for rule in stopping(eligibility.question_of(context_of(sister)))] == [8]
