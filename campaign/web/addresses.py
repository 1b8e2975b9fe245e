"""Several addresses of one campaign: mirror names, and an onion address, for where the main one is blocked.

All of them show the same public pages. What search engines and others are told (canonical links, feeds' ids, codes on
paper) names the main address; what a visitor follows stays on the name by which they came. None of them has the desk.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, request

from campaign.settings import Settings
from campaign.web.context import settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment


def host_of(environ: "WSGIEnvironment") -> str:
    """Return the host that a request names, without its port, whether we answer to it or not."""
    return str(environ.get("HTTP_HOST", "")).partition(":")[0].lower()


def host_asked() -> str:
    """Return the host that was asked, without its port, also while one that is not ours is refused."""
    return host_of(request.environ)


def is_other_name(here: Settings, host: str) -> bool:
    """Whether a host is a further name of the public pages: a mirror or the onion address."""
    return host in here.mirrors or bool(here.onion and host == here.onion)


def address_asked() -> str:
    """Return the address, without a final slash, by which a visitor came: the main one, a mirror or the onion."""
    here, host = settings(), host_asked()
    if here.onion and host == here.onion:
        return f"http://{host}"
    return next((one for one in here.mirror_addresses if urlsplit(one).hostname == host), here.address)


def refuse_the_desk_elsewhere() -> None:
    """Answer 404 to the desk's addresses under a further name: where the desk is, is told to nobody there."""
    if (request.path == "/staff" or request.path.startswith("/staff/")) and is_other_name(settings(), host_asked()):
        abort(404)


def tell_the_onion(response: Response) -> Response:
    """Return a public page with its address behind Tor (Onion-Location, which Tor Browser offers), if there is one."""
    here = settings()
    is_page = response.status_code == 200 and response.mimetype == "text/html" and request.blueprint == "public"
    if here.onion and is_page and request.is_secure:
        asked = request.query_string.decode("ascii", "ignore")
        path = quote(request.script_root + request.path)
        response.headers["Onion-Location"] = f"http://{here.onion}{path}{'?' if asked else ''}{asked}"
    return response


class OnionScheme:
    """WSGI middleware: a visit by the onion address is no https, whatever a server is told of all others.

    Tor itself ends it, sealed and certain of whom it reaches; a promise of https there could not be kept.
    """

    def __init__(self, application: "WSGIApplication", onion: str) -> None:
        self.application, self.onion = application, onion

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer."""
        if host_of(environ) == self.onion:
            environ["wsgi.url_scheme"] = "http"
        return self.application(environ, start_response)


def stand_in_front(app: Flask) -> None:
    """Tell every part of the application, the page cache too, what a visit by the onion address is."""
    onion = app.extensions["settings"].onion
    if onion:
        app.wsgi_app = OnionScheme(app.wsgi_app, onion)  # type: ignore[method-assign]


def install(app: Flask) -> None:
    """Answer under every name of the campaign, with the desk under its own alone."""
    app.before_request(refuse_the_desk_elsewhere)
    app.after_request(tell_the_onion)
