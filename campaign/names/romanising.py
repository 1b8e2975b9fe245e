"""A name in plain Latin letters: for reading, for addresses, for telling whether two are equal."""

from functools import cache

from campaign.names.cleaning import clean
from campaign.names.parting import written_names, written_words
from campaign.names.pieces import Piece, words_read
from campaign.names.scripts import word_script
from campaign.names.sounds import squeeze
from campaign.names.tables import rows

MAX_SLUG = 60


def romanise(text: str) -> str:
    """Return the first name in `text` in lower-case ASCII letters, words parted by spaces; "" when nothing can be read.

    Uyghur through umsc, Chinese in toneless pinyin, Cyrillic and the rest through anyascii. Arabic and Persian do not
    write short vowels: common names get theirs from name_forms.tsv, others keep their consonants only.
    """
    names = written_names(text)
    if not names:
        return ""
    return " ".join(_readable(piece) for piece in words_read(names[0].words) if piece.ascii)


def slug_tail(text: str) -> str:
    """Return the first name in `text` for an address: lower-case ASCII letters and single hyphens, at most MAX_SLUG.

    "" when nothing can be read; the reference before it identifies the person, so it need not be unique.
    """
    tail = romanise(text).replace(" ", "-")
    return tail[:MAX_SLUG].strip("-")


def fold(text: str) -> str:
    """Return `text` folded for equality: lower-case ASCII letters of every script, doubled letters once."""
    return squeeze("".join(piece.ascii for piece in words_read(written_words(clean(text)))))


def _readable(piece: Piece) -> str:
    return piece.ascii if piece.vowelled else _vowelled_names().get(piece.text, piece.ascii)


@cache
def _vowelled_names() -> dict[str, str]:
    """Return given names in Arabic letters with their commonest Latin form: the first in name_forms.tsv."""
    return {
        form: row["forms"].split()[0]
        for row in rows("name_forms.tsv")
        for form in row["forms"].split()
        if word_script(form) == "Arab" and row["forms"].split()[0].isascii()
    }
