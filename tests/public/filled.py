"""A published document with something different in every field that it can have, made from its own types."""

import datetime
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from campaign.dates import edtf, phrases
from campaign.ledger.documents import Image, Profile, Rendition, When
from tests.ledger.samples import made

# Fields that hold a code, with one that a list knows and the words that stand for it on the page.
CODES = {
    "names.kind": ("pen", "Pen name"),
    "names.script": ("Cyrl", "Cyrillic"),
    "names.language": ("kk", "Kazakh"),
    "gender": ("female", "Female"),
    "held_at.facility": ("psychiatric_institution", "in a psychiatric institution"),
    "ethnicities": ("tatar", "Tatar"),
    "occupation_group": ("arts", "Arts and letters"),
    "status.code": ("psychiatric_confinement", "Confined in a psychiatric institution"),
    "status.confidence": ("contested", "sources disagree"),
    "status.basis": ("lawyer", "a lawyer"),
    "status.last_verified_means": ("named_list", ""),
    "status.kinds_of_place": ("psychiatric_institution", "in a psychiatric institution"),
    "birth.qualifiers": ("about", "about"),
    "episodes.end_reason": ("exiled", "Exiled"),
    "episodes.events.type": ("hunger_strike", "Hunger strike"),
    "episodes.events.place.facility": ("court", "Court"),
    "episodes.events.confidence": ("contested", "sources disagree"),
    "episodes.stays.place.facility": ("secret_site", "Secret place"),
    "episodes.activities": ("journalism", "Journalism"),
    "episodes.charges.stage": ("indicted", "Indicted"),
    "episodes.proceedings.kind": ("military", "military court"),
    "episodes.sentence.kind": ("term", "Term of imprisonment"),
    "legal_basis": ("anti_state", "crimes against the state"),
    "violations.kind": ("forced_labour", "Forced labour"),
    **{
        f"{kind}.translation_state": ("unread", "No second reader") for kind in ("summary", "story", "quote", "details")
    },
    "relatives.relation": ("spouse", "Spouse"),
    "state_responses.form": ("held_claim", "Claim that the person is lawfully held"),
    "sources.type": ("satellite_image", "Satellite picture"),
    "sources.language": ("tr", "In Turkish"),
    "sources.reliability": ("doubtful", "Doubtful"),
    "tags": ("lawyers", "Lawyers"),
    "un_work.categories": ("iii", "fair trial grossly denied"),
    "outside_ids.scheme": ("xvd", "Xinjiang Victims Database"),
}
# Fields that are made to a form: what they are given, and what the page then shows.
FORMS = {
    "ref": ("FXD-40718", "FXD-40718"),
    "slug": ("FXD-40718-somebody", "/profiles/FXD-40718-somebody"),
    "version": (7, "version 7"),
    "summary.language": ("ky", 'lang="ky"'),
    "story.language": ("mn", 'lang="mn"'),
    "quote.language": ("uz", 'lang="uz"'),
    "details.language": ("bo", 'lang="bo"'),
    "testimonies.language": ("ug", 'lang="ug" dir="rtl"'),
    "citations.fact": ("health", ""),
    "citations.source": (1, 'href="#s1"'),
    "sources.public_line": ("", ""),
    "sources.number": (1, 'id="s1"'),
    "sources.url": ("https://paper.example/article", "https://paper.example/article"),
    "sources.archive_url": ("https://archive.example/copy", "https://archive.example/copy"),
    "our_view": ("occupation", "Our view."),
    "relatives.ref": ("FXD-40719", "/profiles/FXD-40719"),
    "un_work.body": ("WGAD", "WGAD"),
    "birth.year_earliest": (1961, "1961"),
    "birth.year_latest": (1963, "1963"),
    "birth.age_earliest": (51, "51"),
    "birth.age_latest": (58, "58 when detained"),
    "episodes.sentence.years": (17, "17 years"),
    "episodes.sentence.months": (11, "11 months"),
    "episodes.sentence.days": (13, "13 days"),
    "salt": ("ab" * 16, ""),
    "first_published_at": (datetime.datetime(2023, 2, 3, 4, 5, 6, tzinfo=datetime.UTC), "3 February 2023"),
    "published_at": (datetime.datetime(2024, 3, 4, 5, 6, 7, tzinfo=datetime.UTC), "4 March 2024"),
}


@dataclass
class Filled:
    """A document, and for the path of each field what a reader of the page should find of it."""

    expected: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def document(self) -> Profile:
        """Return the document with every field filled."""
        profile = self.value(Profile, "")
        assert isinstance(profile, Profile)
        portrait, other = profile.images[0], self.value(Image, "images")
        images = [_told(portrait, "a", is_portrait=True), _told(other, "b", is_portrait=False)]
        return msgspec.structs.replace(profile, images=images)

    def value(self, kind: Any, path: str) -> Any:
        """Return something of a type, for the field at a path, that no other field has."""
        if path in FORMS or path in CODES:
            one, words = FORMS.get(path) or CODES[path]
            self.expected[path] = words
            return [one] if typing.get_origin(kind) is list else one
        if typing.get_origin(kind) in (typing.Union, types.UnionType):
            return self.value(next(part for part in typing.get_args(kind) if part is not type(None)), path)
        if typing.get_origin(kind) is list:
            return [self.value(typing.get_args(kind)[0], path)]
        if typing.get_origin(kind) is Literal:
            self.expected[path] = "correction"
            return "correction"
        return self.plain(kind, path)

    def plain(self, kind: Any, path: str) -> Any:
        """Return something of a plain type or of a struct."""
        self.count += 1
        if kind is When:
            when = edtf.parse(f"20{self.count % 90 + 10:02}-{self.count % 12 + 1:02}-{self.count % 28 + 1:02}")
            self.expected[path] = phrases.public_words(when.edtf)
            return When(edtf=when.edtf, earliest=when.earliest, latest=when.latest)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            fields = {name: self.value(hint, f"{path}.{name}".strip(".")) for name, hint in _hints(kind)}
            return kind(**fields)
        if kind is datetime.date:
            self.expected[path] = f"{phrases.public_words(f'2026-{self.count % 12 + 1:02}')}"
            return datetime.date(2026, self.count % 12 + 1, self.count % 28 + 1)
        if typing.get_origin(kind) is dict:
            self.expected[path] = f"Canary{self.count}x"
            return {"en": f"Canary{self.count}x"}
        given = {str: f"Canary{self.count}x", bool: True, int: 1000 + self.count, float: 0.5 + self.count}[kind]
        self.expected[path] = str(given)
        return given


def _hints(kind: type[msgspec.Struct]) -> Iterator[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    return ((name, hints[name]) for name in kind.__struct_fields__)


def _told(image: Image, letter: str, *, is_portrait: bool) -> Image:
    """Return a picture in one size with a digest that an address may have."""
    page = made(Rendition, size="page", digest=letter * 64, width=320, height=400, media_type="image/jpeg")
    return msgspec.structs.replace(image, renditions=[page], is_portrait=is_portrait)
