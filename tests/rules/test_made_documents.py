"""No test writes a published document field by field: `made` does, so that a new field changes no test but its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

from campaign.ledger import documents

TESTS = Path(__file__).parents[1]
ROOMS = {"campaign.ledger.documents", "campaign.ledger.parts"}
# The builders themselves.
BUILDERS = {"languages/people.py", "ledger/samples.py", "public/filled.py"}


def by_hand(tree: ast.Module) -> Iterator[str]:
    """Yield each part of a published document that is called by its own name."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module in ROOMS]
    parts = {alias.asname or alias.name for node in imports for alias in node.names if alias.name[0].isupper()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in parts:
            yield f"{node.func.id}, line {node.lineno}"


def test_no_document_is_made_by_hand() -> None:
    found = {
        str(path.relative_to(TESTS)): list(by_hand(ast.parse(path.read_text("utf-8")))) for path in TESTS.rglob("*.py")
    }
    assert {name: parts for name, parts in found.items() if parts and name not in BUILDERS} == {}


def test_a_planted_one_is_seen() -> None:
    planted = "from campaign.ledger.documents import Name\nx = Name(text='a')\ny = made(Name, text='a')"
    assert list(by_hand(ast.parse(planted))) == ["Name, line 2"]
    assert issubclass(documents.Name, documents.Part)
