"""Whom the limits count where proxies pass visitors on, and that nobody chooses it for themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.settings import Unsafe, read
from campaign.web import limits
from campaign.web.limits import household, limiter
from tests import tables

PROXY = "127.0.0.1"
ANNA, BORA, CHAN = "203.0.113.5", "203.0.113.6", "198.51.100.9"


@pytest.fixture
def behind(home: Path) -> Iterator[Callable[[int], Flask]]:
    """Make a site that is asked through so many proxies and lets one address ask the JSON three times."""
    made: list[Flask] = []

    def site(count: int) -> Flask:
        limited = {"CAMPAIGN_PARTNER_RATE": "3 per minute", "CAMPAIGN_TRUSTED_PROXIES": str(count)}
        application = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "partners", **limited}))
        tables.create(application)
        made.append(application)
        limiter.reset()
        return application

    yield site
    for application in made:
        tables.close(application)
    limiter.reset()


def asks(site: Flask, forwarded: str = "", *, peer: str = PROXY, times: int = 1) -> list[int]:
    """Return the statuses of questions that reach the process from `peer` with this X-Forwarded-For."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    client = site.test_client()
    return [
        client.get("/api/v1", headers=headers, environ_overrides={"REMOTE_ADDR": peer}).status_code
        for _ in range(times)
    ]


def test_by_default_no_header_changes_who_is_counted(behind: Callable[[int], Flask]) -> None:
    site = behind(0)
    assert asks(site, times=3, peer=ANNA) == [200] * 3
    assert [asks(site, f"{BORA}, {number}.0.0.1", peer=ANNA) for number in range(3)] == [[429]] * 3
    assert asks(site, peer=BORA) == [200]


@pytest.mark.parametrize(("count", "between"), [(1, ""), (2, ", 10.0.0.1")])
def test_behind_proxies_each_visitor_has_a_limit_of_their_own(
    behind: Callable[[int], Flask], count: int, between: str
) -> None:
    site = behind(count)
    assert asks(site, ANNA + between, times=4) == [200, 200, 200, 429]
    assert asks(site, BORA + between) == [200]


@pytest.mark.parametrize(("count", "passed_on"), [(1, ANNA), (2, f"{ANNA}, 10.0.0.1")])
def test_what_a_visitor_writes_before_the_trusted_addresses_is_ignored(
    behind: Callable[[int], Flask], count: int, passed_on: str
) -> None:
    site = behind(count)
    assert asks(site, passed_on, times=3) == [200] * 3
    forged = [f"{CHAN}, {passed_on}", f"{BORA}, {CHAN}, {passed_on}", f"unknown, <script>, {passed_on}"]
    assert [asks(site, words) for words in forged] == [[429]] * 3


def test_a_header_shorter_than_the_chain_is_not_believed(behind: Callable[[int], Flask]) -> None:
    site = behind(2)
    assert asks(site, times=3) == [200] * 3
    assert asks(site, ANNA) == [429]


def test_no_header_chooses_the_host_or_the_scheme(behind: Callable[[int], Flask]) -> None:
    site = behind(1)
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    answer = site.test_client().get("/api/v1/openapi.json", headers=headers)
    assert (answer.status_code, "evil" in answer.text) == (200, False)
    assert "Strict-Transport-Security" not in answer.headers


def test_the_start_says_what_the_setting_means() -> None:
    assert "visitors count as one" in limits.proxies_in_words(read({}))
    assert "address number 2" in limits.proxies_in_words(read({"CAMPAIGN_TRUSTED_PROXIES": "2"}))


def test_what_is_no_number_of_proxies_is_refused() -> None:
    with pytest.raises(Unsafe, match="CAMPAIGN_TRUSTED_PROXIES"):
        read({"CAMPAIGN_TRUSTED_PROXIES": "all"})


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("203.0.113.5", "203.0.113.6", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.5", "203.0.113.5", True),
        ("::1", "unknown", False),
    ],
)
def test_one_connection_is_one_visitor(one: str, other: str, is_same: bool) -> None:
    assert (household(one) == household(other)) is is_same
