"""The public file of SQLite, as the desk sees it: whether it has all that was withdrawn, and who reads it."""

from collections.abc import Iterator

from campaign import shared_files
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import public_file
from campaign.web.context import settings


def public_database() -> Iterator[Diagnosis]:
    """Find a public file that is missing, lacks something, or that its group can't read."""
    here = settings()
    path, group = here.public_database, here.public_group
    if path is None:
        return
    if not path.exists():
        yield Diagnosis(
            f"There is no public file {path}.", "The public site answers 503 on every page.", "Type: flask init"
        )
    elif public_file.is_behind():
        yield Diagnosis(
            f"The public file {path} could not be brought up to what was published and withdrawn.",
            "The public site answers 503 on every page, so that nobody is shown who was withdrawn. At the desk "
            "everything is as it was saved.",
            f"Let the user of the desk write {path.parent}, and free room on its disk: df {path.parent}. It is tried "
            "again each minute, and by: flask sweep --once",
        )
    elif group:
        for fault in shared_files.closed_to_group(path, group):
            yield Diagnosis(fault, "The public site answers 503 on every page.", "")
