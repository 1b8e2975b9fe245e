"""Tickets of forms: for whom a form was drawn, on which page, in which tab. Signed (HMAC-SHA256), valid for a day.

A ticket opens nothing and changes nothing. It alone lets what was sent without a session be kept, for its account.
"""

import hashlib
import secrets
from typing import NamedTuple

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from campaign.clock import now
from campaign.web.context import keyring

FIELD = "ticket"
VALID_SECONDS = 24 * 3600
LONGEST_PAGE = 200


class Ticket(NamedTuple):
    """The account for whom a form was drawn, the path of its page, and the tab."""

    account_id: int
    page: str
    tab: str


class _Signer(TimestampSigner):
    def get_timestamp(self) -> int:
        """Return this moment in seconds, by the program's own clock."""
        return int(now().timestamp())


def new_tab() -> str:
    """Return what a tab is told apart by."""
    return secrets.token_hex(8)


def written(ticket: Ticket) -> str:
    """Return a ticket as a form carries it."""
    return str(_serializer().dumps(list(ticket)))


def read(text: str) -> Ticket | None:
    """Return the ticket that a form carries; None for one that is forged, of another key, or older than a day."""
    try:
        account_id, page, tab = _serializer().loads(text, max_age=VALID_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return Ticket(account_id, page, tab)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        keyring().ticket_key,
        salt="ticket of a form",
        signer=_Signer,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
