"""`--expect NUMBER CHAIN` of the commands that check a log: a row that somebody noted on paper must be there.

The register does the same by itself, where it lies on a disk that whoever tampers does not reach.
"""

from collections.abc import Callable
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from campaign import hashchain
from campaign.database import db

expecting: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--expect", type=(int, str), metavar="NUMBER CHAIN", help="A number and how its chain began when you noted it."
)


def faults_of_expected(
    row: str,
    expect: tuple[int, str] | None,
    number: InstrumentedAttribute[int],
    chain: InstrumentedAttribute[str],
) -> tuple[str, ...]:
    """Return a sentence where a row is not the one that was noted, nothing where it is or nobody noted one."""
    if expect is None:
        return ()
    found = db.session.scalar(select(chain).where(number == expect[0]))
    fault = hashchain.fault_of_noted(row, *expect, found)
    return (fault,) if fault else ()
