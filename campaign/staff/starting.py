"""The short forms of the desk: a new case, a note to a step, a reason."""

from typing import Any

from wtforms import BooleanField, Form, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from campaign.staff.controls import options


class NewCaseForm(Form):
    """A case begins with one name, in any script."""

    name = StringField("Name", description="As it is written, in its own script. Others can follow.")
    reason = StringField(
        "Where does it come from?", description="One line for the history", validators=[Length(max=500)]
    )

    def validate_name(self, field: Any) -> None:
        """Refuse a case without a name: nobody would find it again."""
        if not (field.data or "").strip():
            raise ValidationError("Write the name that you know, in any script.")
        if len(field.data) > 500:
            raise ValidationError("A name has at most 500 characters here.")


class NoteForm(Form):
    """What goes along with a step of the workflow."""

    note = TextAreaField("Note", validators=[Length(max=10_000)])


class ReasonForm(Form):
    """Why something is taken down. It stays at the desk."""

    reason = TextAreaField(
        "Reason",
        description="Stays at the desk; the public is told nothing.",
        validators=[InputRequired("Say why; it stays at the desk."), Length(max=10_000)],
    )
    is_duress = BooleanField("I suspect that somebody is under pressure")


class ApproveForm(NoteForm):
    """The reviewer's answer to the question that the gate asks."""

    would_neighbour_know = SelectField(
        "Would a neighbour know who spoke?",
        description="From relation, place, date or words, in any language, captions included.",
        choices=options([("", "Choose an answer"), ("no", "No"), ("yes", "Yes, somebody could be recognised")]),
        validators=[InputRequired("Answer the question: it protects who spoke.")],
    )


class PublishForm(Form):
    """What a publication is."""

    kind = SelectField(
        "This is", choices=options([("update", "a publication"), ("correction", "a correction")]), default="update"
    )
    note = StringField(
        "Public note", description="Only for a correction: what was wrong", validators=[Length(max=1000)]
    )
