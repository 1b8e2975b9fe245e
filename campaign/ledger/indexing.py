"""What a published document is found by: names, places, work, numbers, and its texts in every language.

Read from the document alone, so a name that was never published has no key, and one that was narrowed has none left.
"""

from collections.abc import Iterator

from campaign.ledger.documents import Place, Profile
from campaign.search import Entry, Field, Named
from campaign.vocabulary import CAMPAIGN_GROUP, ETHNICITY, OCCUPATION_GROUP, Vocabulary


def entry_of(profile: Profile) -> Entry:
    """Return what the index keeps of a profile."""
    where = list(_places(profile))
    return Entry(
        names=tuple(Named(name.text, name.kind, name.script, name.language) for name in profile.names),
        words=(*_words(profile), *((field, text) for field, place in where for text in place.names.values())),
        places=tuple((field, code) for field, place in where for code in (place.code, *place.within)),
        numbers=(profile.ref, *_numbers(profile)),
    )


def _places(profile: Profile) -> Iterator[tuple[Field, Place]]:
    if profile.origin is not None:
        yield Field.ORIGIN, profile.origin
    held = [profile.held_at, *(stay.place for episode in profile.episodes for stay in episode.stays)]
    yield from ((Field.HELD, place) for place in held if place is not None)


def _words(profile: Profile) -> Iterator[tuple[Field, str]]:
    yield Field.WORK, profile.occupation
    yield Field.WORK, profile.employer
    yield Field.WORK, _label(OCCUPATION_GROUP, profile.occupation_group)
    yield from ((Field.OTHER, _label(ETHNICITY, code)) for code in profile.ethnicities)
    yield from ((Field.OTHER, _label(CAMPAIGN_GROUP, code)) for code in profile.tags)
    for field, texts in (
        (Field.SUMMARY, profile.summary),
        (Field.STORY, profile.story),
        (Field.QUOTE, profile.quote),
        (Field.DETAILS, profile.details),
    ):
        yield from ((field, text.text) for text in texts)


def _numbers(profile: Profile) -> Iterator[str]:
    """Yield each number in another list, alone and behind the name of the list."""
    for outside in profile.outside_ids:
        yield outside.value
        yield f"{outside.scheme} {outside.value}"


def _label(vocabulary: Vocabulary, code: str) -> str:
    return vocabulary.label(code) if code in vocabulary else code
