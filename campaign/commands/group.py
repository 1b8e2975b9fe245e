"""Command groups whose errors say what to do, and the error for input that a command can't work with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError, OperationalError

from campaign.database import is_rivalry
from campaign.database_errors import in_words, is_disk_full
from campaign.formats import UnreadableDocument


class BadInput(click.ClickException):
    """What was given can't be worked with: its own words alone, and exit code 2 as for wrong arguments."""

    exit_code = 2


@contextmanager
def told() -> Iterator[None]:
    """Let a command end with what to do where somebody else was first, or the database takes nothing or is away."""
    try:
        yield
    except UnreadableDocument as fault:
        raise click.ClickException(f"{fault} Nothing of this was written.") from fault
    except IntegrityError as error:
        if not is_rivalry(error):
            raise
        raise click.ClickException(
            "Somebody else wrote the same at the same moment. Nothing of this was written: run it again."
        ) from error
    except OperationalError as error:
        if is_disk_full(error):
            raise click.ClickException(
                f"The disk of this home's database is full ({in_words(error)}). Nothing was written: make room, then "
                "run it again."
            ) from error
        raise click.ClickException(
            "The database takes nothing at the moment: somebody writes something large, its disk is full, or it is "
            f"away ({in_words(error)}). Nothing of this was written: run it again."
        ) from error


class Group(AppGroup):
    """A group whose commands end with a sentence where a second try may mend it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises ClickException for what a second try may mend."""
        with told():
            return super().invoke(ctx)


class Command(click.Command):
    """A command of its own whose errors are told as those of a group."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises ClickException for what a second try may mend."""
        with told():
            return super().invoke(ctx)
