"""The address of a profile: its reference, and a tail that a reader may recognise.

The reference alone decides; a tail may change, be shared or be missing.
"""

import re
import unicodedata

from anyascii import anyascii

from campaign.cases.file import CaseFile

LONGEST_TAIL = 60
_OTHER = re.compile(r"[^a-z0-9]+")


def slug_of(ref: str, file: CaseFile) -> str:
    """Return the reference with the preferred public name in Latin letters, or the reference alone."""
    tail = tail_of(_name(file))
    return f"{ref}-{tail}" if tail else ref


def tail_of(name: str) -> str:
    """Return a name in small Latin letters with hyphens, "" where nothing of it can be written so."""
    latin = anyascii(unicodedata.normalize("NFC", name)).lower().replace("'", "")
    return _OTHER.sub("-", latin)[:LONGEST_TAIL].strip("-")


def _name(file: CaseFile) -> str:
    """Return the public name to make an address of: a Latin one where there is one, the preferred one first."""
    public = [name for name in file.names if name.is_public and name.text]
    ranked = sorted(public, key=lambda name: (name.script != "Latn", not name.is_preferred))
    return ranked[0].text if ranked else ""
