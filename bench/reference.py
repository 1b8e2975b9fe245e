"""`python -m bench reference`: the tables of docs/reference.md, made from the code that they describe."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from flask import Flask

from app import create_app
from campaign.accounts.permissions import GIVEN_BY_TWO, PERMISSIONS, Role, in_words
from campaign.settings import PREFIX, TABLE, read
from campaign.vocabulary import VOCABULARIES
from campaign.web.marks import mark_of

Row = tuple[str, ...]
# Groups of commands that a library brings; its own manual describes them.
FOREIGN = {"db": "Flask-Migrate's"}
# What Flask answers by itself, for any address.
IMPLIED = {"HEAD", "OPTIONS"}

HEAD = """# Reference: settings, commands, addresses, vocabularies, roles

Made from the code by `make docs`; `tests/rules/test_docs.py` fails where a row is missing or says something else.
Change the sentence where the thing is defined (CONTRIBUTING.md), then `make docs`.
"""
EXAMPLE = """\
# Every setting, with what it is when nobody says: made from the code by `make docs`. deploy/install writes those that a
# campaign needs into /etc/byname/desk.env (the desk, the sweep, backups) and /etc/byname/public.env (the public site);
# a line copied there without the # holds from the next `systemctl restart byname.target`. Values stand in double quotes
# and hold neither quotes nor backslashes.
"""
SETTINGS = """
## Settings

Read once, at start, from the environment (`campaign/settings.py`); what is unsafe ends the process with status 2.
"""
COMMANDS = """
## Commands

`flask COMMAND --help` explains each option. `flask db` is Flask-Migrate's; `flask init` is all that a home needs of it.
"""
ADDRESSES = """
## Addresses

*Who* is a permission of the last table; *anyone* needs no session, *signed in* any role. The public pages are also
found under `/<language>/` for every further language (docs/languages.md).
"""
VOCABULARY = """
## Vocabularies

Closed lists of codes (`campaign/vocabulary`). A code never changes and never goes; *retired* ones are
read, not offered.
"""
ROLES = """
## Roles and permissions

`campaign/accounts/permissions.py`. Contributors and translators act only on cases that they own or are named on; nobody
reviews, signs or publishes what they wrote. Given by two administrators only: {given_by_two}.
"""


def settings() -> list[Row]:
    """Return name, default and sentence of every setting."""
    return [(f"`CAMPAIGN_{row.name}`", f"`{row.default}`" if row.default else "", row.sentence) for row in TABLE]


def environment() -> str:
    """Return deploy/byname.env.example: every setting with its sentence, as a line that is switched off."""
    lines = (f'# {row.sentence}\n#{PREFIX}{row.name}="{row.default}"\n' for row in TABLE)
    return "\n".join((EXAMPLE, *lines))


def commands(app: Flask) -> list[Row]:
    """Return every command with its parameters, and what it does."""
    return [(f"`flask {path}`", sentence) for path, sentence in _commands(app.cli, "")]


def _commands(group: click.Group, before: str) -> Iterator[tuple[str, str]]:
    for name, command in sorted(group.commands.items()):
        if not before and name in FOREIGN:
            continue
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
            continue
        parameters = [_parameter(one) for one in command.params]
        yield " ".join((f"{before}{name}", *parameters)), _first_line(command.help)


def _parameter(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        name = (parameter.name or "").upper() + ("..." if parameter.nargs == -1 else "")
    else:
        name = parameter.opts[0]
    return name if parameter.required else f"[{name}]"


def addresses(app: Flask) -> list[Row]:
    """Return address, methods, who may enter and what it does; without the doubles under the language's own prefix."""
    own = f"/{app.extensions['settings'].languages[0]}/"
    found: list[Row] = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(own):
            continue
        methods = " ".join(sorted((rule.methods or set()) - IMPLIED))
        who = (mark_of(app, rule.endpoint) or "anyone").replace("_", " ")
        found.append((f"`{rule.rule}`", methods, who, _first_line(app.view_functions[rule.endpoint].__doc__)))
    return sorted(found)


def vocabularies() -> list[Row]:
    """Return every vocabulary with its codes."""
    found: list[Row] = []
    for name, vocabulary in VOCABULARIES.items():
        codes = ", ".join(f"`{term.code}`" + (" (retired)" if term.is_retired else "") for term in vocabulary.terms)
        found.append((f"`{name}`", vocabulary.title, codes))
    return found


def permissions() -> list[Row]:
    """Return every permission, with a cross for each role that has it."""
    return [
        (f"`{action.value}`", *("x" if role in PERMISSIONS[action] else "" for role in Role)) for action in PERMISSIONS
    ]


def text(app: Flask) -> str:
    """Return docs/reference.md as it must read today."""
    given_by_two = ", ".join(in_words(role) for role in Role if role in GIVEN_BY_TWO)
    return "".join(
        (
            HEAD,
            SETTINGS,
            _table(("setting", "default", "what it does"), settings()),
            COMMANDS,
            _table(("command", "what it does"), commands(app)),
            ADDRESSES,
            _table(("address", "methods", "who", "what it does"), addresses(app)),
            VOCABULARY,
            _table(("vocabulary", "title", "codes"), vocabularies()),
            ROLES.format(given_by_two=given_by_two),
            _table(("permission", *(in_words(role) for role in Role)), permissions()),
        )
    )


def _table(heads: Row, rows: Iterable[Row]) -> str:
    lines = [heads, ("---",) * len(heads), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _first_line(words: str | None) -> str:
    return " ".join((words or "").strip().partition("\n\n")[0].split())


def an_app() -> Flask:
    """Return an application of every edge in an empty home."""
    with tempfile.TemporaryDirectory() as home:
        return create_app(read({"CAMPAIGN_HOME": str(Path(home))}))
