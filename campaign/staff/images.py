"""Pictures: sent, drawn anew in three sizes, the original sealed in the vault; shown to staff who may see the case."""

import io
from typing import IO

import msgspec
from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Image
from campaign.database import db
from campaign.media.decode import ImageRefused, Reencoded, reencode
from campaign.media.stores import Vault
from campaign.publishing import door
from campaign.publishing.picturing import store
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404, me
from campaign.web import accepts_bytes, keyring, settings


@blueprint.route("/cases/<ref>/images", methods=["GET", "POST"])
@accepts_bytes(lambda: settings().max_photo_bytes)
@requires(Action.EDIT_CASE)
def images(ref: str) -> AnyResponse | tuple[str, int] | str:
    """Show the pictures of a case, and take another one: JPEG, PNG or WebP."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    file = revisions.head(case)
    if request.method == "GET":
        return render_template("staff/images.html", case=case, file=file, error="")
    try:
        image = _kept(request.files["picture"].stream) if "picture" in request.files else None
    except ImageRefused as refusal:
        return render_template("staff/images.html", case=case, file=file, error=str(refusal)), 422
    if image is None:
        return render_template("staff/images.html", case=case, file=file, error="Choose a picture first."), 422
    door.save(case, _with(file, image), by=me(), base_version=case.version, reason="A picture added")
    db.session.commit()
    flash("Taken, without its metadata. Now say where it came from and who confirmed the likeness.")
    return redirect(url_for("staff.edit", ref=ref, _anchor="images"))


@blueprint.get("/cases/<ref>/images/<digest>")
@requires(Action.READ_CASE)
def picture(ref: str, digest: str) -> Response:
    """Serve a re-encoded copy of a picture of this case, published or not."""
    file = revisions.head(case_or_404(ref))
    known = {name for one in file.images for name in (one.digest_list, one.digest_page, one.digest_print) if name}
    if digest not in known or not store().exists(f"{digest}.jpg"):
        abort(404)
    return send_file(store().path(f"{digest}.jpg"), mimetype="image/jpeg", download_name=f"{digest[:12]}.jpg")


def _with(file: CaseFile, image: Image) -> CaseFile:
    return msgspec.structs.replace(file, images=[*file.images, image])


def _kept(stream: IO[bytes]) -> Image:
    """Return the row of a picture whose copies and sealed original now lie in the stores. Raises ImageRefused."""
    limit = settings().max_photo_bytes
    content = stream.read(limit + 1)
    drawn: Reencoded = reencode(content, max_bytes=limit)
    original = Vault(settings().home / "media" / "vault", keyring().fernet).put(io.BytesIO(content))
    names = [store().put(one.content, "jpg") for one in (drawn.for_list, drawn.for_page, drawn.for_print)]
    small, page, large = (name.removesuffix(".jpg") for name in names)
    return Image(
        digest_list=small, digest_page=page, digest_print=large, vault_name=original.name, sha256=original.sha256
    )
