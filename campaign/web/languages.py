"""Localised routes and templates: which language an address asks for, and the templates that speak it.

The campaign's first language lives without a prefix, every other one under `/<code>/`. The desk and the JSON are
English whatever the campaign speaks. Each language has a template environment of its own with its catalogue bound, so
that a message stands in the compiled template as it is said: looking it up for each page would cost a quarter of it.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Flask, current_app, has_request_context, request
from flask.blueprints import BlueprintSetupState
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from campaign import languages
from campaign.languages import Language
from campaign.settings import Settings, Unsafe
from campaign.web.headers import is_staff_address

View = TypeVar("View", bound=Callable[..., Any])


class Templates(Environment):
    """Templates of one language, whose messages are translated when they are compiled."""

    language: Language = languages.SOURCE

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = Translator(self.language).visit(super()._parse(source, name, filename))
        return tree


class Translator(NodeTransformer):
    """Puts each constant message into a syntax tree as it is said, with the expressions that fill its places.

    Without it every message would be looked up, and every sentence with places formatted and escaped, for each page.
    """

    def __init__(self, language: Language) -> None:
        self.catalogue, self.prefix = language.catalogue, language.prefix

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - the name that Jinja calls
        """Return what the addresses of the language begin with for `prefix`; any other name as it is."""
        is_prefix = node.name == "prefix" and node.ctx == "load"
        return nodes.Const(self.prefix, lineno=node.lineno) if is_prefix else node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name that Jinja calls
        """Return the message of `_("...")`, gettext and pgettext; any other call as it is."""
        self.generic_visit(node)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        words = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        look_up: dict[str, Callable[..., str]] = {
            "_": self.catalogue.gettext,
            "gettext": self.catalogue.gettext,
            "pgettext": self.catalogue.pgettext,
        }
        if called not in look_up or len(words) < len(node.args):
            return node
        return nodes.Const(look_up[called](*words), lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - the name that Jinja calls
        """Return an output with every message in it parted at its places."""
        self.generic_visit(node)
        node.nodes = [piece for child in node.nodes for piece in parted(child)]
        return node


def parted(node: nodes.Expr) -> list[nodes.Expr]:
    """Return a message and what fills its places as pieces to be written one after another; any other node alone.

    A message of {% trans %} holds markup, one that goes through the filter `format` does not.
    """
    if isinstance(node, nodes.Mod) and isinstance(node.left, nodes.MarkSafeIfAutoescape):
        message: nodes.Expr | None = node.left.expr
        is_markup = True
        pairs = [(pair.key, pair.value) for pair in node.right.items] if isinstance(node.right, nodes.Dict) else []
        filling = {key.value: value for key, value in pairs if isinstance(key, nodes.Const)}
    elif isinstance(node, nodes.Filter) and node.name == "format" and not node.args:
        message, is_markup = node.node, False
        filling = {pair.key: pair.value for pair in node.kwargs}
    else:
        return [node]
    if not isinstance(message, nodes.Const):
        return [node]
    pieces: list[nodes.Expr] = []
    for place, text in enumerate(FILLED.split(message.value)):
        if place % 2:
            pieces.append(filling[text])
        elif text:
            words = text.replace("%%", "%")
            pieces.append(nodes.TemplateData(words if is_markup else escape(words), lineno=node.lineno))
    return pieces


FILLED = re.compile(r"%\((\w+)\)s")


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


def templates_of(app: App) -> Templates:
    """Return the templates of an application in English."""
    templates = app.jinja_env
    assert isinstance(templates, Templates), "app.jinja_environment is set before anything asks for it"
    return templates


def environment() -> Templates:
    """Return the templates in the language that is spoken."""
    language = languages.current()
    if language is languages.SOURCE:
        return templates_of(current_app)
    made: dict[str, Templates] = current_app.extensions["environments"]
    if language.code not in made:
        # Kept bytecode goes by a template's name alone, and holds the messages of one language: English.
        made[language.code] = bound(templates_of(current_app).overlay(bytecode_cache=None), language)
    return made[language.code]


def bound(templates: Templates, language: Language) -> Templates:
    """Return an environment whose messages are those of a language, which its templates know as `language`."""
    templates.language = language
    said = language.catalogue
    # What can't be translated when a template is compiled: a message out of a table, the form for a number.
    messages = {"_": said.gettext, "ngettext": said.ngettext, "npgettext": said.npgettext}
    templates.globals = {**templates.globals, **messages, "language": language}
    return templates


def render(template: str, **shown: object) -> str:
    """Return a page for visitors in the language that is spoken. It is given no session and no account."""
    # The request itself and not Flask's stand-in for it, which a page would ask a dozen times.
    asked: Any = request
    return environment().get_template(template).render(shown, request=asked._get_current_object())


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
    bound(templates_of(app), languages.SOURCE)
    app.before_request(begin)
    app.teardown_request(end)
