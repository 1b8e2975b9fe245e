"""No text is saved but in its normal form, and what a save does not touch stays as it was stored."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions, store
from campaign.cases.checks import Unsound
from campaign.cases.classification import walk
from campaign.cases.file import (
    CaseFile,
    Citation,
    Consent,
    Episode,
    Event,
    Name,
    Source,
    Text,
    as_entered,
    content_digest,
    encode,
)
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.dates.edtf import PartialDate
from campaign.text import entered
from tests.cases.conftest import both_databases, opened

HIDDEN = st.sampled_from(["\u202e", "\u2066", "\u200f", "\u061c", "\u00ad", "\u200b", "\u2060", "\ufeff", "\U000e0074"])
TEXT = st.lists(
    st.one_of(st.sampled_from(["Ayg\u0075\u0308l", "ئايگۈل", "علی\u200cرضا", "가", "\u1112\u1161"]), HIDDEN)
)
DIRTY = "\u202eAyg\u200bu\u0308l\u2069"
CLEAN = "Aygül"


def a_file(text: str) -> CaseFile:
    """A file with one text in fields of every shape: of the file, in rows, in rows of rows, lists and dates."""
    return CaseFile(
        names=[Name(id="00000001", text=f"A{text}")],
        occupation=text,
        tags=[text],
        birth=PartialDate(written=text),
        texts=[Text(id="00000002", text=text)],
        sources=[Source(id="00000003", title=text, author=text)],
        citations=[Citation(id="00000004", source_id="00000003", fact="names/00000001", quote=text)],
        episodes=[Episode(id="00000005", reason_suspected=text, events=[Event(id="00000006", account=text)])],
        consents=[Consent(id="00000007", giver=text)],
    )


def texts_of(file: CaseFile) -> list[str]:
    """Every text of a file, in lists and dates too."""
    found: list[str] = []
    for leaf in walk(file):
        value = leaf.value.written if isinstance(leaf.value, PartialDate) else leaf.value
        found += value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return found


@given(TEXT.map("".join))
def test_every_text_of_a_file_is_kept_in_its_normal_form(text: str) -> None:
    assert texts_of(as_entered(a_file(text))) == [entered(one) for one in texts_of(a_file(text))]
    assert as_entered(as_entered(a_file(text))) == as_entered(a_file(text))


@given(TEXT.map("".join), TEXT.map("".join))
def test_what_was_stored_before_stays_byte_for_byte(stored: str, typed: str) -> None:
    before = a_file(stored)
    assert encode(as_entered(a_file(stored), before)) == encode(before)
    after = as_entered(msgspec.structs.replace(before, employer=typed), before)
    assert encode(msgspec.structs.replace(after, employer="")) == encode(before)
    assert after.employer == entered(typed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@given(TEXT.map("".join))
@both_databases
def test_no_save_passes_it(edo: Account, text: str) -> None:
    prepared = store.prepare(a_file(text), "Imported.")
    case = revisions.create(a_file(text), by=edo, reason="Told.")
    assert prepared.file.names == revisions.head(case).names
    assert all(one == entered(one) for one in texts_of(revisions.head(case)))
    file = msgspec.structs.replace(revisions.head(case), employer=DIRTY)
    revisions.revise(case, file, by=edo, base_version=1, reason="Told.")
    assert revisions.head(case).employer == CLEAN
    db.session.rollback()


@both_databases
def test_a_name_of_which_nothing_is_seen_is_none(edo: Account) -> None:
    for name in ("\u200b\u2060", "\u202e \u2069", "\u3164", "\ufeff\U000e0041"):
        with pytest.raises(Unsound, match="Write the name"):
            revisions.create(CaseFile(names=[Name(text=name)]), by=edo, reason="Told.")


@both_databases
def test_an_invisible_change_is_none(edo: Account) -> None:
    case = opened(edo, name=CLEAN)
    file = revisions.head(case)
    file.names[0].text = DIRTY
    revisions.revise(case, file, by=edo, base_version=1, reason="Typed again.")
    assert case.version == 1


def stored_before(case: Case, file: CaseFile) -> None:
    """Make a file the newest of a case as an earlier release kept it: as it was typed, approved."""
    digest = content_digest(file)
    row = db.session.scalars(select(Revision).where(Revision.case_id == case.id)).one()
    row.snapshot, row.digest, case.state, case.approved_digest = encode(file), digest, "approved", digest
    db.session.flush()


@both_databases
def test_an_approval_of_what_was_stored_before_stands_where_nothing_of_it_is_touched(edo: Account) -> None:
    case = opened(edo)
    stored_before(case, file := a_file(DIRTY))
    assert encode(revisions.head(case)) == encode(file)
    again = revisions.head(case)
    again.consents.append(Consent(giver=DIRTY))
    revisions.revise(case, again, by=edo, base_version=1, reason="A consent.")
    assert (case.state, revisions.head(case).occupation) == ("approved", DIRTY)
    assert revisions.head(case).consents[-1].giver == CLEAN


@both_databases
def test_what_is_restored_comes_back_in_its_normal_form(edo: Account) -> None:
    case = opened(edo)
    stored_before(case, a_file(DIRTY))
    revisions.revise(case, msgspec.structs.replace(a_file(DIRTY), occupation=""), by=edo, base_version=1, reason="No.")
    revisions.restore(case, 1, by=edo, reason="Yes.")
    assert revisions.head(case).occupation == CLEAN
    assert revisions.at(case, 1).occupation == DIRTY
