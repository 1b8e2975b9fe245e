"""The measurement under load: who asks and saves is answered by really served processes; what it says is readable."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.load_report import Run, Step, limit, percentile, picture, table

ROOT = Path(__file__).parents[2]
NONE = float("nan")
RUN = Run(
    database="SQLite",
    steps=[
        Step(asked=17, answered=17, p50=2, p99=9, json_p99=8, read_p95=40, save_p95=61, saves=60, failed=0),
        Step(asked=400, answered=399, p50=3, p99=80, json_p99=70, read_p95=60, save_p95=90, saves=20, failed=0),
        Step(asked=800, answered=610, p50=90, p99=4000, json_p99=70, read_p95=60, save_p95=NONE, saves=0, failed=3),
    ],
    site_mb=210,
    desk_mb=120,
    load=0.3,
)  # fmt: skip


def test_the_limit_is_the_last_rate_at_which_pages_come_and_none_is_lost() -> None:
    assert [step.is_full for step in RUN.steps] == [False, False, True]
    assert limit(RUN) == 400
    assert "up to 400 pages a second (24,000 a minute) keep up" in table(RUN)


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    assert percentile(range(100), 0.95) == 95
    assert percentile([7.0], 0.99) == 7
    assert percentile([], 0.5) != percentile([], 0.5)


def test_the_picture_is_drawn_of_every_step_and_leaves_out_what_was_not_timed() -> None:
    drawn = ElementTree.fromstring(picture([RUN]))
    lines = drawn.findall(".//{*}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [3, 3, 2]
    assert "nan" not in picture([RUN])


@pytest.mark.long
def test_visitors_partners_and_staff_are_answered_by_served_processes(tmp_path: Path) -> None:
    words = ["--people", "30", "--seconds", "2", "--most", "20", "--picture", tmp_path / "capacity.svg"]
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "load", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    asked, answered, p50, *_, save, failed = ran.stdout.splitlines()[4].strip("| ").split(" | ")
    assert (asked, failed) == ("17", "0"), ran.stdout
    assert min(float(answered), float(p50)) > 0
    assert float(save) > 0, "somebody saved meanwhile"
    assert (tmp_path / "capacity.svg").stat().st_size > 500
