"""A case file as one account may read it: without C fields nobody asked for, without sources that are not theirs."""

import msgspec

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may
from campaign.cases.classification import redact
from campaign.cases.file import CaseFile, Citation, Source
from campaign.cases.models import Case


def as_read(case: Case, file: CaseFile, *, newest: CaseFile, confidential: bool) -> CaseFile:
    """Return the file as the account may read it now; a confidential source shows its public line alone.

    `newest` is the newest file of the case: a source that it calls confidential is so in every earlier one.
    """
    shown = redact(file, may_read_confidential=confidential)
    if may(me(), Action.READ_SOURCES, case):
        return shown
    closed = {source.id for source in (*file.sources, *newest.sources) if source.is_confidential}
    return msgspec.structs.replace(
        shown,
        sources=[_line(source) if source.id in closed else source for source in shown.sources],
        citations=[_bare(one) if one.source_id in closed else one for one in shown.citations],
    )


def _line(source: Source) -> Source:
    return Source(id=source.id, type="other", is_confidential=True, public_line=source.public_line)


def _bare(one: Citation) -> Citation:
    return Citation(id=one.id, source_id=one.source_id, fact=one.fact)
