"""The commands that Flask and Flask-Migrate bring along: in production those are shut that change or bypass something.

They would stand open beside guarded ones: `flask db downgrade base` empties a database without a question, `flask run`
serves with none of the refusals of `flask serve`, `flask shell` writes without a row in the audit.
"""

from typing import NoReturn, cast

import click
from flask import Flask

from campaign.commands.group import BadInput

LOOKS_ONLY = frozenset({"current", "heads", "history", "branches", "show", "check"})
INSTEAD = {
    "run": "Type: flask serve",
    "shell": "Every act has a command of its own, with a row in the audit. Type: flask --help",
    "upgrade": "Type: flask init",
    "downgrade": "An older schema is reached by bringing back the copy that was made before the update.",
}


def fault_of_command() -> str:
    """Return a sentence where the command that runs now is one of Flask's own that production shuts, otherwise ""."""
    context = click.get_current_context(silent=True)
    is_flasks = context is not None and context.parent is not None and context.parent.parent is None
    name = (context.info_name or "") if context is not None and is_flasks else ""
    return _sentence(name) if name in {"run", "shell"} else ""


def shut_migrations(app: Flask) -> None:
    """Let `flask db` only look at the schema: whatever changes it, or files of the program, is refused."""
    group = cast(click.Group, app.cli.commands["db"])
    commands = {name: command if name in LOOKS_ONLY else _shut(name) for name, command in group.commands.items()}
    # A group of our own: that of the library is one for all applications of a process.
    app.cli.add_command(
        click.Group(group.name, commands, params=group.params, callback=group.callback, help=group.help)
    )


def _shut(name: str) -> click.Command:
    def refuse(words: tuple[str, ...]) -> NoReturn:
        raise BadInput(_sentence(f"db {name}"))

    anything = click.Argument(["words"], nargs=-1, type=click.UNPROCESSED)
    return click.Command(
        name, params=[anything], callback=refuse, help="Shut in production.",
        context_settings={"ignore_unknown_options": True},
    )  # fmt: skip


def _sentence(words: str) -> str:
    instead = INSTEAD.get(words.rpartition(" ")[2], "It is for those who write this program.")
    return f"flask {words} is shut in production. {instead}"
