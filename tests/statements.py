"""What runs while something is done, counted: SQL statements, and calls of one function of ours."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from flask import Flask, has_app_context
from sqlalchemy import Engine, event

from campaign.database import db


@contextmanager
def recorded(app: Flask) -> Iterator[list[str]]:
    """Collect every statement that is sent to the database inside; what only begins a transaction is left out."""
    found: list[str] = []

    def remember(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    engine = _engine(app)
    event.listen(engine, "before_cursor_execute", remember)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", remember)


def _engine(app: Flask) -> Engine:
    if has_app_context():
        return db.engine
    with app.app_context():
        return db.engine


@contextmanager
def called(function: Callable[..., object]) -> Iterator[list[CodeType]]:
    """Collect an entry for each call of a function of ours inside, whoever calls it by whatever name."""
    code: CodeType = function.__code__  # type: ignore[attr-defined]
    found: list[CodeType] = []
    before = sys.getprofile()

    def remember(frame: FrameType, what: str, argument: object) -> None:
        if what == "call" and frame.f_code is code:
            found.append(code)
        if before is not None:
            before(frame, what, argument)

    sys.setprofile(remember)
    try:
        yield found
    finally:
        sys.setprofile(before)
