"""The re-encoded copies of a picture, measured on the very file that the world would be served."""

import io

from PIL import Image as Picture

from campaign.cases.file import Image
from campaign.ledger.documents import Rendition
from campaign.media.stores import Vault, public_store
from campaign.web import keyring, settings

MEDIA_TYPE = "image/jpeg"


def vault() -> Vault:
    """Return the store of sealed originals."""
    return Vault(settings().home / "media" / "vault", keyring().fernet)


def renditions_of(image: Image) -> list[Rendition]:
    """Return the copies of a picture for a list, a page and print, those left out that are not kept."""
    wanted = (("list", image.digest_list), ("page", image.digest_page), ("print", image.digest_print))
    return [found for size, digest in wanted if digest and (found := _rendition(size, digest.removesuffix(".jpg")))]


def _rendition(size: str, digest: str) -> Rendition | None:
    if not public_store().exists(f"{digest}.jpg"):
        return None
    with (
        public_store().open(f"{digest}.jpg") as file,
        Picture.open(io.BytesIO(file.read()), formats=("JPEG",)) as picture,
    ):
        width, height = picture.size
    return Rendition(size=size, digest=digest, width=width, height=height, media_type=MEDIA_TYPE)
