"""The privacy notice says what this installation does, and the routes are as it says."""

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.settings import read
from tests import tables

CARRIED = "machines of a company that delivers them"
NO_OTHERS = "no third parties"


def notice(home: Path, **settings: str) -> str:
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_EDGES": "public"}
    app = create_app(read({**environment, **settings}))
    tables.create(app)
    try:
        return app.test_client().get("/privacy", base_url="https://localhost").text
    finally:
        tables.close(app)


def test_it_says_that_nothing_is_kept_and_names_no_company_where_there_is_none(home: Path) -> None:
    page = notice(home)
    assert "nothing is kept of your visit" in page
    assert CARRIED not in page
    assert NO_OTHERS in page
    assert ".onion" not in page


@pytest.mark.parametrize(
    "settings",
    [{"CAMPAIGN_PURGE_ADDRESS": "https://cdn.names.cc/purge"}, {"CAMPAIGN_TRUSTED_PROXIES": "2"}],
    ids=["CDN", "two proxies"],
)
def test_a_company_that_sees_who_asks_is_told_and_the_foot_promises_no_less(
    home: Path, settings: dict[str, str]
) -> None:
    page = notice(home, **settings)
    assert CARRIED in page
    assert NO_OTHERS not in page


def test_the_onion_address_is_named(home: Path) -> None:
    onion = f"{'a' * 56}.onion"
    assert f"Inside Tor this site is at <bdi>{onion}</bdi>." in notice(home, CAMPAIGN_ONION=onion)


def test_there_is_no_form_on_this_site_as_it_says(app: Flask) -> None:
    taking = {
        rule.rule for rule in app.url_map.iter_rules() if rule.methods and rule.methods - {"GET", "HEAD", "OPTIONS"}
    }
    assert taking == set()
