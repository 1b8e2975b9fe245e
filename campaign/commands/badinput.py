"""What a command says of input that it can't work with."""

import click


class BadInput(click.ClickException):
    """What was given can't be worked with: its own words alone, and exit code 2 as for wrong arguments."""

    exit_code = 2
