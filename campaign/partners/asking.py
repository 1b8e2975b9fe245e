"""Reading what a program asks for. Whatever can't be read is refused with a sentence, never guessed."""

from flask import request

from campaign.search import LONGEST
from campaign.vocabulary import STATUS

DEFAULT_LIMIT = 100
MAX_LIMIT = 500
MAX_NUMBER_DIGITS = 9


class Unanswerable(Exception):
    """A question that can't be answered; its text says what would be."""


def number(name: str, default: int) -> int:
    """Return a whole number of the query. Raises Unanswerable for anything but up to nine digits."""
    given = request.args.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= MAX_NUMBER_DIGITS):
        raise Unanswerable(f"'{name}' must be a whole number, 0 or more.")
    return int(given)


def limit() -> int:
    """Return how many the answer may hold: 100 unless asked, 1 to 500."""
    asked = number("limit", DEFAULT_LIMIT)
    if not 1 <= asked <= MAX_LIMIT:
        raise Unanswerable(f"'limit' must lie between 1 and {MAX_LIMIT}.")
    return asked


def status() -> str:
    """Return the status asked for, "" for any. Raises Unanswerable for a code that the vocabulary lacks."""
    asked = request.args.get("status", "")
    if asked and asked not in STATUS:
        raise Unanswerable("'status' must be a status code; /api/v1/openapi.json and /methodology list them.")
    return asked


def query() -> str:
    """Return what is searched for, "" for a list of everybody. Raises Unanswerable for more than a page would ask."""
    asked = request.args.get("q", "").strip()
    if len(asked) > LONGEST:
        raise Unanswerable(f"'q' must have at most {LONGEST} characters.")
    return asked


def after() -> str:
    """Return the ref after which to go on, "" for the beginning."""
    asked = request.args.get("after", "")
    if len(asked) > 40:
        raise Unanswerable("'after' must be a reference, as 'next' gave it.")
    return asked
