"""A writer stays one until their words have been public, and an approval covers all that the projection reads."""

from datetime import timedelta

import msgspec
import pytest
import time_machine
from sqlalchemy import select

from campaign.accounts.permissions import Role
from campaign.cases.checks import OwnWork
from campaign.cases.facilities import keep, named_in
from campaign.cases.file import Event
from campaign.cases.revisions import head
from campaign.cases.workflow import submit, take_back
from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.places.facilities import Facility
from campaign.publishing import door, embargoes
from campaign.publishing.authorship import writers_of
from campaign.publishing.context import context_of
from campaign.publishing.eligibility import approve, standing_answer
from campaign.publishing.errors import NotReady
from campaign.publishing.errors import OwnWork as OwnPublication
from campaign.publishing.models import Publication
from tests.cast import hired
from tests.publishing.builders import a_file, consent, event
from tests.publishing.desk import Desk, cleared


def test_who_wrote_a_text_that_was_withheld_stays_a_writer_until_it_is_public(desk: Desk) -> None:
    case = desk.public(consents=[cleared()])
    assert writers_of(case) == {desk.edo.id}
    row = msgspec.structs.replace(head(case).consents[0], scopes=consent().scopes)
    desk.saves(case, by=desk.sana, consents=[row])
    desk.saves(case, by=desk.rana, employer="A school")
    submit(case, by=desk.rana)
    with pytest.raises(OwnWork):
        approve(case, by=desk.edo, version=case.version, would_neighbour_know=False)
    assert writers_of(case) == {desk.edo.id, desk.rana.id}
    approve(case, by=desk.pia, version=case.version, would_neighbour_know=False)
    desk.publishes(case)
    assert writers_of(case) == frozenset()


def test_what_was_public_once_has_no_writer_though_it_is_withheld_again(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, by=desk.sana, consents=[cleared(confirmed_by=desk.sana.id)])
    desk.saves(case, by=desk.rana, employer="A school")
    desk.approves(case, by=desk.edo)
    desk.publishes(case)
    assert writers_of(case) == frozenset()


def test_writers_are_reckoned_for_what_was_published_before_they_were_kept(desk: Desk) -> None:
    case = desk.public(consents=[cleared()])
    for row in db.session.scalars(select(Publication)):
        row.withheld_by = None
    db.session.flush()
    assert writers_of(case) == {desk.edo.id}


def test_a_narrowing_is_no_publication_when_writers_are_counted(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, by=desk.rana, occupation="Headmistress")
    desk.saves(case, by=desk.sana, consents=[cleared(confirmed_by=desk.sana.id)])
    assert reader.profile(case.ref).change.kind == "narrowing"  # type: ignore[union-attr]
    assert desk.rana.id in writers_of(case)


def story(desk: Desk, case: object, text: str) -> None:
    """Rana writes the story anew."""
    summary, old = head(case).texts  # type: ignore[arg-type]
    desk.saves(case, by=desk.rana, texts=[summary, msgspec.structs.replace(old, text=text)])  # type: ignore[arg-type]


def test_who_corrects_a_misspelt_word_is_no_writer_of_it(desk: Desk) -> None:
    case = desk.opens()
    story(desk, case, "She tought for twenty years.")
    assert writers_of(case) == {desk.edo.id}
    assert [one.author_id for one in context_of(case).spelling] == [desk.rana.id]
    story(desk, case, "She misled for twenty years.")
    assert writers_of(case) == {desk.edo.id, desk.rana.id}


@pytest.mark.parametrize("way", ["publish", "order"])
def test_nobody_corrects_spelling_approves_and_publishes_alone(desk: Desk, way: str) -> None:
    """Two letters of a word may say something else: "accused", "abused"."""
    both = hired("both", Role.EDITOR, Role.PUBLISHER)
    case = desk.public()
    summary, text = head(case).texts
    respelt = msgspec.structs.replace(text, text=text.text.replace("taught", "tought"))
    desk.saves(case, by=both, texts=[summary, respelt])
    submit(case, by=both)
    approve(case, by=both, version=case.version, would_neighbour_know=False)
    if way == "order":
        embargoes.wait(case, now() + timedelta(hours=1), by=both)
    later = now() + timedelta(hours=2) if way == "order" else now()
    with time_machine.travel(later), pytest.raises(OwnPublication, match="another publisher"):
        door.publish(case, by=both if way == "publish" else None)
    if way == "publish":
        desk.publishes(case)
        assert "tought" in str(reader.profile(case.ref))


def test_small_changes_do_not_add_up_to_a_large_one(desk: Desk) -> None:
    case = desk.opens()
    for text in ("She taughxt for twenty years.", "She taxxhxt for twenty years.", "She txxxhxt for twenty years."):
        story(desk, case, text)
    assert desk.rana.id in writers_of(case)


def facility(desk: Desk, **changes: object) -> None:
    said = {"code": "17", "names": ("Bahar",), "type": "prison", "place": "653201", "precision": "county"}
    keep(Facility(**{**said, **changes}), scheme="list", key="17", by=desk.edo.id)  # type: ignore[arg-type]
    db.session.flush()


def held(desk: Desk) -> object:
    facility(desk)
    stays = msgspec.structs.replace(a_file().episodes[0], events=[event(facility_name="Bahar")])
    return desk.opens(episodes=[stays])


def test_a_list_of_facilities_imported_after_the_approval_undoes_it(desk: Desk) -> None:
    case = held(desk)
    desk.approves(case)
    facility(desk, type="internment_camp", place="653101")
    with pytest.raises(NotReady, match="changed in the list since it was approved"):
        desk.publishes(case)
    take_back(case, by=desk.edo)
    desk.approves(case)
    desk.publishes(case)


def test_who_changed_a_facility_that_a_case_names_writes_beside_it(desk: Desk) -> None:
    case = held(desk)
    desk.approves(case)
    desk.publishes(case)
    assert writers_of(case) - {desk.edo.id} == frozenset()
    keep(Facility("17", ("Bahar",), "hospital", "653201", "county"), scheme="list", key="17", by=desk.rana.id)
    db.session.flush()
    assert named_in(head(case))
    assert desk.rana.id in writers_of(case)


def test_whoever_is_said_to_have_written_beside_is_a_writer(desk: Desk) -> None:
    case = desk.public()
    file = msgspec.structs.replace(head(case), occupation="Baker")
    door.save(
        case, file, by=desk.edo, base_version=case.version, reason="Took the sheet's value", also_by=[desk.rana.id]
    )
    assert writers_of(case) == {desk.edo.id, desk.rana.id}


def test_an_answer_to_the_neighbours_question_stands_while_what_gives_away_is_the_same(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    desk.saves(case, ethnicities=["kazakh"], languages=["kk"])
    submit(case, by=desk.edo)
    assert standing_answer(context_of(case)) is False
    approve(case, by=desk.rana, version=case.version, would_neighbour_know=None)
    desk.publishes(case)
    arrest = Event(id="e0000009", type="transfer", date=event().date, account="Seen from a kitchen window")
    episode = msgspec.structs.replace(head(case).episodes[0], events=[event(), arrest])
    desk.saves(case, episodes=[episode])
    assert standing_answer(context_of(case)) is None
