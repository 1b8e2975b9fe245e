"""`flask names`: each step of reading and matching names, in lines for a person at a terminal."""

import unicodedata
from collections.abc import Iterator

import click
from flask import Flask

from campaign.names.blocking_keys import keys, query_keys
from campaign.names.matching import Match, score
from campaign.names.reading import Name, fold, forms, romanise, slug_tail
from campaign.names.reasons import why
from campaign.names.scripts import first_letter, script_of

LONGEST_LINE = 400

# What the kinds of keys (campaign.names.blocking_keys) are, in the order to show them.
KEY_KINDS = {
    "n": "a name known in several forms",
    "f": "its letters",
    "s": "its consonants, voiced and voiceless alike",
    "w": "the consonants of all words",
    "d": "consonants, one left out",
    "t": "letters, one left out",
}
VOWELS = {
    "full": "all vowels written",
    "abjad": "short vowels not written",
    "syllabic": "a foreign name by Chinese syllables",
    "pinyin": "Chinese",
}


def explained(text: str) -> Iterator[str]:
    """Yield the steps from a name as written to the keys that it is stored and asked by."""
    read = forms(text)
    yield f"written     {printable(text)}"
    yield f"script      {script_of(text)}, first letter {printable(first_letter(text)) or '-'}"
    yield f"romanised   {romanise(text)}"
    yield f"address     {slug_tail(text)}"
    yield f"folded      {printable(fold(text))}"
    if not read.names:
        yield "no name     It holds no letter that can be read."
    for number, name in enumerate(read.names, start=1):
        yield f"name {number}      {printable(name.text)}{' (another name of the field)' if name.is_alias else ''}"
        yield from _tokens(name)
    stored = sorted(keys(read))
    yield f"stored by   {len(stored)} keys"
    for kind, meaning in KEY_KINDS.items():
        own = [key[1:] for key in stored if key[0] == kind]
        if own:
            yield f"  {meaning}: {printable(' '.join(own))}"
    yield f"asked by    {len(query_keys(read))} keys: these, and with one sound more or less"


def compared(left: str, right: str) -> Iterator[str]:
    """Yield the score of two names and its evidence, word by word."""
    match = score(left, right)
    reason = why(match)
    yield f"score   {match.score:.3f}"
    details = ", ".join(f"{key}: {value}" for key, value in reason.parameters.items())
    yield f"reason  {reason.code} {printable(details)}".rstrip()
    yield from _evidence(match)


def printable(text: str) -> str:
    """Return `text` on one line that any terminal takes: what can't be seen as its escape, cut at LONGEST_LINE."""
    cut = f"... ({len(text)} characters)" if len(text) > LONGEST_LINE else ""
    return "".join(char if _is_seen(char) else ascii(char)[1:-1] for char in text[:LONGEST_LINE]) + cut


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ" or char == " "


def _tokens(name: Name) -> Iterator[str]:
    for token in name.tokens:
        share = "" if token.weight == 1 else f", counts {token.weight:g} of a name"
        yield f"  {printable(token.text)}: {token.roman}, {token.role}{share}"
        for reading in token.readings:
            yield f"    sounds {reading.sounds} (read as {reading.orthography}; {VOWELS[reading.vowels]})"
        yield f"    consonants {' or '.join(one or '-' for one in token.skeletons)}"
        if token.same_as:
            yield f"    a form of {' and of '.join(sorted(token.same_as))}"


def _evidence(match: Match) -> Iterator[str]:
    for pair in match.pairs:
        words = f"{printable(pair.left)} = {printable(pair.right)}"
        yield f"  {words}: {pair.how} {pair.nearness:.3f}, weight {pair.weight:g}"
    if match.is_reordered:
        yield "  in another order"


@click.group("names")
def names() -> None:
    """Read and compare names in any script. Needs no home."""


@names.command("explain")
@click.argument("name")
def explain(name: str) -> None:
    """Show each step from NAME as written to the keys it is found by."""
    for line in explained(name):
        click.echo(line)


@names.command("match")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
def match(left: str, right: str) -> None:
    """Show how alike the names A and B are, and why."""
    for line in compared(left, right):
        click.echo(line)


def register(app: Flask) -> None:
    """Give the application its `names` commands."""
    app.cli.add_command(names)
