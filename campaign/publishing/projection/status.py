"""The status as it may be told: a death only where it is confirmed, what it rests on, and how it was checked."""

import datetime
from dataclasses import replace

import msgspec

from campaign.cases.dates import facts_with_dates
from campaign.cases.file import CaseFile, Citation
from campaign.cases.status import CaseStatus, kinds_of_place
from campaign.cases.status import status as case_status
from campaign.dates.edtf import PartialDate
from campaign.ledger.documents import Status
from campaign.publishing.projection.values import DEATH_EVENTS, day_of, is_confirmed_dead, when
from campaign.vocabulary.protection import BASIS_BY_TYPE, PUBLIC_MEANS
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
    """Return what is cited for the status itself, else for the event that decided it.

    Both where the event is what makes the status sure: else "one source cited" would stand above "two agree". Where the
    status has a later date of its own, the event says nothing of that date.
    """
    known = {source.id for source in file.sources}
    cited = [row for row in file.citations if row.source_id in known]
    own = [row for row in cited if row.fact in STATUS_PATHS]
    decided = [row for row in cited if found.ref and row.fact == found.ref]
    decided_on = dict(facts_with_dates(file)).get(found.ref)
    is_of_its_date = decided_on is not None and decided_on.edtf == found.as_of.edtf
    is_made_sure = found.confidence in {"confirmed", "corroborated"} and is_of_its_date
    return own + decided if is_made_sure or not own else own


def public_basis(file: CaseFile, found: CaseStatus) -> str:
    """Return what the status rests on, as far as a reader sees it in the sources that are cited for it.

    Where they are confidential that is no more than that somebody knows it; where none is cited, what was chosen.
    """
    cited = {row.source_id for row in sources_of_status(file, found)}
    told = [source.type for source in file.sources if source.id in cited and not source.is_confidential]
    seen = [BASIS_BY_TYPE[kind] for kind in told if kind in BASIS_BY_TYPE]
    if not cited or file.status_basis in seen:
        return file.status_basis
    return seen[0] if seen else "person_with_knowledge"


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
