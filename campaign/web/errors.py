"""Error handlers: one sentence and one way on for people, RFC 9457 problem details for programs.

Nothing of the cause is shown: no trace, no version, no name of a table.
"""

import errno
from http import HTTPStatus

import msgspec
import structlog
from flask import Flask, Response, current_app, request
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from werkzeug.exceptions import Conflict, HTTPException, InternalServerError, ServiceUnavailable

from campaign.database import is_rivalry
from campaign.formats import UnreadableDocument
from campaign.keys import Unreadable
from campaign.languages import gettext, gettext_noop
from campaign.web.context import settings
from campaign.web.headers import is_staff_address
from campaign.web.languages import environment, render

SENTENCES = {
    400: gettext_noop("This request could not be read."),
    401: gettext_noop("Please sign in first."),
    403: gettext_noop("Your role does not open this page."),
    404: gettext_noop("There is no page at this address."),
    405: gettext_noop("This address does not answer that kind of request."),
    409: gettext_noop("Somebody else changed this in the meantime."),
    410: gettext_noop("This is not public at present. Please take down copies of it and do not share them."),
    413: gettext_noop("This is larger than can be taken here."),
    414: gettext_noop("This address is longer than can be read."),
    415: gettext_noop("This kind of file can't be taken here."),
    422: gettext_noop("Something in the form needs another look."),
    429: gettext_noop("That was too often. Please wait a little and try again."),
    500: gettext_noop("Something went wrong here. It has been noted."),
    503: gettext_noop("This can't be done at the moment. Please try again shortly; nothing was lost."),
}
TITLES = {
    400: gettext_noop("Bad Request"),
    401: gettext_noop("Unauthorized"),
    403: gettext_noop("Forbidden"),
    404: gettext_noop("Not Found"),
    405: gettext_noop("Method Not Allowed"),
    409: gettext_noop("Conflict"),
    410: gettext_noop("Gone"),
    413: gettext_noop("Request Entity Too Large"),
    414: gettext_noop("Request-URI Too Long"),
    415: gettext_noop("Unsupported Media Type"),
    422: gettext_noop("Unprocessable Entity"),
    429: gettext_noop("Too Many Requests"),
    500: gettext_noop("Internal Server Error"),
    503: gettext_noop("Service Unavailable"),
}
OTHER = gettext_noop("This did not work.")
# What a disk says that takes no more: full, over its quota, beyond the largest file, mounted for reading.
DISK_REFUSES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
log = structlog.get_logger("web")


def sentence_for(status: int) -> str:
    """Return what is told about a status, in English: programs are; a page says it in its own language."""
    return SENTENCES.get(status, OTHER)


def title_for(status: int) -> str:
    """Return the standard's short name of a status, such as "Not Found", in English."""
    if status in TITLES:
        return TITLES[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def wants_problem_details() -> bool:
    """Whether a program asked: an address of the partners' edge, or an Accept header that prefers JSON."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return best in {"application/json", "application/problem+json"}


def problem(status: int, detail: str = "", **members: object) -> Response:
    """Return problem details (RFC 9457): title, status, detail and whatever members the caller adds."""
    body = {"type": "about:blank", "title": title_for(status), "status": status, "detail": detail, **members}
    body["detail"] = detail or sentence_for(status)
    return Response(msgspec.json.encode(body), status=status, mimetype="application/problem+json")


def error_page(status: int, sentence: str = "") -> Response:
    """Return the page of an error, in the dress of its zone."""
    said = sentence or gettext(sentence_for(status))
    words = {"status": status, "title": gettext(title_for(status)), "sentence": said}
    is_public = "public" in current_app.blueprints and not is_staff_address(request.path)
    if is_public and status not in {400, 500, 503}:
        return Response(render("public/error.html", **words), status=status, mimetype="text/html")
    # No context processor runs here: what is broken must not be asked again.
    page = (
        environment()
        .get_template("shared/error.html")
        .render(campaign=settings(), typed=typed() if status in {409, 503} else {}, **words)
    )
    return Response(page, status=status, mimetype="text/html")


def typed() -> dict[str, list[str]]:
    """Return the form that was sent to the desk, to be sent again as it is, with the token it came with.

    Not one of the ways in: passwords and codes are shown to nobody. Not one with a file, which no page can hold.
    """
    if request.method != "POST" or request.blueprint != "staff" or request.files:
        return {}
    from campaign.web.forms import typed as all_typed  # not at the top: the public edge loads no forms

    return all_typed()


def answer(status: int, sentence: str = "") -> Response:
    """Return an error as whoever asked can read it."""
    return problem(status, sentence) if wants_problem_details() else error_page(status, sentence)


def on_http_error(error: HTTPException) -> Response:
    """Answer what Werkzeug or a view raised, keeping headers such as Retry-After, Allow and Location."""
    if error.response is not None and error.response.status_code < 400:
        return Response("", error.response.status_code, dict(error.response.headers))
    response = answer(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def on_database_error(error: OperationalError | InternalError) -> Response:
    """Answer 503 where the database is full, read-only, locked or away; reading goes on meanwhile."""
    log.error("database refused", reason=type(error.orig).__name__, endpoint=request.endpoint)
    return not_now()


def on_rivalry(error: IntegrityError) -> Response:
    """Answer 409 where somebody else wrote the same at the same moment; any other row refused is a crash."""
    if not is_rivalry(error):
        return on_crash(error)
    log.info("rivalry", endpoint=request.endpoint)
    return answer(Conflict.code)


def on_disk_error(error: OSError) -> Response:
    """Answer 503 where the disk takes no more; any other trouble with files is a crash."""
    if error.errno not in DISK_REFUSES:
        return on_crash(error)
    log.error("disk refused", reason=errno.errorcode[error.errno], endpoint=request.endpoint)
    return not_now()


def on_unreadable(error: UnreadableDocument | Unreadable) -> Response:
    """Answer 503 where something stored can't be read, and name it: it is not gone, and nothing else stands for it."""
    log.error("document unreadable", reason=str(error), endpoint=request.endpoint)
    response = answer(ServiceUnavailable.code, f"{error} Nothing was changed; whoever runs this site must look at it.")
    response.headers["Cache-Control"] = "no-store"
    return response


def not_now() -> Response:
    """Return 503 with when to try again."""
    response = answer(ServiceUnavailable.code)
    response.headers["Retry-After"] = "10"
    return response


def on_crash(error: Exception) -> Response:
    """Answer 500 and log where it happened, without what the visitor sent."""
    current_app.logger.error("crash", exc_info=error)
    return answer(InternalServerError.code)


def install(app: Flask) -> None:
    """Answer every error through this module."""
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(OperationalError, on_database_error)
    app.register_error_handler(IntegrityError, on_rivalry)
    # What PostgreSQL says of a write to a copy that only reads (SQLSTATE 25006).
    app.register_error_handler(InternalError, on_database_error)
    app.register_error_handler(OSError, on_disk_error)
    app.register_error_handler(UnreadableDocument, on_unreadable)
    app.register_error_handler(Unreadable, on_unreadable)
    app.register_error_handler(Exception, on_crash)
