"""What a case's row and its lookup rows say of its file: rewritten whenever the file changes, never by hand."""

import datetime
import re
import unicodedata

from sqlalchemy import delete

from campaign.cases import own_word
from campaign.cases.consents import due_on
from campaign.cases.file import CaseFile, display_name
from campaign.cases.models import Case, MentionToken, OutsideIdKey
from campaign.cases.status import status
from campaign.database import db
from campaign.web import keyring

_WORD = re.compile(r"\w+")


def describe(case: Case, file: CaseFile, before: CaseFile | None, today: datetime.date) -> None:
    """Write on the case's row what the desk lists, filters and finds by. `before` is the file as last described."""
    case.display_name = display_name(file)
    case.status = status(file, today).code
    case.asks_by = own_word.due_on(case.asks_by, file, case.status, today)
    case.place_code = _place(file)
    case.ethnicities = joined(file.ethnicities)
    case.tags = joined(file.tags)
    case.next_review_on = file.next_review_on.latest
    case.last_verified_on = file.last_verified_on.latest
    case.consent_due_on = due_on(file.consents)
    if before is None or outside_keys(before) != outside_keys(file):
        _rewrite_outside_keys(case, file, is_new=before is None)
    if before is None or mentioned_words(before) != mentioned_words(file):
        _rewrite_mentions(case, file, is_new=before is None)


def folded(text: str) -> str:
    """Return text without case, accents and widths, so that what people type meets what is written."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def words(text: str) -> set[str]:
    """Return the folded words of a name."""
    return set(_WORD.findall(folded(text)))


def joined(codes: list[str]) -> str:
    """Return codes as "|a|b|", in which a filter finds "|a|"."""
    return "|" + "".join(f"{code}|" for code in codes)


def outside_key(value: str) -> str:
    """Return a number of another list without spaces and case."""
    return "".join(value.split()).casefold()[:200]


def outside_keys(file: CaseFile) -> set[tuple[str, str]]:
    """Return (scheme, key) of every entry elsewhere."""
    return {(one.scheme[:40], outside_key(one.value)) for one in file.outside_ids if one.value.strip()}


def mentioned_words(file: CaseFile) -> set[str]:
    """Return the folded words of the names of relatives, witnesses, givers of consent and contacts."""
    names = [relative.name for relative in file.relatives]
    names += [testimony.witness for testimony in file.testimonies]
    names += [consent.giver for consent in file.consents]
    names += [contact.name for contact in file.contacts]
    return set().union(*map(words, names))


def _place(file: CaseFile) -> str:
    held = [episode.held_place for episode in file.episodes if episode.held_place]
    return (held or [file.origin_place])[-1]


def _rewrite_outside_keys(case: Case, file: CaseFile, *, is_new: bool) -> None:
    if not is_new:
        db.session.execute(delete(OutsideIdKey).where(OutsideIdKey.case_id == case.id))
    # Added to the session, not executed: an import opens hundreds of cases with one INSERT a table.
    db.session.add_all(OutsideIdKey(case_id=case.id, scheme=of, key=key) for of, key in sorted(outside_keys(file)))


def _rewrite_mentions(case: Case, file: CaseFile, *, is_new: bool) -> None:
    if not is_new:
        db.session.execute(delete(MentionToken).where(MentionToken.case_id == case.id))
    tokens = sorted({keyring().token(word) for word in mentioned_words(file)})
    db.session.add_all(MentionToken(case_id=case.id, token=token) for token in tokens)
