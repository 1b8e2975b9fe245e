"""A quick run leaves out PostgreSQL, drills and long plays, says how many, and leaves out nothing else."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytest_plugins = ["pytester"]
PLANTED = """
import pytest

@pytest.fixture
def cluster_folder(): ...

@pytest.fixture(params=["sqlite", "postgres"])
def home_app(request): ...

@pytest.fixture
def postgres_app(cluster_folder): ...

def test_both(home_app): ...
def test_postgres_alone(postgres_app): ...

@pytest.mark.parametrize("app", ["sqlite", "postgres"])
def test_both_by_parameter(app): ...

@pytest.mark.long
def test_drill(): ...

def test_plain(): ...
"""


@pytest.mark.parametrize(("option", "passed", "deselected"), [("--quick", 3, 4), ("-q", 7, 0)])
def test_what_a_quick_run_leaves_out_is_said(
    pytester: pytest.Pytester, option: str, passed: int, deselected: int
) -> None:
    pytester.makepyfile(PLANTED)
    result = pytester.runpytest("-p", "tests.quick", option)
    result.assert_outcomes(passed=passed, deselected=deselected)
    said = [line for line in result.outlines if line.startswith("Left out: ")]
    left_out = ["Left out: drills and long plays, 1", "Left out: tests on PostgreSQL, 3"]
    assert [line.partition(".")[0] for line in said] == (left_out if deselected else [])


def test_what_is_named_by_its_id_is_run(pytester: pytest.Pytester) -> None:
    path = pytester.makepyfile(PLANTED)
    pytester.runpytest("-p", "tests.quick", "--quick", f"{path}::test_drill").assert_outcomes(passed=1)


@pytest.mark.long
def test_processes_that_run_tests_tell_the_one_that_reports(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(PLANTED)
    result = pytester.runpytest_subprocess("-p", "tests.quick", "--quick", "-n", "2")
    assert "Left out: tests on PostgreSQL, 3. `make test-all` runs them." in result.outlines
