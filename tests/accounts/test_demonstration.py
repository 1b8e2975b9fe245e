"""Signing in without a second factor exists in a demonstration, from the machine itself, and nowhere else. [21]"""

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.accounts import entry, invitations
from campaign.accounts.permissions import Role
from campaign.database import db
from campaign.settings import read
from tests import tables
from tests.cast import HOST, Browser


def link_for_ida(app: Flask) -> str:
    with app.test_request_context(base_url=HOST, method="POST"):
        account = invitations.account_for("ida@example.org", name="Ida")
        invitations.grant(account, [Role.EDITOR])
        link = entry.demonstration_link(account)
        db.session.commit()
    return link


@pytest.fixture
def show(home: Path) -> Flask:
    """An application whose home is a demonstration."""
    home.mkdir(parents=True)
    (home / "DEMONSTRATION").touch()
    application = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": HOST}))
    tables.create(application)
    return application


def test_a_link_signs_in_at_the_press_of_a_button(show: Flask) -> None:
    browser, link = Browser(show, show.response_class, use_cookies=True), link_for_ida(show)
    assert browser.get(link).status_code == 200
    assert browser.get("/staff/me").status_code == 302
    assert browser.posts(link).status_code == 302
    assert browser.get("/staff/me").status_code == 200
    tables.close(show)


def test_a_link_opens_nothing_from_another_machine_or_changed(show: Flask) -> None:
    browser, link = Browser(show, show.response_class, use_cookies=True), link_for_ida(show)
    assert browser.get(link, environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404
    assert browser.get(link[:-1] + "x").status_code == 404
    tables.close(show)


def test_a_home_that_is_no_demonstration_makes_and_knows_no_link(app: Flask) -> None:
    with pytest.raises(entry.NotADemonstration):
        link_for_ida(app)
    assert not [rule for rule in app.url_map.iter_rules() if "demonstration" in rule.rule]
