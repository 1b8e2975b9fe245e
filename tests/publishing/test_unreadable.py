"""A case file or a public document that can't be read: named in words, and the work on all others goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, insert, select, type_coerce, update

from campaign.audit.log import AuditRow
from campaign.cases import reindexing, revisions, workflow
from campaign.cases.models import Case, Revision
from campaign.clock import now
from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.ledger import reader
from campaign.ledger.models import Body, Entry
from campaign.publishing import door, embargoes, pausing
from campaign.publishing.errors import NotReady
from campaign.publishing.sweep import sweep
from tests.publishing.builders import consent
from tests.publishing.desk import Desk


def store_file(case: Case, content: bytes) -> None:
    """Store other content as the newest revision of a case."""
    revision = revisions.revision(case, case.version)
    db.session.execute(update(Revision).where(Revision.id == revision.id).values(snapshot=content))


def store_sealed(case: Case, sealed: bytes) -> None:
    """Store bytes that no key opens as the newest revision of a case."""
    table = Revision.__table__
    raw = type_coerce(sealed, LargeBinary)
    changed = update(table).where(table.c.case_id == case.id, table.c.number == case.version).values(snapshot=raw)
    db.session.execute(changed)


def damage_body(ref: str, body: bytes = b'{"schema":"profile/1"}') -> None:
    """Put other bytes in the place of what was published last of a reference."""
    number = db.session.scalars(select(Entry.number).where(Entry.ref == ref).order_by(Entry.number.desc())).first()
    db.session.delete(db.session.get_one(Body, number))
    db.session.flush()
    db.session.execute(insert(Body).values(number=number, body=body))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"format":"case/9"}', "The document of {}, revision 2 has the format case/9, which this version"),
        (b'{"format":"case/1","employer":3}', "The file of {}, revision 2 is damaged. Employer: this must be text."),
        (b'{"names":', "The file of {}, revision 2 is damaged. This is not a case file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_revision(desk: Desk, content: bytes, sentence: str) -> None:
    case = desk.opens()
    store_file(case, content)
    with pytest.raises(UnreadableDocument) as refused:
        revisions.head(case)
    assert str(refused.value).startswith(sentence.format(case.ref))
    assert revisions.at(case, 1).names


def test_a_file_that_no_key_opens_is_named_with_its_revision(desk: Desk) -> None:
    case = desk.opens()
    store_sealed(case, b"noise")
    with pytest.raises(UnreadableDocument, match=f"The file of {case.ref}, revision 2 is damaged. No key opens"):
        revisions.head(case)


def test_a_sweep_goes_on_beside_a_file_that_cannot_be_read(desk: Desk) -> None:
    broken, waiting = desk.opens(), desk.opens()
    for case in (broken, waiting):
        desk.approves(case)
        embargoes.wait(case, now() + timedelta(minutes=1), by=desk.pia)
        case.embargo_until = now()
    store_file(broken, b'{"format":"case/9"}')
    db.session.commit()
    swept = sweep()
    assert swept is not None
    assert swept.published == [waiting.ref]
    assert broken.embargo_until is not None


def test_an_index_made_anew_goes_on_beside_a_file_that_cannot_be_read(desk: Desk) -> None:
    broken, other = desk.opens(), desk.opens()
    store_file(broken, b'{"format":"case/9"}')
    names = broken.display_name, other.display_name
    assert reindexing.reindex() == 2
    assert (broken.display_name, other.display_name) == names


def test_a_consent_that_changes_takes_down_a_document_that_cannot_be_read(desk: Desk) -> None:
    case = desk.public()
    damage_body(case.ref)
    scopes = [scope for scope in consent().scopes if scope != "publish_health"]
    desk.clears(case, consent(scopes=scopes))
    assert reader.state(case.ref) == "withdrawn"
    why = db.session.scalars(select(AuditRow.details).where(AuditRow.action == "profile.withdrawn")).one()
    assert "unreadable" in why


def test_whoever_is_paused_does_not_wait_for_a_document_that_cannot_be_read(desk: Desk) -> None:
    case = desk.public()
    damage_body(case.ref)
    pausing.pause(case, by=desk.edo, reason="At once.")
    assert reader.state(case.ref) == "withdrawn"
    again = desk.public()
    damage_body(again.ref)
    door.withdraw(again, by=desk.pia, reason="By hand.")
    assert reader.state(again.ref) == "withdrawn"


def test_a_public_document_with_other_words_is_not_narrowed_but_taken_down(desk: Desk) -> None:
    case = desk.public()
    damage_body(case.ref, (reader.profile_body(case.ref) or b"").replace(b"Teacher", b"Thinker"))
    scopes = [scope for scope in consent().scopes if scope != "publish_health"]
    desk.clears(case, consent(scopes=scopes))
    assert reader.state(case.ref) == "withdrawn"


def test_what_cannot_be_read_is_withdrawn_and_then_published_anew(desk: Desk) -> None:
    case = desk.public()
    damage_body(case.ref)
    desk.saves(case, occupation="Botanist")
    desk.approves(case)
    with pytest.raises(NotReady, match=rf"The document of {case.ref}, entry 1 is damaged.* Withdraw the profile; then"):
        desk.publishes(case)
    door.withdraw(case, by=desk.pia, reason="It can't be read.")
    workflow.take_back(case, by=desk.edo)
    desk.approves(case)
    desk.publishes(case)
    profile = reader.profile(case.ref)
    assert profile is not None
    assert profile.occupation == "Botanist"
