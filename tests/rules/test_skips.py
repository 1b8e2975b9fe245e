"""Where CI is set nothing is skipped that the machine could have had: a browser, PostgreSQL."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import cluster, needs

TESTS = Path(__file__).parents[1]
# The only other reason to skip: the campaign's own data, which no stranger's clone has beside it.
ONLY_WITHOUT_SHARED_DATA = {
    "tests/dates/test_real_sheets.py",
    "tests/intake/test_facilities.py",
    "tests/names/test_commands.py",
    "tests/places/test_real_input.py",
}


def skips(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that skip a test, or let it fail unnoticed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "importorskip"}:
            yield node.lineno


def test_every_skip_is_one_of_these() -> None:
    found = {
        str(path.relative_to(TESTS.parent))
        for path in TESTS.rglob("*.py")
        if path.name not in {"needs.py", "test_skips.py"} and list(skips(ast.parse(path.read_text("utf-8"))))
    }
    assert found <= ONLY_WITHOUT_SHARED_DATA


def test_a_planted_skip_is_seen() -> None:
    for planted in (
        "pytest.skip('x')",
        "@pytest.mark.skipif(True, reason='x')\ndef test_x(): ...",
        "pytest.mark.xfail",
    ):
        assert list(skips(ast.parse(planted))), planted


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_what_is_lacking_fails_where_ci_is_set(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(outcome, match="Chromium is not installed"):
        needs.chromium()
    monkeypatch.setattr(cluster, "BINARIES", Path("/nowhere"))
    with pytest.raises(outcome, match="PostgreSQL is not installed"):
        cluster.needed()
