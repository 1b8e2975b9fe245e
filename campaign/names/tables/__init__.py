"""The tables of the names room, read once each. They are data: see README.md beside this file."""

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import cast


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the tab-separated table `name`; lines that begin with # are left out."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(
        {column: value or "" for column, value in row.items() if column}
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    )


@cache
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """Return column `key` to column `value` of the table `name`."""
    return {row[key]: row[value] for row in rows(name)}


@cache
def document(name: str) -> dict[str, object]:
    """Return the TOML table `name`."""
    return cast(dict[str, object], tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8")))
