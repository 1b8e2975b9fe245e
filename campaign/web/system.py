"""Static files, fonts, one style sheet an audience, and the health checks: the addresses that belong to no edge.

Whether the confidential side is well is asked through `readiness`: a list that app.py's rooms add checks to, so that
this file need not know them.
"""

import hashlib
import mimetypes
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, abort, current_app, request, url_for
from sqlalchemy import text
from werkzeug.security import safe_join

from campaign.database import db
from campaign.web.context import FONTS, STATIC_FOLDER
from campaign.web.marks import ANYONE, mark

# In the order of the cascade. The desk's forms stand before the desk; the pages of accounts have nothing of the lists.
SHEETS = {
    "public": ("fonts.css", "tokens.css", "forms.css", "site.css", "search.css"),
    "accounts": ("fonts.css", "tokens.css", "site.css", "desk.css", "forms.css"),
    "staff": ("fonts.css", "tokens.css", "site.css", "forms.css", "desk.css", "imports.css"),
}
PRINT = "print.css"


class StyleSheet(NamedTuple):
    """The sheets of one audience in one file: its name under /static, which holds a digest, and its bytes."""

    name: str
    body: bytes


@cache
def style_sheet(audience: str) -> StyleSheet:
    """Return the styles of an audience of SHEETS, those for paper last."""
    screens = (_read(name) for name in SHEETS[audience])
    body = "\n".join((*screens, f"@media print {{\n{_read(PRINT)}}}\n")).encode()
    return StyleSheet(f"{audience}.{hashlib.sha256(body).hexdigest()[:10]}.css", body)


def by_name(name: str) -> StyleSheet | None:
    """Return the style sheet of a name, None where it is not one of today's."""
    audience = name.partition(".")[0]
    sheet = style_sheet(audience) if audience in SHEETS else None
    return sheet if sheet and sheet.name == name else None


def _read(name: str) -> str:
    return (STATIC_FOLDER / name).read_text("utf-8")


mimetypes.add_type("font/woff2", ".woff2")
A_YEAR = 365 * 86400
# Each check returns a sentence that says what is wrong, or an empty one.
Check = Callable[[], str]


def add_check(app: Flask, check: Check) -> None:
    """Let /readyz ask one more question."""
    app.extensions.setdefault("readiness", []).append(check)


@mark(ANYONE)
def static_file(name: str) -> Response:
    """Serve a picture, a script or a style of our own."""
    sheet = by_name(name)
    if sheet is not None:
        return immutable(answer_of(sheet.body, "text/css", seconds=A_YEAR))
    joined = safe_join(str(STATIC_FOLDER), name)
    if joined is None or not Path(joined).is_file():
        abort(404)
    return file_answer(Path(joined), seconds=3600)


@mark(ANYONE)
def font(name: str) -> Response:
    """Serve a face. Its name ends in a digest of its content, so whoever has it never asks again."""
    if name not in FONTS:
        abort(404)
    return immutable(file_answer(FONTS[name], seconds=A_YEAR))


def immutable(response: Response) -> Response:
    """Return an answer whose address names its content, so that a browser never asks for it again."""
    response.headers["Cache-Control"] += ", immutable"
    return response


def file_answer(path: Path, *, seconds: int) -> Response:
    """Return a small file that a browser may keep for so many seconds, or 304 where it has it already."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return answer_of(path.read_bytes(), "text/javascript" if path.suffix == ".js" else kind, seconds=seconds)


def answer_of(body: bytes, mimetype: str, *, seconds: int) -> Response:
    """Return bytes that a browser may keep for so many seconds, or 304 where it has them already."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    response.make_conditional(request)
    return response


@mark(ANYONE)
def healthz() -> Response:
    """Answer while the process lives."""
    return Response("ok\n", mimetype="text/plain")


@mark(ANYONE)
def readyz() -> Response:
    """Answer 200 while the database answers and every check holds, otherwise 503 with a sentence for each fault."""
    db.session.execute(text("SELECT 1"))
    faults = [fault for check in current_app.extensions.get("readiness", []) if (fault := check())]
    if faults:
        return Response("\n".join(faults) + "\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


def style_address(audience: str) -> str:
    """Return the address of the style sheet of an audience."""
    return _style_below(request.script_root, audience)


@cache
def _style_below(_root: str, audience: str) -> str:
    # The same for every page: put together once for each place where the site is mounted.
    return url_for("static", name=style_sheet(audience).name)


def install(app: Flask) -> None:
    """Open the addresses that belong to no edge; give templates `styles(audience)`."""
    app.jinja_env.globals["styles"] = style_address
    app.add_url_rule("/static/<path:name>", "static", static_file)
    app.add_url_rule("/fonts/<name>", "font", font)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
