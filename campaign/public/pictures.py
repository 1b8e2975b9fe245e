"""The pictures of a page beside the portrait, and what stands under each."""

from dataclasses import dataclass

from campaign.ledger.documents import Image, Profile, Rendition
from campaign.public.people import copies
from campaign.public.wording import sentence, stored
from campaign.vocabulary import IMAGE_PROVENANCE


@dataclass(frozen=True)
class ShownPicture:
    """A picture with its description for who cannot see it, and the line under it."""

    rendition: Rendition
    alt: str
    line: str


def more_pictures(document: Profile) -> list[ShownPicture]:
    """Return the pictures that are not the portrait."""
    portrait = next((image for image in document.images if image.is_portrait), None)
    found = ((image, copies(image)) for image in document.images if image is not portrait)
    return [ShownPicture(kept["page"], image.alt, picture_in_words(image)) for image, kept in found if kept]


def picture_in_words(image: Image | None) -> str:
    """Return what stands under a picture, as sentences: caption, whose it is, where it came from, the licence."""
    if image is None:
        return ""
    provenance = stored(IMAGE_PROVENANCE, image.provenance)
    parts = (image.caption, image.credit, provenance, image.licence)
    return " ".join(sentence(part) for part in dict.fromkeys(parts) if part)
