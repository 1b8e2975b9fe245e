"""The form follows the case file's types: nothing is left out, and nobody writes what machines or acts make."""

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from campaign.cases.classification import Visibility, fields_of
from campaign.cases.file import CaseFile, Name, content_digest, new_id
from campaign.dates.parse import read
from campaign.staff.edit_form import file_of, form_id_of
from campaign.staff.forms import KEPT, file_form, part_form
from campaign.staff.sections import NAMED, SECTIONS, Section, completed
from campaign.staff.words import field_at


def structs(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    yield struct
    for field in fields_of(struct):
        if field.struct is not None:
            yield from structs(field.struct)


def test_a_field_that_no_section_names_stands_behind_the_one_before_it_in_the_file() -> None:
    sections = (Section("part-a", "A", ("two", "one")), Section("part-b", "B", ("three",)))
    more = completed(sections, ("one", "new", "newer", "two", "three", "salt"))
    assert [section.fields for section in more] == [("two", "one", "new", "newer"), ("three",)]
    assert completed(NAMED, CaseFile.__struct_fields__) == SECTIONS


def test_every_field_of_the_file_stands_in_exactly_one_section() -> None:
    placed = sorted(name for section in SECTIONS for name in section.fields)
    assert placed == sorted(field.name for field in fields_of(CaseFile) if field.name != "salt")


@pytest.mark.parametrize("struct", sorted(set(structs(CaseFile)), key=lambda one: one.__name__))
def test_every_field_has_a_control_but_those_that_nobody_types(struct: type[msgspec.Struct]) -> None:
    form = part_form(struct, True)()
    wanted = {field.name for field in fields_of(struct)} - KEPT.get(struct, set())
    assert set(form._fields) - {"id"} == wanted


@pytest.mark.parametrize("struct", sorted(set(structs(CaseFile)), key=lambda one: one.__name__))
def test_no_closed_field_has_a_control_in_the_open_form(struct: type[msgspec.Struct]) -> None:
    form = part_form(struct, False)()
    closed = {field.name for field in fields_of(struct) if field.mark.visibility is Visibility.CONFIDENTIAL}
    assert not closed & set(form._fields)


def test_what_was_not_sent_stays_as_it_was() -> None:
    base = CaseFile(occupation="botanist", birth=read("June-July 1967"), gender="female")
    form = file_form(confidential=True)(MultiDict({"employer": "A school"}))
    assert content_digest(file_of(form, base)) == content_digest(msgspec.structs.replace(base, employer="A school"))


def test_an_id_that_nobody_gave_out_is_replaced() -> None:
    typed = MultiDict({"names-0-id": "../../etc", "names-0-text": "Gulnar"})
    (name,) = file_of(file_form(confidential=False)(typed), CaseFile()).names
    assert name.text == "Gulnar"
    assert len(name.id) == 8


def test_two_rows_with_one_id_stay_two_rows() -> None:
    row = new_id()
    typed = MultiDict({"names-0-id": row, "names-0-text": "One", "names-1-id": row, "names-1-text": "Two"})
    names = file_of(file_form(confidential=False)(typed), CaseFile(names=[Name(id=row, text="One")])).names
    assert [name.text for name in names] == ["One", "Two"]


def test_a_path_of_the_file_leads_to_its_control() -> None:
    form = file_form(confidential=False)(None, obj=CaseFile(names=[Name(id="0a0a0a0a", text="Gulnar")]))
    assert form_id_of(form, "names/0a0a0a0a/text") == "names-0-text"
    assert form_id_of(form, "death/date") == "death-date"
    assert form_id_of(form, "names/ffffffff/text") == "names"


def test_a_path_leads_to_its_field() -> None:
    assert [field_at(path).label for path in ("birth", "names/0a0a0a0a/text", "death/date")] == ["Born", "Name", "Date"]  # type: ignore[union-attr]
    assert field_at("nothing") is None


@given(st.dictionaries(st.sampled_from(["names-0-text", "names-0-id", "children_count", "gender",
                                        "episodes-0-sentence-years", "ethnicities", "origin_place", "our_view",
                                        "languages", "citations-0-fact", "names-99999999999-text"]),
                       st.text(max_size=40)))  # fmt: skip
def test_whatever_is_typed_makes_a_form_that_answers(typed: dict[str, str]) -> None:
    form = file_form(confidential=True)(MultiDict(typed | {"version": "1"}))
    form.validate()
    file_of(form, CaseFile())
