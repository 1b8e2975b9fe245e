"""`pytest --quick` leaves out what costs most and finds least: each test's turn on PostgreSQL, drills and long plays.

What needs PostgreSQL is known by its fixture or its parameter; a drill or a long play says so by `@pytest.mark.long`.
A test named by its own id is run whatever it is. The summary says what was left out: nothing is dropped unsaid.
"""

from collections import Counter

import pytest

POSTGRES = "tests on PostgreSQL"
LONG = "drills and long plays"
LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take `--quick`."""
    parser.addoption("--quick", action="store_true", help=f"leave out {POSTGRES}, {LONG}; say how many")


def pytest_configure(config: pytest.Config) -> None:
    """Know the mark of what takes long."""
    config.addinivalue_line("markers", "long: a drill or a long play, which `--quick` leaves out")
    config.stash[LEFT_OUT] = Counter()


def why_left_out(item: pytest.Item) -> str:
    """Return why a quick run leaves a test out, or nothing where it stays."""
    callspec = getattr(item, "callspec", None)
    if "cluster_folder" in getattr(item, "fixturenames", ()) or (callspec and "postgres" in callspec.params.values()):
        return POSTGRES
    return LONG if item.get_closest_marker("long") else ""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect in a quick run; count by reason."""
    if not config.getoption("quick") or any("::" in argument for argument in config.args):
        return
    reasons = [why_left_out(item) for item in items]
    config.stash[LEFT_OUT].update(reason for reason in reasons if reason)
    config.hook.pytest_deselected(items=[item for item, reason in zip(items, reasons, strict=True) if reason])
    items[:] = [item for item, reason in zip(items, reasons, strict=True) if not reason]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports, where tests run in several."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash[LEFT_OUT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Hear it from a process that ran tests; each has collected the same."""
    told = getattr(node, "workeroutput", {}).get("left_out", {})
    node.config.stash[LEFT_OUT] |= Counter(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out, and how to run it."""
    for reason, count in sorted(config.stash[LEFT_OUT].items()):
        terminalreporter.write_line(f"Left out: {reason}, {count}. `make test-all` runs them.")
