"""What the rows and parts of a case file inherit."""

import secrets

import msgspec


def new_id() -> str:
    """Return eight random hex digits, by which a row is found again in every revision and cited."""
    return secrets.token_hex(4)


class Part(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One thing inside a file that is always there, empty or not, such as a sentence."""


class Row(Part, kw_only=True):
    """One of several things of a kind, such as a name. Its id stays with it for good."""

    id: str = msgspec.field(default_factory=new_id)
