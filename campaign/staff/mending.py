"""What is wrong with a form, for the summary on top: one sentence for each, linked to its control."""

from collections.abc import Iterable
from typing import NamedTuple

from wtforms import FieldList, Form, FormField

from campaign.cases.problem import Problem
from campaign.staff.filling import form_id_of
from campaign.staff.forms import controls_of


class Wrong(NamedTuple):
    """One thing to mend: the id of its control, what the control is called, the sentence."""

    anchor: str
    label: str
    sentence: str


def wrongs_of(form: Form) -> list[Wrong]:
    """Return what the controls themselves refuse, in the order of the form."""
    plain = (one for one in controls_of(form) if not isinstance(one, FieldList | FormField))
    return [Wrong(str(one.id), one.label.text, str(error)) for one in plain for error in one.errors]


def mark_problems(form: Form, problems: Iterable[Problem]) -> list[Wrong]:
    """Put what the case file itself refuses beside its controls, and return it for the summary."""
    controls = {str(one.id): one for one in controls_of(form)}
    found = []
    for problem in problems:
        anchor = form_id_of(form, problem.path)
        control = controls.get(anchor)
        if control is not None and not isinstance(control, FieldList | FormField):
            control.errors = [*control.errors, problem.sentence]
        found.append(Wrong(anchor, control.label.text if control is not None else "", problem.sentence))
    return found
