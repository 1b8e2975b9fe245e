"""One dialect of forms: the body of a request is read through a form, and every form is of one kind."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [ROOT / "app.py", *sorted((ROOT / "campaign").rglob("*.py"))]
THE_ONE_PLACE = ROOT / "campaign" / "web" / "forms.py"


def raw_readings(source: str) -> Iterator[str]:
    """Yield where code reads the body of a request by itself, under whatever name it imported the request."""
    tree = ast.parse(source)
    imported = [alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    names = {alias.asname or alias.name for alias in imported if alias.name == "request"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"form", "values", "get_json", "json"}:
            owner = node.value
            is_flasks = isinstance(owner, ast.Attribute) and ast.unparse(owner) == "flask.request"
            if is_flasks or (isinstance(owner, ast.Name) and owner.id in names):
                yield f"line {node.lineno}: {ast.unparse(node)}"


def own_numbers(source: str) -> Iterator[str]:
    """Yield where code has Flask read a number of a form or a query: of any length, for which databases fall."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        is_typed = any(word.arg == "type" for word in node.keywords) or len(node.args) > 2
        if node.func.attr in {"get", "getlist"} and is_typed:
            yield f"line {node.lineno}: {ast.unparse(node)}"


def other_forms(source: str) -> Iterator[str]:
    """Yield the classes that are made forms by something else than DeskForm."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
            if bases & {"Form", "FlaskForm", "BaseForm"}:
                yield f"line {node.lineno}: class {node.name}"


def found_by(walker: Callable[[str], Iterator[str]]) -> list[str]:
    """Return what a walker finds in all code outside the one place."""
    others = [path for path in CODE if path != THE_ONE_PLACE]
    return [f"{path.relative_to(ROOT)}, {found}" for path in others for found in walker(path.read_text())]


def test_nobody_reads_what_was_sent_but_a_form() -> None:
    assert found_by(raw_readings) == [], "ask a form of campaign/web/forms.py for its fields"


def test_numbers_are_read_by_the_one_helper() -> None:
    assert found_by(own_numbers) == [], "read it by campaign.web.marks.whole_number, or a NumberField"


@pytest.mark.parametrize(
    "offender",
    ["request.form.get('version', type=int)", "request.args.get('after', 0, int)", "form.getlist('a', type=int)"],
)
def test_a_planted_number_is_found(offender: str) -> None:
    assert len(list(own_numbers(offender))) == 1


def test_every_form_is_a_desk_form() -> None:
    assert found_by(other_forms) == [], "derive it from campaign.web.forms.DeskForm"


@pytest.mark.parametrize(
    "offender",
    [
        "from flask import request\nnote = request.form.get('note')",
        "from flask import request as asked\nnote = asked.values['note']",
        "import flask\nnote = flask.request.form['note']",
    ],
)
def test_a_planted_reading_is_found(offender: str) -> None:
    assert len(list(raw_readings(offender))) == 1


def test_a_planted_form_is_found() -> None:
    offender = "from flask_wtf import FlaskForm\nclass NoteForm(FlaskForm): pass"
    assert list(other_forms(offender)) == ["line 2: class NoteForm"]
