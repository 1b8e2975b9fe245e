"""What was done to the person, as far as the world may know."""

from campaign.cases.file import CaseFile
from campaign.cases.file import Charge as CaseCharge
from campaign.cases.file import Episode as CaseEpisode
from campaign.cases.file import Event as CaseEvent
from campaign.cases.file import Proceeding as CaseProceeding
from campaign.cases.file import Sentence as CaseSentence
from campaign.cases.file import StateResponse as CaseResponse
from campaign.cases.file import Stay as CaseStay
from campaign.cases.file import Whereabouts as CaseWhereabouts
from campaign.cases.wording import says
from campaign.ledger.documents import (
    Charge,
    Death,
    Episode,
    Event,
    Place,
    Proceeding,
    Sentence,
    StateResponse,
    Stay,
    Violation,
    Whereabouts,
)
from campaign.publishing.consent.scopes import TREATMENT_EVENTS
from campaign.publishing.projection.status import is_free, status
from campaign.publishing.projection.values import (
    DEATH_EVENTS,
    Meta,
    Withheld,
    is_confirmed_dead,
    may_tell_death,
    newest_episode,
    public_place,
    when,
)
from campaign.vocabulary.events import RELEASES
from campaign.vocabulary.sentences import says_nothing
from campaign.vocabulary.status import is_out_of_custody

KNOWN = {"yes": True, "no": False}


def episodes(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> list[Episode]:
    """Return the episodes with those events that may be told."""
    return [_episode(file, episode, meta, withheld) for episode in file.episodes]


def _episode(file: CaseFile, episode: CaseEpisode, meta: Meta, withheld: list[Withheld]) -> Episode:
    # An episode that a death ended would tell the death before the family knows.
    hides_end = episode.end_reason == "died" and not is_confirmed_dead(file)
    if hides_end:
        withheld.append(Withheld(f"episodes/{episode.id}/end", "It would reveal a death that is not confirmed."))
    return Episode(
        id=episode.id,
        start=when(episode.start),
        end=None if hides_end else when(episode.end),
        end_reason="" if hides_end else episode.end_reason,
        events=[
            _event(event, is_hidden=_is_place_hidden(file, episode, event, meta, withheld))
            for event in episode.events
            if _is_told(file, episode, event, meta, withheld)
        ],
        stays=[_stay(stay) for stay in _past_stays(file, episode, meta, withheld)],
        last_contact=when(episode.last_contact),
        last_contact_place=public_place(episode.last_contact_place),
        reason_stated="" if says_nothing(episode.reason_stated) else episode.reason_stated,
        reason_is_verbatim=episode.reason_is_verbatim and not says_nothing(episode.reason_stated),
        reason_suspected=episode.reason_suspected,
        activities=list(episode.activities),
        charges=[_charge(charge) for charge in episode.charges],
        proceedings=[_proceeding(proceeding) for proceeding in episode.proceedings],
        sentence=_sentence(episode.sentence),
        whereabouts=_whereabouts(episode.whereabouts),
    )


def _past_stays(file: CaseFile, episode: CaseEpisode, meta: Meta, withheld: list[Withheld]) -> list[CaseStay]:
    """Return the stays that may be told: of who is free none that may still last, so that nobody looks there."""
    if not is_free(file, meta.day):
        return episode.stays
    for stay in episode.stays:
        if not stay.end.edtf:
            path = f"episodes/{episode.id}/stays/{stay.id}"
            withheld.append(Withheld(path, "Where a released person is now is never published."))
    return [stay for stay in episode.stays if stay.end.edtf]


def _is_told(file: CaseFile, episode: CaseEpisode, event: CaseEvent, meta: Meta, withheld: list[Withheld]) -> bool:
    path = f"episodes/{episode.id}/events/{event.id}"
    if not event.is_public:
        withheld.append(Withheld(path, "This event is marked as not public."))
    elif event.type in DEATH_EVENTS and not is_confirmed_dead(file):
        withheld.append(Withheld(path, "A death is told as a fact only when the family knows and two sources agree."))
    elif event.type in TREATMENT_EVENTS and not meta.clearance.clears("violations"):
        withheld.append(Withheld(path, "No consent in force covers how the person was treated (publish_health)."))
    elif event.confidence == "disproved":
        withheld.append(Withheld(path, "It is disproved."))
    else:
        return True
    return False


def _is_place_hidden(
    file: CaseFile, episode: CaseEpisode, event: CaseEvent, meta: Meta, withheld: list[Withheld]
) -> bool:
    """Whether an event would say where somebody who came out went: the place of a release is often that of the home."""
    is_out = is_free(file, meta.day) or is_out_of_custody(status(file, meta.day).code)
    is_hidden = event.type in RELEASES and bool(event.place) and is_out
    if is_hidden:
        path = f"episodes/{episode.id}/events/{event.id}/place"
        withheld.append(Withheld(path, "Where a released person is now is never published."))
    return is_hidden


def _event(event: CaseEvent, *, is_hidden: bool) -> Event:
    return Event(
        id=event.id,
        type=event.type,
        date=when(event.date),
        place=None if is_hidden else public_place(event.place, facility=event.facility),
        authority=event.authority,
        account=event.account,
        confidence=event.confidence,
    )


def _stay(stay: CaseStay) -> Stay:
    return Stay(
        id=stay.id,
        place=public_place(stay.place, facility=stay.facility),
        start=when(stay.start),
        end=when(stay.end),
        how_known=stay.how_known,
    )


def _charge(charge: CaseCharge) -> Charge:
    return Charge(
        id=charge.id,
        law=charge.law,
        article=charge.article,
        text=charge.text,
        explanation=charge.explanation,
        date=when(charge.date),
        stage=charge.stage,
    )


def _proceeding(proceeding: CaseProceeding) -> Proceeding:
    return Proceeding(
        id=proceeding.id,
        court=proceeding.court,
        kind=proceeding.kind,
        next_hearing=when(proceeding.next_hearing),
        is_open={"open": True, "closed": False}.get(proceeding.is_open),
        # Kept for issue 4 (nobody exposed): the name of a lawyer can endanger them, so it stays at the desk.
        counsel="",
    )


def _sentence(sentence: CaseSentence) -> Sentence | None:
    if not sentence.kind:
        return None
    return Sentence(
        kind=sentence.kind,
        years=sentence.years,
        months=sentence.months,
        days=sentence.days,
        fine=sentence.fine,
        text=sentence.text,
        start=when(sentence.start),
        expected_end=when(sentence.expected_end),
        appeal=sentence.appeal,
    )


def _whereabouts(told: CaseWhereabouts) -> Whereabouts | None:
    if not any((told.acknowledged, told.location_disclosed, told.contact_family, told.contact_counsel)):
        return None
    return Whereabouts(
        is_acknowledged=KNOWN.get(told.acknowledged),
        is_location_disclosed=KNOWN.get(told.location_disclosed),
        has_family_contact=KNOWN.get(told.contact_family),
        has_counsel_contact=KNOWN.get(told.contact_counsel),
    )


def held_at(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> Place | None:
    """Return where the person is held, as last known; nothing once they are free, so that nobody is looked for there.

    The kind of place stands there where there is one; of several the status has a list.
    """
    newest, told = newest_episode(file), status(file, meta.day)
    if newest is None or not (newest.held_place or newest.held_facility_types or told.kinds_of_place):
        return None
    if is_free(file, meta.day):
        withheld.append(
            Withheld(f"episodes/{newest.id}/held_place", "Where a released person is now is never published.")
        )
        return None
    kinds = told.kinds_of_place
    return public_place(newest.held_place, facility=kinds[0] if len(kinds) == 1 else "")


def legal_basis(file: CaseFile) -> str:
    """Return the newest legal basis that the authorities claimed, "" for none."""
    return next((episode.legal_basis for episode in reversed(file.episodes) if episode.legal_basis), "")


def violations(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> list[Violation]:
    """Return the violations that may be told; sexual violence only by the person's own free word."""
    told = []
    for violation in file.violations:
        if violation.kind == "sexual_violence" and not meta.clearance.is_own_word:
            reason = "This is published only with the person's own free consent."
            withheld.append(Withheld(f"violations/{violation.id}", reason))
            continue
        told.append(
            Violation(
                id=violation.id,
                kind=violation.kind,
                date=when(violation.date),
                account=violation.account,
                is_graphic=violation.is_graphic,
            )
        )
    return told


def death(file: CaseFile, withheld: list[Withheld]) -> Death | None:
    """Return a death that may be told, as confirmed or as reported; None before the family knows."""
    if not file.death.is_reported:
        return None
    if not may_tell_death(file):
        withheld.append(Withheld("death", "The next of kin have to be told first."))
        return None
    is_confirmed = is_confirmed_dead(file)
    if file.death.body_returned and not is_confirmed:
        reason = "Of a death that is not confirmed, nobody can be said to have or to lack the body."
        withheld.append(Withheld("death/body_returned", reason))
    return Death(
        date=when(file.death.date),
        place=public_place(file.death.place),
        cause_stated=file.death.cause_stated,
        cause_is_verbatim=file.death.cause_is_verbatim,
        cause_alleged=file.death.cause_alleged,
        body_returned=KNOWN.get(file.death.body_returned) if is_confirmed else None,
        is_confirmed=is_confirmed,
    )


def claims_death(response: CaseResponse | StateResponse) -> bool:
    """Whether an answer of the authorities says that the person died."""
    return response.form == "death_claim" or says(f"{response.claim} {response.assessment}", "deaths")


def state_responses(file: CaseFile, withheld: list[Withheld]) -> list[StateResponse]:
    """Return what the authorities claim: their claims, which move nothing. A death only once the next of kin know."""
    hidden = [row for row in file.state_responses if claims_death(row) and not file.death.next_of_kin_know]
    for row in hidden:
        withheld.append(Withheld(f"state_responses/{row.id}", "The next of kin have to be told first."))
    return [
        StateResponse(
            id=response.id,
            date=when(response.date),
            authority=response.authority,
            form=response.form,
            claim=response.claim,
            is_verbatim=response.is_verbatim,
            assessment=response.assessment,
        )
        for response in file.state_responses
        if response not in hidden
    ]
