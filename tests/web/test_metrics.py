"""Figures for Prometheus, asked of real processes: what is counted, on which ports, and that no label tells a thing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from app import create_app
from campaign.settings import read
from campaign.web import metrics
from campaign.web.metrics import edge_of
from tests import tables
from tests.ledger.samples import a_profile
from tests.public.people import publish
from tests.web import processes
from tests.web.telling import serving_public

REF, PATH = "FXD-40718", f"/profiles/{a_profile().slug}"
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]
# Every label that there is, and every value of it.
LABELS = {
    "edge": {"staff", "public", "partners", "none"},
    "status": {"1xx", "2xx", "3xx", "4xx", "5xx"},
    "le": {*(str(float(one)) for one in metrics.BUCKETS), "+Inf"},
}


def figures(port: int) -> Figures:
    """Return what a process tells on its port."""
    status, headers, text = processes.ask(port, "/metrics")
    assert (status, headers["content-type"].partition(";")[0]) == (200, "text/plain")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def count(found: Figures, edge: str, status: str) -> float:
    return found.get(("byname_requests_total", frozenset({("edge", edge), ("status", status)})), 0)


def value(found: Figures, name: str) -> float:
    return found[(f"byname_{name}", frozenset())]


def free_ports(many: int) -> int:
    """Return the first of so many ports that follow on each other and are free."""
    while True:
        first = processes.free_port()
        if all(is_free(first + one) for one in range(many)):
            return first


def is_free(port: int) -> bool:
    try:
        processes.ask(port, "/")
    except OSError:
        return True
    return False


@pytest.fixture
def first() -> int:
    """The first of four ports for figures."""
    return free_ports(4)


@pytest.fixture
def environment(home: Path, first: int) -> Iterator[dict[str, str]]:
    """The settings of a home with one public person and figures; its port is in its address."""
    port = processes.free_port()
    environment = processes.home_environment(home, port, METRICS_PORT=str(first), SWEEP_SECONDS="1")
    app: Flask = create_app(read({**environment, "CAMPAIGN_METRICS_PORT": "0"}))
    tables.create(app)
    publish(app, a_profile())
    yield environment
    tables.close(app)


def port_of(environment: dict[str, str]) -> int:
    return int(environment["CAMPAIGN_ADDRESS"].rpartition(":")[2])


def labels_of(found: Figures) -> list[tuple[str, str]]:
    """Return the labels that stand in no table."""
    return [(name, said) for _, labels in found for name, said in labels if said not in LABELS.get(name, set())]


def test_a_desk_tells_its_answers_and_what_its_database_knows(environment: dict[str, str], first: int) -> None:
    port = port_of(environment)
    with processes.serving(environment, port) as server:
        for path in (PATH, PATH, "/nowhere", "/staff/me", "/staff/sign-in", f"/api/v1/profiles/{REF}", "/healthz"):
            processes.ask(port, path)
        processes.until(lambda: ("byname_sweep_age_seconds", frozenset()) in figures(first), "a sweep", seconds=60,
                        of=[server])  # fmt: skip
        found = figures(first)
    assert (count(found, "public", "2xx"), count(found, "public", "4xx"), count(found, "partners", "2xx")) == (2, 1, 1)
    assert (count(found, "staff", "3xx"), count(found, "staff", "2xx")) == (1, 1)
    assert count(found, "none", "2xx") >= 1
    assert found[("byname_request_seconds_count", frozenset({("edge", "public")}))] == 3
    assert (value(found, "database_up"), value(found, "newest_entry")) == (1, 1)
    assert value(found, "errors_total") == 0
    for name in ("newest_entry_age_seconds", "sweep_lease_held", "red_diagnoses", "advice", "urgent_unseen"):
        assert value(found, name) >= 0, name
    assert labels_of(found) == []


def test_each_worker_of_the_public_edge_has_a_port_of_its_own(environment: dict[str, str], first: int) -> None:
    port = port_of(environment)
    with serving_public(environment, port):
        for _ in range(6):
            processes.ask(port, PATH)
        processes.until(lambda: not is_free(first + 1), "the second worker", seconds=60)
        both = [figures(first), figures(first + 1)]
    assert sum(count(found, "public", "2xx") for found in both) == 6
    for found in both:
        assert (value(found, "database_up"), value(found, "newest_entry")) == (1, 1)
        assert ("byname_sweep_age_seconds", frozenset()) not in found
        assert labels_of(found) == []


def test_the_text_holds_no_address_no_name_and_no_reference(environment: dict[str, str], first: int) -> None:
    port = port_of(environment)
    with processes.serving(environment, port):
        for path in (PATH, f"/staff/cases/{REF}?q=Patigul", "/profiles?q=Patigul", "/api/v1/profiles?q=Patigul"):
            processes.ask(port, path, User_Agent="MarkedBrowser/9.9", X_Forwarded_For="203.0.113.77")
        text = processes.ask(first, "/metrics")[2]
    for told in (REF, "Patigul", "profiles/", "MarkedBrowser", "203.0.113.77", "127.0.0.1", a_profile().display_name):
        assert told not in text, told
    assert re.search(r"^byname_requests_total", text, re.MULTILINE)


def test_a_port_that_is_taken_is_passed_over(environment: dict[str, str], first: int) -> None:
    app = create_app(read(environment))
    other = create_app(read(environment))
    assert (metrics.start(app, besides=first), metrics.start(other)) == (first + 1, first)
    third = create_app(read(environment))
    assert metrics.start(third) == first + 2
    for one in (app, other, third):
        tables.close(one)


def test_without_a_port_nothing_is_counted_or_told(app: Flask) -> None:
    assert metrics.start(app) == 0
    assert "metrics" not in app.extensions
    assert not isinstance(app.wsgi_app, metrics.Requests)


def test_a_database_that_is_away_is_told_and_the_rest_too(environment: dict[str, str], first: int) -> None:
    given = {**environment, "CAMPAIGN_DATABASE_URL": "postgresql://127.0.0.1:9/names"}
    app = create_app(read(given))
    assert metrics.start(app) == first
    assert app.test_client().get("/profiles").status_code == 503
    found = figures(first)
    assert (value(found, "database_up"), count(found, "public", "5xx")) == (0, 1)
    tables.close(app)


@pytest.mark.parametrize(
    ("path", "edge"),
    [("/staff", "staff"), ("/staffing", "public"), ("/api/v1", "partners"), ("/", "public"), ("/readyz", "none")],
)
def test_the_edge_of_an_address(path: str, edge: str) -> None:
    assert edge_of(path) == edge
