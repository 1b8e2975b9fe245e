"""The registry of readers: target of a column to the function that reads one cell of it, and what follows the last."""

from collections.abc import Callable
from typing import Final

from campaign.cases.file import Episode
from campaign.imports.cells import READERS as CELLS
from campaign.imports.draft import Draft
from campaign.imports.facts import (
    comments,
    consent,
    detention,
    family,
    law,
    names_of_row,
    person,
    places,
    situation,
    sources,
)

Reader = Callable[[Draft, str, str], None]
READERS: Final[dict[str, Reader]] = {
    **CELLS,
    "id": person.list_number,
    "outside_id": person.outside_id,
    "tag": person.tag,
    "name_given": names_of_row.name_part,
    "name_family": names_of_row.name_part,
    "name_patronymic": names_of_row.name_part,
    "alias": names_of_row.alias,
    "pseudonym": names_of_row.pseudonym,
    "birth_place": places.birth_place,
    "age_on": person.age_on,
    "nationality": person.nationality,
    "religion": person.religion,
    "employer": person.employer,
    "address": person.address,
    "arrest_date": detention.arrest_date,
    "arrest_place": detention.arrest_place,
    "arrest_authority": detention.arrest_authority,
    "held_place": places.held_place,
    "facility": places.facility,
    "release_date": detention.release_date,
    "death_date": detention.death_date,
    "death_place": detention.death_place,
    "status": situation.status,
    "status_date": situation.status_date,
    "status_source": situation.status_source,
    "activity": detention.activity,
    "charge": law.charge,
    "article": law.article,
    "sentence": law.sentence,
    "court": law.court,
    "hearing_date": law.hearing_date,
    "summary": law.summary,
    "source_title": sources.source_title,
    "source_kind": sources.source_kind,
    "source_url": sources.source_url,
    "source_date": sources.source_date,
    "source_person": sources.source_person,
    "consent": consent.consent,
    "consent_scope": consent.consent_scope,
    "consent_limits": consent.consent_limits,
    "consent_giver": consent.consent_giver,
    "risk": consent.risk,
    "relative": family.relative,
    "note": comments.note,
}


def put_together(draft: Draft) -> None:
    """Write on the file what several cells of a row say together: names, address, death, the episode."""
    names_of_row.put_names_together(draft)
    person.put_address_together(draft)
    detention.put_death_together(draft)
    if draft.episode != Episode(id=draft.episode.id):
        draft.file.episodes.append(draft.episode)


def state(draft: Draft) -> None:
    """Write on the file what the row states, else what the map states for the whole sheet."""
    if draft.map.tag and draft.map.tag not in draft.file.tags:
        draft.file.tags.append(draft.map.tag)
    is_status_stated = situation.put_status_together(draft)
    sources.put_sources_together(draft, is_status_stated=is_status_stated)
    consent.put_consent_together(draft)
    consent.put_risk_together(draft)
