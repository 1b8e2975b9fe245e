"""Short forms of the desk: a new case, a note to a step, a reason, the values of a button."""

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from campaign.staff.fields import options
from campaign.web.forms import DeedForm, DeskForm, NumberField


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
    is_duress = BooleanField("I suspect that somebody is under pressure")


class VersionForm(DeskForm):
    """A button of a page that shows one revision: which one was read."""

    version = NumberField()


class RestoreForm(DeskForm):
    """The button that makes an earlier revision the newest again: the number of it."""

    number = NumberField()


class ApproveForm(NoteForm, VersionForm):
    """The reviewer's answer to the question that the gate asks."""

    would_neighbour_know = SelectField(
        "Would a neighbour know who spoke?",
        description="From relation, place, date or words, in any language, captions included.",
        choices=options([("", "Choose an answer"), ("no", "No"), ("yes", "Yes, somebody could be recognised")]),
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
