"""Security headers of every answer, by zone. The texts are exact; tests compare them byte for byte.

Zones: staff pages, public pages, pages made to stand in other people's pages (/embed/), and whatever is not HTML.
"""

from flask import Flask, Response, current_app, request

from campaign.settings import Settings
from campaign.web.addresses import host_asked, is_other_name
from campaign.web.context import settings

STAFF_POLICY = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; form-action 'self'; "
    "script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
)
PUBLIC_POLICY = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; form-action 'self'; "
    "script-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; "
    "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; media-src 'self'"
)
# Kept for issue 9 (the public voice), embedding: no such page is served yet.
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # no-referrer would make Flask-WTF refuse every POST over https.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), "
        "browsing-topics=()"
    ),
}
# By what CAMPAIGN_STRICT_TRANSPORT says: a campaign at a subdomain of somebody else binds none of theirs.
STRICT_TRANSPORT = {
    "host": "max-age=63072000",
    "subdomains": "max-age=63072000; includeSubDomains",
    "preload": "max-age=63072000; includeSubDomains; preload",
}


def strict_transport(here: Settings, host: str) -> str:
    """Return what a host asks browsers for; a mirror speaks for itself alone, whatever the main one says."""
    return STRICT_TRANSPORT["host" if is_other_name(here, host) else here.strict_transport]


def is_staff_address(path: str) -> bool:
    """Whether a path lies in the zone of the desk, accounts included."""
    return path == "/staff" or path.startswith("/staff/")


def policy(path: str, mimetype: str) -> str:
    """Return the content security policy of an answer by its address and type."""
    if mimetype != "text/html":
        return DATA_POLICY
    if is_staff_address(path):
        return STAFF_POLICY
    return EMBED_POLICY if path.startswith("/embed/") else PUBLIC_POLICY


def protect(response: Response) -> Response:
    """Return the answer with the headers of its zone. A view may widen Cross-Origin-Resource-Policy, nothing else."""
    response.headers["Content-Security-Policy"] = policy(request.path, response.mimetype or "")
    response.headers.update(ALWAYS)
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.path.startswith("/embed/") and response.mimetype == "text/html":
        del response.headers["X-Frame-Options"]
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = strict_transport(settings(), host_asked())
    is_refusal = response.status_code >= 400 and response.status_code != 410
    if is_refusal or is_staff_address(request.path) or is_answer_to_session():
        response.headers["Cache-Control"] = "no-store"
    return response


def is_answer_to_session() -> bool:
    """Whether whoever asked carries a session, and the answer is not a file that is the same for all."""
    carries = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return carries and request.endpoint not in {"static", "font"}


def install(app: Flask) -> None:
    """Set the headers of every answer, errors included."""
    app.after_request(protect)
