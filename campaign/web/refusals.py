"""What no view should ever meet: NUL bytes, bytes that are not UTF-8, endless queries. Refused here, once, with 400.

Bodies are checked where they are first read, so that an upload's own size limit still counts.
"""

from urllib.parse import unquote_to_bytes

from flask import Flask, Request, request
from werkzeug.exceptions import BadRequest, RequestURITooLarge

from campaign.web.marks import raise_limit_where_marked

MAX_QUERY_BYTES = 4096
MAX_BODY_BYTES = 2_000_000
MAX_FORM_PARTS = 5000


class StrictRequest(Request):
    """A request whose form never holds a NUL byte or a character that could not be read."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        for key, values in self.form.lists():
            for text in (key, *values):
                refuse_unreadable(text)


def refuse_unreadable(text: str) -> None:
    """Raise BadRequest for text with a NUL byte, a lone surrogate or a mark of undecodable bytes."""
    if "\x00" in text:
        raise BadRequest("The request holds a NUL byte.")
    if "\ufffd" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise BadRequest("The request holds bytes that are not UTF-8.")


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
    # Flask states all three already (no limit, 500 kB, 1000): setdefault would change nothing.
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES, MAX_FORM_PARTS=MAX_FORM_PARTS
    )
    app.before_request(refuse_malformed)
    app.before_request(raise_limit_where_marked)
