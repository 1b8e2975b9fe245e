"""Who translated a text and who read the translation: nobody is the second reader of what they wrote themselves."""

import msgspec

from campaign.cases.file import CaseFile, Text

READ = "reviewed"
UNREAD = "unread"


def translated(before: CaseFile | None, after: CaseFile, *, by: int) -> CaseFile:
    """Return the file with the names of who translated and who read; `by` saves it.

    A translation that its own writer calls read stays, marked as not yet read by a second reader.
    """
    known = {text.id: text for text in before.texts} if before else {}
    texts = [_text(known.get(text.id), text, by) for text in after.texts]
    return after if texts == after.texts else msgspec.structs.replace(after, texts=texts)


def _text(before: Text | None, after: Text, by: int) -> Text:
    if not after.translation_state:
        return msgspec.structs.replace(after, written_by=None, read_by=None)
    if before is None or _words(before) != _words(after) or not before.translation_state:
        state = UNREAD if after.translation_state == READ else after.translation_state
        return msgspec.structs.replace(after, written_by=by, read_by=None, translation_state=state)
    kept = msgspec.structs.replace(after, written_by=before.written_by, read_by=before.read_by)
    if after.translation_state != READ:
        return msgspec.structs.replace(kept, read_by=None)
    if kept.read_by is not None or before.translation_state == READ:
        return kept
    if by == before.written_by:
        return msgspec.structs.replace(kept, translation_state=UNREAD)
    return msgspec.structs.replace(kept, read_by=by)


def _words(text: Text) -> tuple[str, ...]:
    return text.kind, text.language, text.text, text.by
