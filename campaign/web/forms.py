"""The base class of forms: every form of the desk is a `DeskForm`, drawn by templates/shared/fields.html.

One rule: nothing else reads `request.form` (tests/rules/test_forms.py). The token of a form is checked once and before
any view, by CSRFProtect; a page whose form has errors answers 422 with everything that was typed.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.wrappers import Response
from wtforms import Field, FieldList, Form, FormField, HiddenField, PasswordField, StringField
from wtforms.meta import DefaultMeta
from wtforms.widgets import HiddenInput

from campaign.database import db
from campaign.text import entered
from campaign.web.marks import whole_number

_SENT = object()
# Shown to nobody again, not even to who typed them.
SECRET = frozenset({"password", "code", "handed"})


class _Meta(DefaultMeta):
    """Texts are taken in their normal form; a password is taken as it is typed."""

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
        field = super().bind_field(form, unbound_field, options)
        if isinstance(field, StringField) and not isinstance(field, PasswordField):
            field.filters = (*field.filters, _entered)
        return field


def _entered(typed: Any) -> Any:
    return entered(typed) if isinstance(typed, str) else typed


class DeskForm(Form):
    """A form of the desk. By itself it takes what the request sent in its body; `DeskForm(None)` takes nothing."""

    Meta = _Meta

    def __init__(self, formdata: Any = _SENT, **filled: Any) -> None:
        super().__init__(_body() if formdata is _SENT else formdata, **filled)

    def validate_on_submit(self) -> bool:
        """Whether the form was sent and holds."""
        return request.method == "POST" and self.validate()

    @property
    def sent(self) -> MultiDict[str, str]:
        """Return everything that was sent with the form, the names of its buttons too."""
        return request.form


class DeedForm(DeskForm):
    """A page with several buttons: `deed` says which of them was pressed."""

    deed = HiddenField()


class NumberField(Field):
    """A whole number that a page sends back, None for none or for anything else (web.marks.whole_number)."""

    widget = HiddenInput()
    data: int | None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent."""
        text = valuelist[0] if valuelist else ""
        self.data = whole_number(text)


class Wrong(NamedTuple):
    """One fault of a form: the id of its control, what the control is called, the sentence."""

    anchor: str
    label: str
    sentence: str


def page(template: str, **words: Any) -> tuple[str, int]:
    """Return a page; 422 where one of its forms has errors."""
    is_wrong = any(isinstance(word, Form) and word.errors for word in words.values())
    return render_template(template, **words), 422 if is_wrong else 200


def done(sentence: str, endpoint: str, **values: Any) -> Response:
    """Commit what a view did, and lead to a page that says so."""
    db.session.commit()
    flash(sentence)
    return redirect(url_for(endpoint, **values))


def typed() -> dict[str, list[str]]:
    """Return all that the request sent in its body but files and secrets, to be sent again as it is."""
    return {name: values for name, values in request.form.to_dict(flat=False).items() if name not in SECRET}


def controls_of(form: Form) -> Iterator[Field]:
    """Yield every control of a form, lists and parts included, outermost first."""
    for control in form:
        yield control
        if isinstance(control, FormField):
            yield from controls_of(control.form)
        elif isinstance(control, FieldList):
            for entry in control:
                yield from controls_of(entry.form)


def wrongs_of(form: Form) -> list[Wrong]:
    """Return what the controls of a form refuse, in its order."""
    plain = (one for one in controls_of(form) if not isinstance(one, FieldList | FormField))
    return [Wrong(str(one.id), one.label.text, str(error)) for one in plain for error in one.errors]


def token() -> Markup:
    """Return the hidden control that says that a form was drawn for this session."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def install(app: Flask) -> None:
    """Give templates `token()` and the filter `wrongs`."""
    app.jinja_env.globals["token"] = token
    app.jinja_env.filters["wrongs"] = wrongs_of


def _body() -> MultiDict[str, Any] | None:
    """Return what the request sent, files among it; None where it sends no form."""
    if request.method != "POST":
        return None
    return CombinedMultiDict((request.files, request.form)) if request.files else request.form
