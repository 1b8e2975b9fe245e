"""The status as it may be told: a death only where it is confirmed, what it rests on, and how it was checked."""

import datetime
from dataclasses import replace

import msgspec

from campaign.cases.file import CaseFile, Citation
from campaign.cases.status import CaseStatus, kinds_of_place
from campaign.cases.status import status as case_status
from campaign.dates.edtf import PartialDate
from campaign.ledger.documents import Status
from campaign.publishing.projection.values import DEATH_EVENTS, day_of, is_confirmed_dead, when
from campaign.vocabulary.protection import PUBLIC_MEANS
from campaign.vocabulary.status import SITUATION_OF, is_out_of_custody

GONE = frozenset({"free", "dead"})


def told_status(file: CaseFile, day: datetime.date) -> CaseStatus:
    """Return the situation as it may be told on a day: a death only where it is confirmed, and then nothing else."""
    if not is_confirmed_dead(file):
        return case_status(without_death(file), day)
    found = case_status(file, day)
    sure = found.confidence if found.confidence in {"confirmed", "corroborated"} else "corroborated"
    if SITUATION_OF[found.code] == "dead":
        return replace(found, confidence=sure)
    code = "died_after_release" if is_out_of_custody(found.code) else "died_in_custody"
    return CaseStatus(code, file.death.date, sure, False, found.question, "death")


def status(file: CaseFile, day: datetime.date) -> Status:
    """Return the status as it may be told on a day. Its sentence and its last news follow from the whole document."""
    found = told_status(file, day)
    is_gone = SITUATION_OF[found.code] in GONE
    # Without a means no date of a check moves; that a family or a partner was asked is told to nobody.
    means = file.last_verified_means if file.last_verified_means in PUBLIC_MEANS else ""
    return Status(
        code=found.code,
        as_of=when(found.as_of),
        confidence=found.confidence,
        basis=public_basis(file, found),
        last_verified_on=day_of(file.last_verified_on) if file.last_verified_means else None,
        last_verified_means=means,
        last_verified_list=file.last_verified_list.strip() if means == "named_list" else "",
        kinds_of_place=[] if is_gone else kinds_of_place(file, found.code, is_set_by_hand=found.is_set_by_hand),
        last_news=None,
        release_known=False,
        sentence="",
    )


STATUS_PATHS = frozenset({"status", "status_override", "status_as_of", "status_confidence", "status_basis"})


def sources_of_status(file: CaseFile, found: CaseStatus) -> list[Citation]:
    """Return what is cited for the status itself, else for the event that decided it."""
    own = [row for row in file.citations if row.fact in STATUS_PATHS]
    return own or [row for row in file.citations if found.ref and row.fact == found.ref]


def public_basis(file: CaseFile, found: CaseStatus) -> str:
    """Return what the status rests on; where only confidential sources say so, no more than that somebody knows it."""
    closed = {source.id for source in file.sources if source.is_confidential}
    cited = {row.source_id for row in sources_of_status(file, found)}
    return "person_with_knowledge" if cited and cited <= closed else file.status_basis


def without_death(file: CaseFile) -> CaseFile:
    """Return the file as if nobody had reported a death: what may be told while it is not confirmed."""
    episodes = [
        msgspec.structs.replace(
            episode,
            events=[event for event in episode.events if event.type not in DEATH_EVENTS],
            end=PartialDate() if episode.end_reason == "died" else episode.end,
            end_reason="" if episode.end_reason == "died" else episode.end_reason,
        )
        for episode in file.episodes
    ]
    is_stated = SITUATION_OF.get(file.status_override) == "dead"
    return msgspec.structs.replace(file, episodes=episodes, status_override="" if is_stated else file.status_override)


def is_free(file: CaseFile, day: datetime.date) -> bool:
    """Whether the person is told to be free or dead: no present place is told then."""
    found = {SITUATION_OF[told_status(file, day).code], SITUATION_OF[case_status(file, day).code]}
    return bool(found & GONE)
