"""A fingerprint says what was signed, in the fields that it was taken of, and is compared in those."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from campaign.cases.classification import Row
from campaign.cases.file import FILES, CaseFile, Consent, Decision, Perpetrator, Risk, Source, decode
from campaign.cases.fingerprints import ABOUT_SIGNING, FORMAT, SIGNED, fingerprint, is_carried, matches
from campaign.dates.edtf import PartialDate, parse
from campaign.publishing.consent.signatures import covers, in_force
from campaign.publishing.consent.standing import is_assessed, is_confirmed, is_signed_second

# A file as version 0.2.0 stored it, with a settlement, a critical risk and a legal clearance that two people signed.
BEFORE = Path(__file__).with_name("signed_in_case_1.json")


def another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, PartialDate):
        return parse("1999")
    return [*value, "x"] if isinstance(value, list) else f"{value}x"


@pytest.mark.parametrize("kind", [Consent, Risk, Decision, Perpetrator, Source])
def test_every_field_that_is_no_part_of_signing_was_signed(kind: type[Row]) -> None:
    row = kind(id="c0000001")
    taken = fingerprint(row)
    for name in kind.__struct_fields__:
        if name in ABOUT_SIGNING:
            continue
        changed = msgspec.structs.replace(row, **{name: another(getattr(row, name))})
        assert not matches(changed, taken), name
    assert matches(row, taken)


@pytest.mark.parametrize("kind", [Consent, Risk, Decision, Perpetrator, Source])
def test_the_table_names_every_field_that_is_signed_in_the_newest_format(kind: type[Row]) -> None:
    """A field more of one of these needs the next format, and its own row in the table."""
    assert set(SIGNED[FORMAT][kind.__name__]) == set(kind.__struct_fields__) - ABOUT_SIGNING


def test_who_signed_and_when_was_not_signed() -> None:
    row = Consent(giver="Орунжан Садирова")
    signed = msgspec.structs.replace(row, confirmed_by=7, confirmed_on=parse("2026-01-02"), second_signature=8)
    assert matches(signed, fingerprint(row))


def test_a_field_of_a_later_format_breaks_no_signature_until_somebody_fills_it() -> None:
    later = msgspec.defstruct("Consent", [("heard_by", str, "")], bases=(Consent,), kw_only=True)
    before = Consent(id="c0000001", giver="ئورۇنجان", scopes=["store"], obtained_on=parse("2026-01"))
    row = later(**msgspec.structs.asdict(before))
    assert matches(row, fingerprint(before))
    assert not matches(later(**msgspec.structs.asdict(before), heard_by="a cousin"), fingerprint(before))


@pytest.mark.parametrize("taken", ["", " ", "case/2", "case/2  ", "case/2 giver", "case/2 no_such_field 00", "x y z"])
def test_what_is_no_fingerprint_matches_nothing(taken: str) -> None:
    assert not matches(Consent(), taken)


def test_new_fingerprints_are_of_the_newest_format() -> None:
    assert FILES.newest == FORMAT
    assert fingerprint(Risk()).startswith(f"{FORMAT} ")


def before() -> CaseFile:
    return decode(BEFORE.read_bytes())


def test_what_was_signed_before_stands_as_it_stood() -> None:
    file = before()
    assert FILES.format_of(BEFORE.read_bytes()) == "case/1"
    assert [is_confirmed(row) for row in file.consents] == [True, False, True]
    assert [is_signed_second(row) for row in file.consents] == [False, False, True]
    assert is_assessed(file.risks[0])
    assert all(is_carried(mark) for mark in (file.consents[0].fingerprint, file.risks[0].fingerprint))
    assert not is_carried(fingerprint(file.consents[0]))
    assert not is_confirmed(msgspec.structs.replace(file.consents[0], scopes=["store"]))


def test_decisions_signed_before_cover_what_they_were_taken_about_and_nothing_that_changed() -> None:
    file = before()
    settled, critical, named = ([*in_force(file, kind)] for kind in ("settlement", "critical", "perpetrator"))
    assert [len(found) for found in (settled, critical, named)] == [1, 1, 1]
    assert all(covers(settled[0], row) for row in file.consents[:2])
    assert covers(critical[0], file.risks[0])
    assert covers(named[0], file.perpetrators[0])
    assert not covers(settled[0], msgspec.structs.replace(file.consents[1], state="given"))
    assert not covers(settled[0], file.consents[2])
    assert settled[0].scopes == ["store", "publish_name", "publish_story", "write_home"]


def test_the_upgrade_gives_writing_home_to_whoever_gave_the_name_and_did_not_refuse() -> None:
    given, refused, _ = before().consents
    assert "write_home" in given.scopes
    assert "write_home" not in refused.scopes
    assert not {"write_embassy", "write_authorities", "write_person"} & {*given.scopes, *refused.scopes}
