"""The seeded demonstration on loopback, and everybody who works in it signed in to a browser."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select, update
from werkzeug.serving import make_server

from campaign.accounts import invitations
from campaign.accounts.models import SignInSession
from campaign.accounts.permissions import Role
from campaign.cases.models import Case
from campaign.clock import now
from campaign.commands.demo import prepared
from campaign.database import db
from campaign.demo.home import address_of, sign_in_paths
from campaign.imports.models import ImportLook
from campaign.publishing.eligibility import is_listed
from campaign.settings import read
from tests import tables

NOBODY = "nobody"


@dataclass
class Demonstration:
    """A desk with people at it. `open` gives somebody's tab; `places` are the words that paths are written with."""

    address: str
    app: Flask
    browser: Browser
    links: dict[str, str]
    places: dict[str, str]
    contexts: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)

    def open(self, role: str, kind: str = "plain") -> Page:
        """Return a new tab of somebody: "plain" or "scriptless"."""
        if (role, kind) not in self.contexts:
            has_scripts = kind != "scriptless"
            self.contexts[role, kind] = self.browser.new_context(
                storage_state=self._state(role), java_script_enabled=has_scripts
            )
        self._refresh()
        return self.contexts[role, kind].new_page()

    def _refresh(self) -> None:
        """Let every session be one of just now: a whole run takes longer than a shown factor counts."""
        with self.app.app_context():
            db.session.execute(update(SignInSession).values(used_at=now(), proven_at=now()))
            db.session.commit()

    def enter(self, role: str, kind: str = "plain") -> Page:
        """Return a tab of somebody in a session of its own: a factor shown there ends no other tab's."""
        page = self.browser.new_context(java_script_enabled=kind != "scriptless").new_page()
        page.goto(self.address + self.links[role])
        page.get_by_role("button", name="Sign in as").click()
        return page

    def at(self, path: str) -> str:
        """Return the address of a path, whose words in braces are references and numbers of this demonstration."""
        return self.address + path.format(**self.places)

    def _state(self, role: str) -> Any:
        """Return the cookies of somebody; each signs in once, by their link."""
        if role not in self.states:
            context = self.browser.new_context()
            if role != NOBODY:
                page = context.new_page()
                page.goto(self.address + self.links[role])
                page.get_by_role("button", name="Sign in as").click()
            self.states[role] = context.storage_state()
            context.close()
        return self.states[role]


@contextmanager
def running(home: Path, browser: Browser) -> Iterator[Demonstration]:
    """Serve a seeded demonstration for as long as the block lasts."""
    port = free_port()
    app = prepared(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_SWEEP_SECONDS": "0"}), port)
    with app.app_context():
        links = {role.value: path for role, path in sign_in_paths().items()}
        places = {**_places(), "link": links["viewer"]}
        db.session.commit()
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Demonstration(f"http://127.0.0.1:{port}", app, browser, links, places)
    server.shutdown()
    thread.join()
    server.server_close()
    tables.close(app)


def _places() -> dict[str, str]:
    """Return a reference for each stage of a case, and the numbers of accounts; a newcomer is invited."""
    cases = list(db.session.scalars(select(Case).where(Case.is_restricted.is_(False)).order_by(Case.id)))
    disputed = db.session.scalars(select(ImportLook.case_id)).first()
    newcomer = invitations.account_for("newcomer@example.org", name="Nour Newcomer")
    invitations.grant(newcomer, [Role.VIEWER])
    return {
        "draft": next(case.ref for case in cases if case.state == "draft" and case.id != disputed),
        "review": next(case.ref for case in cases if case.state == "in_review"),
        "changes": next(case.ref for case in cases if case.state == "changes_asked"),
        "public": next(case.ref for case in cases if is_listed(case.ref)),
        "gone": next(case.ref for case in cases if case.state == "approved" and not is_listed(case.ref)),
        "editor": str(_number(Role.EDITOR)),
        "administrator": str(_number(Role.ADMINISTRATOR)),
        "newcomer": str(newcomer.id),
        "invitation": invitations.invite(newcomer).rpartition("/")[2],
    }


def _number(role: Role) -> int:
    account = invitations.by_email(address_of(role))
    assert account is not None
    return account.id


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
