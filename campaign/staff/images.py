"""Pictures of a case: uploaded, re-encoded in three sizes without metadata, the original encrypted in the store.

They are shown to staff who may see the case.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import msgspec
from flask import Response, abort, flash, redirect, send_file, url_for
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as AnyResponse

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Image
from campaign.database import db
from campaign.media import copies
from campaign.media.decode import ImageRefused, Reencoded, reencode
from campaign.publishing import door
from campaign.staff.case_access import allow, case_or_404
from campaign.staff.desk import blueprint
from campaign.web.context import settings
from campaign.web.forms import DeskForm, page
from campaign.web.marks import accepts_bytes

MOST_PICTURES = 60


class PictureForm(DeskForm):
    """A picture to be taken into a case."""

    picture = FileField(
        "Picture",
        description="JPEG, PNG or WebP. It is re-encoded without metadata; the original is stored encrypted.",
        validators=[FileRequired("Choose a picture first.")],
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )


@blueprint.route("/cases/<ref>/images", methods=["GET", "POST"])
@accepts_bytes(lambda: settings().max_photo_bytes)
@requires(Action.EDIT_CASE)
def images(ref: str) -> AnyResponse | tuple[str, int]:
    """Show the pictures of a case, and take another one: JPEG, PNG or WebP."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    file, form = revisions.head(case), PictureForm()
    if not form.validate_on_submit():
        return page("staff/images.html", case=case, file=file, form=form)
    # It takes seconds, in which nobody is to wait for the write lock; then the case is read anew.
    db.session.rollback()
    try:
        drawn, content = _drawn(file, form)
    except ImageRefused as refusal:
        form.picture.errors = [str(refusal)]
        return page("staff/images.html", case=case, file=file, form=form)
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    file = revisions.head(case)
    with _kept(drawn, content) as image:
        door.save(case, _with(file, image), by=me(), base_version=case.version, reason="A picture added")
        db.session.commit()
    flash("Saved, without its metadata. Now say where it came from and who confirmed the likeness.")
    return redirect(url_for("staff.edit", ref=ref, _anchor="images"))


@blueprint.get("/cases/<ref>/images/<digest>")
@requires(Action.READ_CASE)
def picture(ref: str, digest: str) -> Response:
    """Serve a re-encoded copy of a picture of this case, published or not."""
    file = revisions.head(case_or_404(ref))
    known = {name for one in file.images for name in (one.digest_list, one.digest_page, one.digest_print) if name}
    if digest not in known or not copies.exists(digest):
        abort(404)
    return send_file(io.BytesIO(copies.content(digest)), mimetype="image/jpeg", download_name=f"{digest[:12]}.jpg")


def _with(file: CaseFile, image: Image) -> CaseFile:
    return msgspec.structs.replace(file, images=[*file.images, image])


def _drawn(file: CaseFile, form: PictureForm) -> tuple[Reencoded, bytes]:
    """Return the picture that was sent for a file, drawn anew in three sizes, and its bytes. Raises ImageRefused."""
    if len(file.images) >= MOST_PICTURES:
        raise ImageRefused(f"A case holds at most {MOST_PICTURES} pictures. Remove one first.")
    limit = settings().max_photo_bytes
    content = form.picture.data.stream.read(limit + 1)
    return reencode(content, max_bytes=limit), content


@contextmanager
def _kept(drawn: Reencoded, content: bytes) -> Iterator[Image]:
    """Give the row of a picture whose copies and original lie sealed in the vault.

    Where the save that follows fails they go again: a face that no case knows could never be erased.
    """
    with ExitStack() as undo:
        original = copies.vault().put(io.BytesIO(content))
        undo.callback(copies.vault().delete, original.name)
        digests = [_put(copy.content, undo) for copy in (drawn.for_list, drawn.for_page, drawn.for_print)]
        small, page, large = digests
        yield Image(
            digest_list=small, digest_page=page, digest_print=large, vault_name=original.name, sha256=original.sha256
        )
        undo.pop_all()


def _put(content: bytes, undo: ExitStack) -> str:
    # Another case may have the very same picture: what lay there before stays.
    if not copies.exists(digest := hashlib.sha256(content).hexdigest()):
        undo.callback(copies.forget, digest)
    return copies.keep(content)
