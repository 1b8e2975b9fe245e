"""docs/reference.md and docs/data-model.svg say what the code says: whoever adds something documents it by `make docs`.

The sentences about commands and addresses are docstrings; they may be bettered without the page at once.
"""

import re
from pathlib import Path

import pytest
from flask import Flask

from bench import model, reference

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STALE = "Run `make docs` and commit what it writes."
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[\w-]+)?\)")
# A file of the program named in the prose: `campaign/cases/file.py`.
NAMED = re.compile(r"`((?:campaign|templates|tests|bench|migrations|docs)/[\w./-]+\.\w+)`")
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/architecture.md",
    "docs/capacity.md",
    "docs/glossary.md",
    "docs/gate.md",
    "docs/operate.md",
    *sorted(f"docs/operate/{path.name}" for path in (DOCS / "operate").glob("*.md")),
    "docs/threat-model.md",
    "docs/upgrading.md",
)


def lines_of(heading: str) -> set[str]:
    """Return the lines of a table as they stand on the page."""
    page = (DOCS / "reference.md").read_text("utf-8")
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return {line for line in section.splitlines() if line.startswith("| `")}


def written(row: tuple[str, ...]) -> str:
    """Return a row as the page would write it."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def without_the_sentence(lines: set[str]) -> set[str]:
    return {line.rpartition(" | ")[0] for line in lines}


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("Settings", reference.settings()),
        ("Vocabularies", reference.vocabularies()),
        ("Roles and permissions", reference.permissions()),
    ],
    ids=["settings", "vocabularies", "permissions"],
)
def test_the_table_is_that_of_the_code(heading: str, rows: list[tuple[str, ...]]) -> None:
    assert lines_of(heading) == {written(row) for row in rows}, STALE


def test_every_command_and_every_address_is_described(app: Flask) -> None:
    for heading, rows in (("Commands", reference.commands(app)), ("Addresses", reference.addresses(app))):
        now = without_the_sentence({written(row) for row in rows})
        assert without_the_sentence(lines_of(heading)) == now, STALE
        assert all(row[-1] for row in rows), "A command or a view without a sentence."


def test_a_planted_command_and_address_are_missed(app: Flask) -> None:
    app.cli.command("planted")(lambda: None)
    app.add_url_rule("/planted", "planted", lambda: "")
    found = {row[0] for row in (*reference.commands(app), *reference.addresses(app))}
    assert {"`flask planted`", "`/planted`"} <= found
    assert not any("planted" in line for line in lines_of("Commands") | lines_of("Addresses"))


def test_the_picture_of_the_data_model_is_that_of_the_models(app: Flask) -> None:
    assert len(model.boxes()) > 30
    assert (DOCS / "data-model.svg").read_text("utf-8") == model.svg(), STALE


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    path = ROOT / page
    text = path.read_text("utf-8")
    gone = [target for target in LINK.findall(text) if not (path.parent / target).exists()]
    gone += [name for name in NAMED.findall(text) if not (ROOT / name).exists()]
    assert gone == []


def test_what_keeps_a_rule_of_the_gate_and_its_test_are_there() -> None:
    rows = re.findall(r"^\| .+ \| (`.+`) \| (`.+`) \|$", (DOCS / "gate.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 20
    homes = [{"campaign/publishing", "campaign"}, {"tests/publishing", "tests"}]
    named = [
        (folders, name) for row in rows for folders, cell in zip(homes, row, strict=True) for name in cell.split(", ")
    ]
    gone = [
        name for folders, name in named if not any((ROOT / at / f"{name.strip('`')}.py").exists() for at in folders)
    ]
    assert gone == []
