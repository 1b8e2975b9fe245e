"""Marks on view functions: who may come in, and how much a request may carry; and the refusal of malformed requests.

`app.create_app` refuses to start when a route outside the public edge carries no permission mark.

What no view should ever meet (NUL bytes, bytes that are not UTF-8, endless queries) is refused here, once, with 400.
Bodies are checked where they are first read, so that an upload's own size limit still counts.
"""

from collections.abc import Callable
from io import BytesIO
from typing import IO, ParamSpec, TypeVar
from urllib.parse import unquote_to_bytes

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import BadRequest, RequestURITooLarge, UnsupportedMediaType
from werkzeug.routing import IntegerConverter

P = ParamSpec("P")
R = TypeVar("R")

ANYONE = "anyone"
SIGNED_IN = "signed_in"
MAX_QUERY_BYTES = 4096
MAX_BODY_BYTES = 2_000_000
MAX_FORM_PARTS = 5000
MOST_DIGITS = 9
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def mark(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say who may call a view: ANYONE, SIGNED_IN or the value of an action of the permission table."""

    def marked(view: Callable[P, R]) -> Callable[P, R]:
        view.__dict__["permission"] = permission
        return view

    return marked


def mark_of(app: Flask, endpoint: str) -> str | None:
    """Return the permission that an endpoint's view carries, or None."""
    permission = getattr(app.view_functions[endpoint], "permission", None)
    return permission if isinstance(permission, str) else None


def accepts_bytes(limit: Callable[[], int]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view take a larger body than others (uploads): `@accepts_bytes(lambda: settings().max_photo_bytes)`."""

    def marked(view: Callable[P, R]) -> Callable[P, R]:
        view.__dict__["byte_limit"] = limit
        return view

    return marked


def raise_limit_where_marked() -> None:
    """Set the size this request may have, before anything reads its body."""
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, "byte_limit", None)
    if limit is not None:
        # The boundaries and the other fields of a form come on top of the file.
        request.max_content_length = limit() + 100_000


class StrictRequest(Request):
    """A request whose form never holds a NUL byte or a character that could not be read, nor its uploads a disk."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        """Return what keeps an upload while it comes: memory, as large as the view allows, and no temporary file."""
        return BytesIO()

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        is_urlencoded = self.mimetype == "application/x-www-form-urlencoded"
        if is_urlencoded:
            # Werkzeug would keep what it can't decode as "%FF", which then looks like something that was typed.
            refuse_undecodable(self.get_data())
        super()._load_form_data()
        for key, values in self.form.lists():
            for text in (key, *values):
                refuse_unreadable(text, may_hold_mark=is_urlencoded)


class Number(IntegerConverter):
    """A whole number of an address, of as many digits as `whole_number` takes."""

    regex = rf"\d{{1,{MOST_DIGITS}}}"


def whole_number(text: str) -> int | None:
    """Return a number that a form or a query names, None for anything but one to nine digits.

    The one way to read a number that was sent: databases know no larger row and fall over them, and Python refuses to
    read very long ones (tests/rules/test_forms.py).
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def refuse_undecodable(body: bytes) -> None:
    """Raise BadRequest for an urlencoded body whose bytes are not UTF-8."""
    try:
        unquote_to_bytes(body).decode()
    except UnicodeDecodeError as error:
        raise BadRequest("The request holds bytes that are not UTF-8.") from error


def refuse_unreadable(text: str, *, may_hold_mark: bool) -> None:
    """Raise BadRequest for text with a NUL byte, a lone surrogate or the mark (U+FFFD) of undecodable bytes.

    Where the bytes were seen, a mark is one that somebody pasted, and their work must not be lost for it.
    """
    if "\x00" in text:
        raise BadRequest("The request holds a NUL byte.")
    is_marked = "\ufffd" in text and not may_hold_mark
    if is_marked or any("\ud800" <= character <= "\udfff" for character in text):
        raise BadRequest("The request holds bytes that are not UTF-8.")


def refuse_what_is_no_form() -> None:
    """Raise UnsupportedMediaType for a body that is no form, outside the JSON: nothing else reads one."""
    is_asking = request.method in {"GET", "HEAD", "OPTIONS"} or request.routing_exception is not None
    is_empty = not request.content_length and "Transfer-Encoding" not in request.headers
    if is_asking or is_empty or request.path.startswith("/api/"):
        return
    if request.mimetype not in FORMS:
        raise UnsupportedMediaType


def refuse_malformed() -> None:
    """Raise for an address or a query that is too long, holds a NUL byte or is not UTF-8."""
    if len(request.query_string) > MAX_QUERY_BYTES:
        raise RequestURITooLarge
    path = request.environ.get("PATH_INFO", "").encode("latin-1", "replace")
    for raw in (path, unquote_to_bytes(request.query_string)):
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            raise BadRequest("The address holds bytes that are not UTF-8.") from error
        if "\x00" in text:
            raise BadRequest("The address holds a NUL byte.")


def install(app: Flask) -> None:
    """Refuse malformed requests before any view, and keep bodies small except where a view asks for more."""
    app.request_class = StrictRequest
    app.url_map.converters["int"] = Number
    # Flask states all three already (no limit, 500 kB, 1000): setdefault would change nothing.
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES, MAX_FORM_PARTS=MAX_FORM_PARTS
    )
    app.before_request(refuse_malformed)
    app.before_request(refuse_what_is_no_form)
    app.before_request(raise_limit_where_marked)
