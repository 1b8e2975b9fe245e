"""The forms of the desk: short ones, and the edit form, whose controls are made from the case file's own types.

One rule: no field is named here but for how it looks. Labels, hints, choices and who may see it are in its type.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from campaign.cases.classification import Field as FileField
from campaign.cases.classification import Visibility, fields_of
from campaign.cases.file import TEXT_KINDS, CaseFile, Citation, Consent, Death, Image, Risk, Testimony, Text
from campaign.dates.edtf import PartialDate
from campaign.staff.fields import (
    AnswerField,
    CodeField,
    DateField,
    ListedField,
    Offered,
    OfferedSeveral,
    TicksField,
    WordsField,
    options,
)
from campaign.staff.lookup_fields import FacilityField, PlaceField
from campaign.staff.words import PLACES
from campaign.web.forms import DeedForm, DeskForm, NumberField

# What is never typed: made by machines, or set by an act of its own.
KEPT: dict[type[msgspec.Struct], set[str]] = {
    CaseFile: {"salt", "decisions"},
    Image: {"digest_list", "digest_page", "digest_print", "vault_name", "sha256"},
    Consent: {
        "confirmed_by", "confirmed_on", "fingerprint", "needs_second", "second_signature", "second_on", "called_back",
        "second_fingerprint", "stated_by", "amends", "form", "form_name", "form_sha256",
    },
    Risk: {"assessed_by", "assessed_on", "fingerprint", "amends"},
    Testimony: {"media", "consent_form"},
    Text: {"written_by", "read_by"},
}  # fmt: skip
LONG = {"account", "reason_stated", "reason_suspected", "explanation", "claim", "assessment", "quote", "caption", "log"}
LONG |= {"anonymised_text", "mitigation", "limits", "status_basis_words", "health_line", "health_condition"}
LONG |= {"weighed", "deed"}
LONG_TEXTS = {"Text", "Testimony", "Note", "Charge", "Sentence"}
LONGEST = 100_000


class SaveForm(DeskForm):
    """What stands around the file: the revision it was made from, and why it is saved.

    `seen_version` is the revision that the editor chose against where two people changed the same; none elsewhere.
    """

    version = NumberField()
    seen_version = NumberField()
    reason = StringField("Why this change?", description="One line for the history", validators=[Length(max=500)])

    @property
    def base_version(self) -> int:
        """Return the revision that the editor started from; 0 where the form does not say."""
        return self.version.data or 0


@cache
def file_form(*, confidential: bool) -> type[DeskForm]:
    """Return the form of a case file. Without `confidential` it has no control for a C field."""
    return type("CaseFileForm", (DeskForm,), _controls(CaseFile, confidential))


@cache
def part_form(struct: type[msgspec.Struct], confidential: bool) -> type[Form]:
    """Return the form of one part or row of the file, within that of the file."""
    return type(f"{struct.__name__}Form", (Form,), _controls(struct, confidential))


def _controls(struct: type[msgspec.Struct], confidential: bool) -> dict[str, Any]:
    """Return the controls of one struct by name; rows carry their id in a hidden one."""
    controls: dict[str, Any] = {"struct": struct}
    if "id" in struct.__struct_fields__:
        controls["id"] = HiddenField()
    for field in fields_of(struct):
        if field.name in KEPT.get(struct, ()):
            continue
        if confidential or field.mark.visibility is not Visibility.CONFIDENTIAL:
            controls[field.name] = _control(struct, field, confidential)
    return controls


def _control(struct: type[msgspec.Struct], field: FileField, confidential: bool) -> Any:
    words = {"label": field.label, "description": field.mark.hint, "render_kw": _look(field)}
    if field.shape == "rows":
        assert field.struct is not None
        return FieldList(FormField(part_form(field.struct, confidential)), label=field.label)
    if field.shape == "part":
        assert field.struct is not None
        return FormField(part_form(field.struct, confidential), label=field.label)
    return _special(struct, field, words) or _plain(struct, field, words)


def _special(struct: type[msgspec.Struct], field: FileField, words: dict[str, Any]) -> Any:
    """Return the control of a field whose choices lie in the file itself, None for any other."""
    if struct is Citation and field.name in {"source_id", "fact"}:
        return Offered(what="sources" if field.name == "source_id" else "facts", **words)
    if struct is Consent and field.name == "about":
        return Offered(what="people", **words)
    if struct is CaseFile and field.name == "our_view":
        return OfferedSeveral(what="facts", **words)
    if struct is Death and field.name == "independent_sources":
        return OfferedSeveral(what="sources", **words)
    if struct is Text and field.name == "kind":
        return SelectField(choices=options((kind, kind.capitalize()) for kind in TEXT_KINDS), **words)
    return None


def _plain(struct: type[msgspec.Struct], field: FileField, words: dict[str, Any]) -> Any:
    vocabulary = field.mark.vocabulary
    if field.type == list[str]:
        return TicksField(choices=options(vocabulary.choices()), **words) if vocabulary else WordsField(**words)
    if field.type is str and vocabulary and vocabulary.further:
        return ListedField(vocabulary=vocabulary, **words)
    if field.type is str and vocabulary:
        return CodeField(vocabulary=vocabulary, **words)
    if field.type is str and field.name in PLACES:
        return PlaceField(**words)
    if field.type is str and field.name == "facility_name":
        return FacilityField(**words)
    if field.type is str and (field.name in LONG or (field.name == "text" and struct.__name__ in LONG_TEXTS)):
        return TextAreaField(validators=[Length(max=LONGEST)], **words)
    return _BY_TYPE[field.type](words)


_BY_TYPE: dict[Any, Callable[[dict[str, Any]], Any]] = {
    str: lambda words: StringField(validators=[Length(max=LONGEST)], **words),
    bool: lambda words: BooleanField(**words),
    bool | None: lambda words: AnswerField(**words),
    int | None: lambda words: IntegerField(validators=[Optional(), NumberRange(0, 100_000)], **words),
    PartialDate: lambda words: DateField(validators=[Length(max=500)], **words),
}


def _look(field: FileField) -> dict[str, str]:
    if field.name in {"text", "name", "title"}:
        return {"dir": "auto"}
    return {"inputmode": "numeric"} if field.type == int | None else {}


class NewCaseForm(DeskForm):
    """A case begins with one name, in any script. `anyway` is the name that was told to be somebody else's."""

    name = StringField("Name", description="As it is written, in its own script. Others can follow.")
    reason = StringField(
        "Where does it come from?", description="One line for the history", validators=[Length(max=500)]
    )
    anyway = HiddenField()

    def validate_name(self, field: Any) -> None:
        """Refuse a case without a name: nobody would find it again."""
        if not (field.data or "").strip():
            raise ValidationError("Write the name that you know, in any script.")
        if len(field.data) > 500:
            raise ValidationError("A name has at most 500 characters here.")


class NoteForm(DeskForm):
    """What goes along with a step of the workflow."""

    note = TextAreaField("Note", validators=[Length(max=10_000)])


class ReasonForm(DeskForm):
    """Why something is taken down. It stays at the desk."""

    reason = TextAreaField(
        "Reason",
        description="Stays at the desk; the public is told nothing.",
        validators=[InputRequired("Say why; it stays at the desk."), Length(max=10_000)],
    )


class VersionForm(DeskForm):
    """A button of a page that shows one revision: which one was read."""

    version = NumberField()


class RestoreForm(DeskForm):
    """The button that puts an earlier revision back, or one field of it (`path`): its number, and why."""

    number = NumberField()
    path = HiddenField()
    reason = StringField("Why?", description="One line for the history", validators=[Length(max=500)])


class ApproveForm(NoteForm, VersionForm):
    """The reviewer's answer to the question that the gate asks."""

    would_neighbour_know = RadioField(
        "Would a neighbour know who spoke?",
        description="From relation, place, date or words, in any language, captions included.",
        choices=options([("no", "No"), ("yes", "Yes, somebody could be recognised")]),
        validators=[InputRequired("Answer the question: it protects who spoke.")],
    )


class PublishForm(DeskForm):
    """What a publication is."""

    kind = SelectField(
        "This is", choices=options([("update", "a publication"), ("correction", "a correction")]), default="update"
    )
    note = StringField(
        "Public note", description="Only for a correction: what was wrong", validators=[Length(max=1000)]
    )


class ConfidentialForm(DeskForm):
    """A form of a page that shows C fields: "1" asks for them again."""

    confidential = HiddenField()


class AccountForm(DeedForm):
    """A colleague, and what to do with them."""

    account = NumberField()


class ApartForm(DeskForm):
    """That two cases are two people, or that this is taken back; from the page of a case or from the imports."""

    other = HiddenField()
    reason = StringField(validators=[Length(max=2000)])
    take_back = HiddenField()
    came_from = HiddenField(name="from")
    after = HiddenField()


class TypedApartForm(DeskForm):
    """The button of the edit form that says that the case is not another one."""

    apart = HiddenField()


class ConflictForm(DeskForm):
    """Which side of a disputed cell holds: "sheet" or "ours"."""

    take = HiddenField()
