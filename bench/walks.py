"""Walks: which files of the program one request passes, from the edit form to the public page and back.

Counted by the interpreter's profile hook: a file counts where one of its functions was entered. The home is that of
the demonstration, made anew in a temporary folder; the requests are those that the pages' own forms send.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.datastructures import MultiDict

from campaign.accounts.permissions import Role
from campaign.commands.demo import prepared
from campaign.demo.home import sign_in_paths
from campaign.settings import read

PACKAGE = str(Path(__file__).parent.parent / "campaign") + "/"
FORM_TO_PAGE = ("save a typed name", "submit", "approve", "publish", "public page, cold")
Sent = MultiDict[str, str]


@dataclass
class Walk:
    """One request: the files of the program that it entered, and the SQL statements that it ran."""

    name: str
    files: set[str] = field(default_factory=set)
    statements: int = 0

    @property
    def rooms(self) -> set[str]:
        """Return the folders of campaign/ that it entered."""
        return {name.split("/")[0] for name in self.files if "/" in name}


def walks() -> list[Walk]:
    """Return the walks, in the order in which a person takes them, and the one from the form to the public page."""
    with tempfile.TemporaryDirectory(prefix="walks-") as folder:
        app = prepared(read({"CAMPAIGN_HOME": f"{folder}/home", "CAMPAIGN_SWEEP_SECONDS": "0"}), 5000)
        taken = list(Walker(app).takes())
    whole = Walk("form to public page (save to public page)")
    for walk in taken:
        if walk.name in FORM_TO_PAGE:
            whole.files |= walk.files
            whole.statements += walk.statements
    return [*taken, whole]


class Walker:
    """Two people of the demonstration at the desk, and a visitor."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            paths = sign_in_paths()
        self.editor = self._signed_in(paths[Role.EDITOR])
        self.publisher = self._signed_in(paths[Role.PUBLISHER])
        self.visitor = app.test_client()

    def takes(self) -> Iterator[Walk]:
        """Take every walk with one public case of the demonstration."""
        person = self.visitor.get("/api/v1/profiles").get_json()["profiles"][0]
        ref = person["ref"]
        case, edit = f"/staff/cases/{ref}", f"/staff/cases/{ref}/edit"
        yield self._walk("case page", lambda: self.editor.get(case))
        yield self._walk("edit form", lambda: self.editor.get(edit))
        yield self._sends("save a typed name", self.editor, edit, 'class="edit', self._typed)
        yield self._sends("submit", self.editor, case, "/submit")
        yield self._sends("approve", self.publisher, case, "/approve", self._approved)
        yield self._sends("publish", self.publisher, f"{case}/preview", "/publish")
        page = f"/profiles/{self.visitor.get(f'/api/v1/profiles/{ref}').get_json()['slug']}"
        yield self._walk("public page, cold", lambda: self.visitor.get(page))
        yield self._walk("public page, warm", lambda: self.visitor.get(page))
        yield self._walk("JSON of one profile", lambda: self.visitor.get(f"/api/v1/profiles/{ref}"))
        yield self._walk("public search, any script", lambda: self.visitor.get("/profiles?q=Турсунай"))
        yield self._walk("desk search", lambda: self.editor.get("/staff/cases?q=Tursunay"))
        confidential = f"{edit}?confidential=1"
        yield self._sends("consent withdrawn", self.editor, confidential, 'class="edit', self._withdrawn)
        yield self._walk("page of a withdrawn profile", lambda: self.visitor.get(page), status=410)

    def _typed(self, sent: Sent) -> None:
        name = next(key for key in sent if re.fullmatch(r"names-\d+-text", key))
        sent[name] = f"{sent[name]} Sadir"
        sent["reason"] = "Told by the family"

    def _approved(self, sent: Sent) -> None:
        sent["would_neighbour_know"] = "no"

    def _withdrawn(self, sent: Sent) -> None:
        state = next(key for key in sent if re.fullmatch(r"consents-\d+-state", key))
        sent[state] = "withdrawn"
        sent["reason"] = "The family asked"

    def _signed_in(self, path: str) -> FlaskClient:
        client = self.app.test_client()
        action, sent = form_of(client.get(path).text, "method")
        assert client.post(action or path, data=sent).status_code == 302
        return client

    def _sends(
        self, name: str, who: FlaskClient, page: str, mark: str, change: Callable[[Sent], None] = lambda sent: None
    ) -> Walk:
        action, sent = form_of(who.get(page).text, mark)
        change(sent)
        return self._walk(name, lambda: who.post(action or page, data=sent), status=302)

    def _walk(self, name: str, ask: Callable[[], Any], *, status: int = 200) -> Walk:
        walk = Walk(name)
        with counted(walk):
            answer = ask()
        if answer.status_code != status:
            raise AssertionError(f"{name}: {answer.status_code} instead of {status}\n{answer.text[:3000]}")
        return walk


@contextmanager
def counted(walk: Walk) -> Iterator[None]:
    """Note in a walk which files of the program are entered inside, and count the SQL statements."""

    def enter(frame: FrameType, kind: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if kind == "call" and name.startswith(PACKAGE) and frame.f_code.co_name != "<module>":
            walk.files.add(name.removeprefix(PACKAGE))

    def execute(*_: object) -> None:
        walk.statements += 1

    event.listen(Engine, "before_cursor_execute", execute)
    sys.setprofile(enter)
    try:
        yield
    finally:
        sys.setprofile(None)
        event.remove(Engine, "before_cursor_execute", execute)


def form_of(page: str, mark: str) -> tuple[str, Sent]:
    """Return the address and the filled controls of the first form on a page whose tag holds `mark`."""
    reader = _FormReader(mark)
    reader.feed(page)
    if not reader.is_found:
        raise AssertionError(f"no form with {mark!r} on this page:\n{page[:2000]}")
    return reader.action, reader.fields


class _FormReader(HTMLParser):
    """Reads one form as a browser would send it."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.fields: Sent = MultiDict()
        self.action = ""
        self.is_found = False
        self._mark = mark
        self._is_inside = False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form" and not self.is_found and self._mark in (self.get_starttag_text() or ""):
            self._is_inside = self.is_found = True
            self.action = given.get("action", "")
        if not self._is_inside:
            return
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = value
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        elif tag == "input" and name and given.get("type") in {"radio", "checkbox"}:
            if "checked" in given:
                self.fields.add(name, value)
        elif tag == "input" and name:
            self.fields.add(name, value)

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] = (self.fields[self._textarea] + data).removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "form":
            self._is_inside = False
