"""What the projection makes of a case file, were everything allowed that a person's own consent can allow."""

import msgspec

from campaign.cases.file import CaseFile
from campaign.publishing.consent.scopes import SCOPES
from campaign.publishing.projection.profile import project
from tests.publishing.builders import a_meta, consent


def document_of(file: CaseFile) -> str:
    """Return the public document as JSON."""
    allowed = msgspec.structs.replace(file, consents=[consent(basis="self", giver_kind="self", scopes=list(SCOPES))])
    return msgspec.json.encode(project(allowed, a_meta(allowed)).document).decode()
