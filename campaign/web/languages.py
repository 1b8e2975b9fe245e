"""Which language an address asks for, and the templates that speak it.

The campaign's first language lives without a prefix, every other one under `/<code>/`. The desk and the JSON are
English whatever the campaign speaks. Each language has a template environment of its own with its catalogue bound:
looking the language up anew for each message would take twenty times as long.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Flask, current_app, has_request_context, request
from flask.blueprints import BlueprintSetupState
from flask.sansio.app import App
from jinja2 import Environment

from campaign import languages
from campaign.languages import Language
from campaign.settings import Settings, Unsafe
from campaign.web.headers import is_staff_address

View = TypeVar("View", bound=Callable[..., Any])


def languages_of(app: App) -> dict[str, Language]:
    """Return the languages of the campaign's pages by the first part of their addresses, its own first, under ""."""
    known: dict[str, Language] = app.extensions["languages"]
    return known


def language_at(path: str) -> Language:
    """Return the language of the pages at an address."""
    known = languages_of(current_app)
    return known.get(path.split("/", 2)[1] if path.startswith("/") else "") or known[""]


def address_language() -> Language:
    """Return the language that addresses lead to from here: the page's own, the first one from anywhere else."""
    return language_at(request.path if has_request_context() else "")


def is_in_english(path: str) -> bool:
    """Whether an address is not a page for visitors: the desk, and what programs ask."""
    return is_staff_address(path) or path.startswith("/api/")


def begin() -> None:
    """Speak the language of the address that was asked for."""
    languages.speak(languages.SOURCE if is_in_english(request.path) else language_at(request.path))


def end(_error: BaseException | None) -> None:
    """Speak English again: what this thread does next may be no request."""
    languages.speak(languages.SOURCE)


def page(blueprint: Blueprint, rule: str) -> Callable[[View], View]:
    """Open a view at its address in each language of the campaign; the first one's own prefix redirects."""

    def opened(view: View) -> View:
        blueprint.record(lambda state: add_rules(state, rule, view))
        return view

    return opened


def add_rules(state: BlueprintSetupState, rule: str, view: Callable[..., Any]) -> None:
    """Add the rules of one page to the map of an application."""
    first, *others = languages_of(state.app).values()
    own = {"methods": ["GET"], "defaults": {"language": first.code}}
    state.add_url_rule(rule, view.__name__, view, **own)
    # Werkzeug redirects an alias to the rule that it stands for.
    state.add_url_rule(f"/{first.code}{rule}", view.__name__, view, alias=True, **own)
    for other in others:
        defaults = {"language": other.code}
        state.add_url_rule(f"{other.prefix}{rule}", view.__name__, view, methods=["GET"], defaults=defaults)


def keep_language(blueprint: Blueprint) -> None:
    """Let the addresses of a blueprint's pages lead on in the language of the page that names them."""

    def defaulted(endpoint: str, values: dict[str, Any]) -> None:
        if current_app.url_map.is_endpoint_expecting(endpoint, "language"):
            values.setdefault("language", address_language().code)

    def dropped(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is not None:
            values.pop("language", None)

    blueprint.url_defaults(defaulted)
    blueprint.url_value_preprocessor(dropped)


def alternates(path: str) -> list[tuple[Language, str]]:
    """Return each language of the campaign with the address of the page at `path` in it; nothing where it has one.

    Where no page is (404), it is the first page in that language.
    """
    known = languages_of(current_app)
    if len(known) < 2:
        return []
    is_page = (
        current_app.url_map.is_endpoint_expecting(request.endpoint or "", "language") if request.endpoint else False
    )
    bare = path.removeprefix(languages.current().prefix) if is_page else "/"
    return [(language, f"{language.prefix}{bare}") for language in known.values()]


def environment() -> Environment:
    """Return the templates in the language that is spoken."""
    language = languages.current()
    if language is languages.SOURCE:
        return current_app.jinja_env
    made: dict[str, Environment] = current_app.extensions["environments"]
    if language.code not in made:
        made[language.code] = bound(current_app.jinja_env.overlay(), language)
    return made[language.code]


def bound(templates: Environment, language: Language) -> Environment:
    """Return an environment whose messages are those of a language, which its templates know as `language`."""
    said = language.catalogue
    # Not the extension's own callables: they ask the context for the function at each message.
    messages = {"gettext": said.gettext, "ngettext": said.ngettext, "pgettext": said.pgettext, "_": said.gettext}
    messages["npgettext"] = said.npgettext
    templates.globals = {**templates.globals, **messages, "language": language, "prefix": language.prefix}
    return templates


def render(template: str, **shown: object) -> str:
    """Return a page for visitors in the language that is spoken. It is given no session and no account."""
    return environment().get_template(template).render(shown)


def load(settings: Settings) -> dict[str, Language]:
    """Return the languages of a campaign by the first part of their addresses. Raises Unsafe, with what to do."""
    first, *others = settings.languages
    folders = (*([settings.catalogues] if settings.catalogues else []), languages.SHIPPED)
    try:
        known = {"": languages.load(first, *folders)}
        return known | {code: languages.load(code, *folders, prefix=f"/{code}") for code in others}
    except languages.NoSuchLanguage as error:
        raise Unsafe(f"CAMPAIGN_LANGUAGES: {error}") from error


def install(app: Flask) -> None:
    """Load the campaign's languages, and speak in each request the one that its address asks for."""
    app.extensions["languages"] = load(app.extensions["settings"])
    app.extensions["environments"] = {}
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals["alternates"] = alternates
    app.jinja_env.filters["number"] = languages.number
    bound(app.jinja_env, languages.SOURCE)
    app.before_request(begin)
    app.teardown_request(end)
