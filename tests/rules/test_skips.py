"""Where CI is set nothing is skipped that the machine could have had: a browser, PostgreSQL."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import cluster, needs

TESTS = Path(__file__).parents[1]
OF_THE_MACHINE = re.compile(r"shutil\.which|initdb|importorskip")


def skips(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that skip a test, or let it fail unnoticed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "importorskip"}:
            yield node.lineno


def test_only_the_campaigns_own_data_may_be_missing() -> None:
    """A stranger's clone has no shared data beside it; everything else a machine can have."""
    for path in TESTS.rglob("*.py"):
        text = path.read_text("utf-8")
        if path.name in {"needs.py", "test_skips.py"} or not list(skips(ast.parse(text))):
            continue
        assert "shared" in text.lower(), f"{path} skips for want of something else: ask tests/needs.py for it"
        assert not OF_THE_MACHINE.search(text), f"{path} skips, and needs a program: ask tests/needs.py for it"


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
