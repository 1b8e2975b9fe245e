"""Our own reasons, where nobody's word can be had: what they are signed by, how long they carry, what they cover."""

import datetime
from collections.abc import Iterable

from campaign.cases.consents import OWN_REASON_DAYS
from campaign.cases.file import CaseFile, Consent
from campaign.publishing.rules.question import Question


def fault(question: Question, rows: Iterable[Consent]) -> str:
    """Return why our own reasons do not carry this publication; "" where they do."""
    own = [row for row in rows if row.basis in OWN_REASON_DAYS]
    return next((found for row in own if (found := _fault(row, question))), "")


def covers_picture(file: CaseFile, image_id: str) -> bool:
    """Whether our own reasons cover a picture: only one that is public already, with its address."""
    return any(image.id == image_id and image.already_public_at.strip() for image in file.images)


def _fault(row: Consent, question: Question) -> str:
    limit = datetime.timedelta(days=OWN_REASON_DAYS[row.basis])
    if row.obtained_on.latest is None:
        return "Say since when our own reason is relied on."
    if question.day - row.obtained_on.latest > limit:
        return f"Our own reason is older than {limit.days} days. Somebody's own word, or a new review, is needed."
    if row.basis == "public_interest":
        return _public_interest_fault(row, question)
    return "" if row.address.strip() else "Say where we published it already: the address, and the date."


def _public_interest_fault(row: Consent, question: Question) -> str:
    if row.second_signature is None or row.second_signature == row.confirmed_by:
        return "Public interest is signed by a safety officer and by a second person."
    if row.second_signature in question.writers | question.ever_wrote:
        return "The second signature under public interest comes from somebody who wrote no part of this."
    if not row.reason.strip():
        return "Public interest states what was done to reach the family."
    return ""
