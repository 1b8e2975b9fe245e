"""What a publication would change, told for people: a row that comes or goes whole is one line."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from campaign.publishing.preview import Difference


def in_lines(differences: Iterable[Difference]) -> list[Difference]:
    """Return the differences with those of one whole new or removed row put together."""
    return [line for key, group in groupby(differences, _row) for line in _together(key, list(group))]


def _row(one: Difference) -> tuple[str, bool, bool]:
    """Return the row a difference lies in, and whether that side of it is new or gone."""
    return one.path.rpartition("/")[0], one.public_now is None, one.would_leave is None


def _together(key: tuple[str, bool, bool], group: list[Difference]) -> Iterator[Difference]:
    path, is_new, is_gone = key
    if len(group) == 1 or not path or not (is_new or is_gone):
        yield from group
        return
    words = "; ".join(_named(one.path, one.would_leave if is_new else one.public_now) for one in group)
    yield Difference(path, None if is_new else words, words if is_new else None)


def _named(path: str, value: object) -> str:
    told = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return f"{path.rpartition('/')[2].replace('_', ' ')}: {told}"
