"""Marks on view functions: who may come in, and how much a request may carry.

`app.create_app` refuses to start when a route outside the public edge carries no permission mark.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request

P = ParamSpec("P")
R = TypeVar("R")

ANYONE = "anyone"
SIGNED_IN = "signed_in"


def mark(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say who may call a view: ANYONE, SIGNED_IN or the value of an action of the permission table."""

    def marked(view: Callable[P, R]) -> Callable[P, R]:
        view.__dict__["permission"] = permission
        return view

    return marked


def mark_of(app: Flask, endpoint: str) -> str | None:
    """Return the permission that an endpoint's view carries, or None."""
    permission = getattr(app.view_functions[endpoint], "permission", None)
    return permission if isinstance(permission, str) else None


def accepts_bytes(limit: Callable[[], int]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view take a larger body than others (uploads): `@accepts_bytes(lambda: settings().max_photo_bytes)`."""

    def marked(view: Callable[P, R]) -> Callable[P, R]:
        view.__dict__["byte_limit"] = limit
        return view

    return marked


def raise_limit_where_marked() -> None:
    """Set the size this request may have, before anything reads its body."""
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, "byte_limit", None)
    if limit is not None:
        # The boundaries and the other fields of a form come on top of the file.
        request.max_content_length = limit() + 100_000
