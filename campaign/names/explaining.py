"""Each step of reading and matching in lines for a person at a terminal."""

from collections.abc import Iterator

from campaign.names.lookup import keys, query_keys
from campaign.names.matching import Match, score
from campaign.names.reading import Name, forms
from campaign.names.romanising import fold, romanise, slug_tail
from campaign.names.scripts import first_letter, script_of
from campaign.names.telling import why


def explained(text: str) -> Iterator[str]:
    """Yield the steps from a name as written to the keys that it is stored and asked by."""
    read = forms(text)
    yield f"written    {printable(text)}"
    yield f"script     {script_of(text)}, first letter {printable(first_letter(text))}"
    yield f"romanised  {romanise(text)}"
    yield f"address    {slug_tail(text)}"
    yield f"folded     {fold(text)}"
    for number, name in enumerate(read.names, start=1):
        yield f"name {number}     {printable(name.text)}{' (alias)' if name.is_alias else ''}"
        yield from _tokens(name)
    stored = sorted(keys(read))
    yield f"keys       {len(stored)}: {' '.join(stored)}"
    yield f"asked by   {len(query_keys(read))} keys"


def compared(left: str, right: str) -> Iterator[str]:
    """Yield the score of two names and its evidence, word by word."""
    match = score(left, right)
    reason = why(match)
    yield f"score   {match.score:.3f}"
    details = ", ".join(f"{key}: {value}" for key, value in reason.parameters.items())
    yield f"reason  {reason.code} {printable(details)}".rstrip()
    yield from _evidence(match)


def printable(text: str) -> str:
    """Return `text` so that any terminal takes it: half a surrogate is shown as its escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _tokens(name: Name) -> Iterator[str]:
    for token in name.tokens:
        yield f"  {printable(token.text)}: {token.roman}, {token.role}, weight {token.weight:g}"
        for reading in token.readings:
            yield f"    sounds {reading.sounds} ({reading.orthography}, vowels {reading.vowels})"
        yield f"    skeletons {' '.join(one or '-' for one in token.skeletons)}"
        if token.same_as:
            yield f"    the same name as {' '.join(sorted(token.same_as))}"


def _evidence(match: Match) -> Iterator[str]:
    for pair in match.pairs:
        words = f"{printable(pair.left)} = {printable(pair.right)}"
        yield f"  {words}: {pair.how} {pair.nearness:.3f}, weight {pair.weight:g}"
    if match.is_reordered:
        yield "  in another order"
