"""Every field says who may see it; what is confidential goes nowhere by being inside something open."""

from typing import Annotated

import msgspec
import pytest

from campaign.cases.classification import Row, Unclassified, Visibility, c, fields_of, p, redact, walk
from campaign.cases.file import CaseFile, Consent, Episode, Event, Name, Proceeding, Relative, Testimony


def every_struct() -> list[type[msgspec.Struct]]:
    found: list[type[msgspec.Struct]] = [CaseFile]
    for struct in found:
        found += [field.struct for field in fields_of(struct) if field.struct and field.struct not in found]
    return found


def test_every_field_of_every_part_says_who_may_see_it_and_what_it_is_called() -> None:
    structs = every_struct()
    assert len(structs) > 20
    for struct in structs:
        for field in fields_of(struct):
            assert field.label, f"{struct.__name__}.{field.name}"


def test_a_field_that_does_not_say_is_found() -> None:
    class Planted(Row, kw_only=True):
        open: Annotated[str, p("Open")] = ""
        forgotten: str = ""

    with pytest.raises(Unclassified, match=r"Planted\.forgotten"):
        fields_of(Planted)


def test_labels_inside_one_part_are_told_apart() -> None:
    for struct in every_struct():
        labels = [field.label for field in fields_of(struct)]
        assert len(labels) == len(set(labels)), struct.__name__


def test_what_the_domain_calls_confidential_is() -> None:
    file = CaseFile(
        relatives=[Relative(id="0000000a")],
        episodes=[Episode(id="0000000b", proceedings=[Proceeding(id="0000000c")])],
        testimonies=[Testimony(id="0000000d")],
        consents=[Consent(id="0000000e")],
    )
    confidential = {leaf.path for leaf in walk(file) if leaf.visibility is Visibility.CONFIDENTIAL}
    assert confidential > {
        "last_address",
        "civil_status",
        "children_count",
        "relatives/0000000a/name",
        "episodes/0000000b/last_contact_how",
        "episodes/0000000b/proceedings/0000000c/case_number",
        "episodes/0000000b/proceedings/0000000c/judge",
        "health_condition",
        "health_medication",
        "testimonies/0000000d/witness",
        "testimonies/0000000d/text",
        "consents/0000000e/scopes",
    }


def test_consents_risks_and_contacts_never_leave_in_any_part() -> None:
    for field in fields_of(CaseFile):
        if field.name in ("consents", "risks", "contacts"):
            assert field.struct is not None
            assert field.mark.never_leaves
            assert all(inner.mark.never_leaves for inner in fields_of(field.struct))


def test_what_lies_in_a_confidential_group_is_confidential_though_it_says_public() -> None:
    class Open(Row, kw_only=True):
        text: Annotated[str, p("Text")] = ""

    class Closed(Row, kw_only=True):
        rows: Annotated[list[Open], c("Group")] = msgspec.field(default_factory=list)

    (leaf,) = walk(Closed(rows=[Open(text="x")]))
    assert leaf.visibility is Visibility.CONFIDENTIAL


def test_a_redacted_file_holds_no_confidential_value() -> None:
    file = CaseFile(
        names=[Name(text="Nurgul")],
        last_address="CANARY",
        relatives=[Relative(name="CANARY", relation="parent")],
        episodes=[Episode(last_contact_how="CANARY", events=[Event(account="Seen")])],
        consents=[Consent(giver="CANARY")],
    )
    redacted = redact(file, may_read_confidential=False)
    assert b"CANARY" not in msgspec.json.encode(redacted)
    assert redacted.names == file.names
    assert redacted.episodes[0].events == file.episodes[0].events
    assert redacted.relatives[0].relation == "parent"
    assert file.last_address == "CANARY"


def test_who_may_read_confidential_fields_reads_the_file_itself() -> None:
    file = CaseFile(last_address="12 Long Street")
    assert redact(file, may_read_confidential=True) is file
