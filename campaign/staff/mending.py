"""What the case file itself refuses of a form, put beside its controls."""

from collections.abc import Iterable

from wtforms import FieldList, Form, FormField

from campaign.cases.problem import Problem
from campaign.staff.filling import form_id_of
from campaign.web.forms import Wrong, controls_of


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
