"""Guards of the desk's views: signed in with both factors, and for the deeds of FRESH_FACTOR, freshly."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from campaign.accounts import factors, passkeys, sessions
from campaign.accounts.forms import CodeForm
from campaign.accounts.models import Account
from campaign.accounts.permissions import FRESH_FACTOR, Action, first_page, may
from campaign.database import db
from campaign.web.context import settings
from campaign.web.forms import typed as all_typed
from campaign.web.headers import is_staff_address
from campaign.web.marks import ANYONE, SIGNED_IN, mark, mark_of

P = ParamSpec("P")
R = TypeVar("R")
PROOF = "proof-"
WRONG_CODE = "This code is not valid. Wait for the next one, or use a recovery code."
WRONG_PASSKEY = "No passkey of this account was shown. Press the button again, and choose one that you have registered."


def me() -> Account:
    """Return the account that is signed in. Only for views that strangers cannot enter."""
    return cast(Account, current_user._get_current_object())


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody into a view who is signed in, whatever their roles."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user.is_authenticated:
            abort(401)
        return view(*args, **kwargs)

    return mark(SIGNED_IN)(guarded)


def freshly(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Ask for a second factor first where none was shown in the last ten minutes. Stands below @requires."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        asked = ask_again()
        return view(*args, **kwargs) if asked is None else asked

    return guarded


def does(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say which deed of the table FRESH_FACTOR a view does, where it is not the one that lets somebody in."""

    def marked(view: Callable[P, R]) -> Callable[P, R]:
        view.__dict__["deed"] = action.value
        return view

    return marked


def deed_of(endpoint: str) -> str | None:
    """Return which deed a form that is sent to a view does: what it says of itself, or its permission mark."""
    said = getattr(current_app.view_functions[endpoint], "deed", None)
    return said if isinstance(said, str) else mark_of(current_app, endpoint)


def in_emergency(view: Callable[P, R]) -> Callable[P, R]:
    """Open a view to an emergency session too. Every other view that is not open to anyone is shut to it."""
    view.__dict__["in_emergency"] = True
    return view


def keep_to_the_emergency() -> ResponseReturnValue | None:
    """Lead an emergency session to its one page, and refuse whatever else it sends."""
    endpoint = request.endpoint
    if endpoint is None or not is_staff_address(request.path) or mark_of(current_app, endpoint) == ANYONE:
        return None
    is_open = hasattr(current_app.view_functions[endpoint], "in_emergency")
    if is_open or not current_user.is_authenticated or not me().is_emergency:
        return None
    return redirect(first_page(me())) if request.method == "GET" else abort(403)


def keep_to_one_host() -> ResponseReturnValue | None:
    """Refuse the desk under another host than its own: passkeys are bound to that one.

    A host that is named for the desk alone is told to nobody; that of the site leads on to it.
    """
    here = settings()
    is_kept = bool(here.staff_host) or here.has_passkeys
    if not is_kept or not is_staff_address(request.path) or urlsplit(request.host_url).hostname == here.desk_host:
        return None
    if here.staff_host or request.method not in {"GET", "HEAD"}:
        abort(404)
    return redirect(here.desk_address + request.full_path.rstrip("?"))


def ask_for_the_table() -> ResponseReturnValue | None:
    """Ask for a second factor before a form that does a deed of the table FRESH_FACTOR."""
    if request.method != "POST" or request.endpoint is None or not current_user.is_authenticated:
        return None
    lets_in = mark_of(current_app, request.endpoint)
    if lets_in in set(Action) and not may(me(), Action(lets_in)):
        return None  # refused by the view
    return ask_again() if deed_of(request.endpoint) in FRESH_FACTOR else None


def ask_again() -> ResponseReturnValue | None:
    """Return the page that asks for a code, None where one was shown in this session in the last ten minutes.

    A form comes back inside that page and is sent again with the code: nothing that was typed is lost, files aside.
    Raises factors.TooOften.
    """
    if sessions.is_fresh(sessions.current()):
        return None
    if request.method != "POST":
        return redirect(url_for("accounts.prove", next=request.full_path))
    form = CodeForm(prefix=PROOF)
    if {form.code.name, form.passkey.name} & form.sent.keys() and form.validate():
        is_right = factors.prove_again(me(), form.typed, form.passkey.data or "")
        db.session.commit()
        if is_right:
            return None
        form.code.errors = [wrong(form)]
    typed = {name: values for name, values in all_typed().items() if not name.startswith(PROOF)}
    words = {"typed": typed, "is_file_lost": bool(request.files), "title": "Show that it is you", **factors.ways(me())}
    return render_template("accounts/code.html", form=form, **words), 403


def wrong(form: CodeForm) -> str:
    """Return why a second step did not hold."""
    return WRONG_PASSKEY if form.passkey.data or passkeys.is_due(me()) else WRONG_CODE


def page_before() -> str:
    """Return the page of the desk on which a form stood, as the browser tells it; one's own page where it does not."""
    before = urlsplit(request.referrer or "")
    return safe_next(before.path if before.netloc == request.host else None, "/staff/me")


def safe_next(target: str | None, otherwise: str = "/staff/") -> str:
    """Return where to go on to: an address of the desk as it was asked for, or `otherwise`."""
    if not target or not target.isascii() or not target.isprintable() or "\\" in target or target.startswith("//"):
        return otherwise
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not is_staff_address(parts.path) or "/../" in f"{parts.path}/":
        return otherwise
    return otherwise if parts.path in {"/staff", "/staff/"} else target.rstrip("?")


def refuse_strangers() -> None:
    """Stop every request under /staff by who is not signed in, unless its view is marked as open to anyone."""
    endpoint = request.endpoint
    if not is_staff_address(request.path) or endpoint is None:
        return
    if mark_of(current_app, endpoint) != ANYONE and not current_user.is_authenticated:
        abort(401)


def to_sign_in(_error: Exception) -> ResponseReturnValue:
    """Lead who is not signed in to the sign-in page, and back afterwards where they only wanted to read."""
    wanted = request.full_path if request.method == "GET" else None
    was_in = "yes" if sessions.COOKIE_KEY in session else None
    return redirect(url_for("accounts.sign_in", next=safe_next(wanted) if wanted else None, ended=was_in))


def install(app: Flask) -> None:
    """Let Flask-Login ask our sessions. Its own cookie and context processor stay out: public pages know no session."""
    manager = LoginManager()
    manager.session_protection = None  # it hashes headers that change in Tor
    manager.user_loader(sessions.account_of)
    app.login_manager = manager  # type: ignore[attr-defined]  # what init_app sets, without its after_request
    app.jinja_env.globals["current_user"] = current_user
    app.before_request(keep_to_one_host)
    app.before_request(refuse_strangers)
    app.before_request(keep_to_the_emergency)
    app.register_error_handler(401, to_sign_in)
