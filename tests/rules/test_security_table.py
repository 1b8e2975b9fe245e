"""docs/security.md names a test for each promise, and every test that it names is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+) \| .+ \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
TABLE = {int(number): kept for number, kept in ROW.findall((ROOT / "docs" / "security.md").read_text("utf-8"))}
LATER = {23, 48}


def defined_in(path: Path) -> set[str]:
    """Return the names of the tests that a file defines."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_the_promises_stand_in_order() -> None:
    assert list(TABLE)[:50] == list(range(1, 51))
    assert list(TABLE)[50:] == sorted(set(TABLE) & set(range(51, 60)))


@pytest.mark.parametrize("number", TABLE)
def test_a_promise_is_kept_by_tests_that_are_there(number: int) -> None:
    named = NAMED.findall(TABLE[number])
    assert bool(named) is (number not in LATER)
    assert TABLE[number].startswith("later: ") is (number in LATER)
    assert [f"{path}::{name}" for path, name in named if name not in defined_in(ROOT / path)] == []
