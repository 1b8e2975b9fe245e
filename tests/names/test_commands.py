"""`flask names`: what it prints of any string, without a home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign.commands.names import names

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(names, arguments)


def test_the_commands_need_no_home_and_write_nothing(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CAMPAIGN")}
    asked = [sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "names", "match", "Nurel", "Нурел"]
    result = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert "reason  spelt" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_explain_shows_each_step() -> None:
    output = run("explain", "ئابلىمىت سادىر").output
    assert all(
        word in output for word in ("Arab", "ablimit sadir", "sounds", "consonants", "all vowels written", "keys")
    )


def test_match_shows_score_and_reason() -> None:
    output = run("match", "Nurel Bakriyev", "Нурел Бакриев").output
    assert "reason  spelt" in output


@pytest.mark.parametrize("text", ["", "\ud800", "()", "\x1b[2J Nurel \u202e\x00", "魏" * 100_000, "Nurel " * 20_000])
def test_explain_and_match_take_any_string_and_print_what_a_terminal_bears(text: str) -> None:
    for result in (run("explain", text), run("match", text, "Nurel"), run("match", "Nurel", text)):
        assert result.exit_code == 0
        assert len(result.output) < 100_000
        assert set(result.output).isdisjoint("\x1b\x00\u202e")
