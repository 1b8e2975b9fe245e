"""The parts of a published document that tell one deprivation of liberty, from arrest to release."""

from campaign.ledger.parts import Part, Place, When


class Event(Part, frozen=True):
    """One dated fact inside an episode. Citations name it as "episodes/<id>/events/<id>"."""

    id: str
    type: str
    date: When | None
    place: Place | None
    authority: str
    account: str
    confidence: str


class Stay(Part, frozen=True):
    """A time in one place of detention, and how it is known."""

    id: str
    place: Place | None
    start: When | None
    end: When | None
    how_known: str


class Charge(Part, frozen=True):
    """What the authorities charge the person with, in their words and in plain ones. Their claim, never a fact."""

    id: str
    law: str
    article: str
    text: str
    explanation: str
    date: When | None
    stage: str


class Proceeding(Part, frozen=True):
    """A court's proceeding; `is_open` is whether the public may attend, null where nobody knows."""

    id: str
    court: str
    kind: str
    next_hearing: When | None
    is_open: bool | None
    counsel: str


class Sentence(Part, frozen=True):
    """A sentence as passed; `text` is its wording, `appeal` what became of an appeal."""

    kind: str
    years: int | None
    months: int | None
    days: int | None
    fine: str
    text: str
    start: When | None
    expected_end: When | None
    appeal: str


class Whereabouts(Part, frozen=True):
    """Whether the authorities admit the detention, say where, and let the person be reached; null: not known."""

    is_acknowledged: bool | None
    is_location_disclosed: bool | None
    has_family_contact: bool | None
    has_counsel_contact: bool | None


class Episode(Part, frozen=True):
    """One deprivation of liberty. What the authorities state, what the campaign suspects, and the activities
    that the campaign believes were the cause are three fields and never mixed."""

    id: str
    start: When | None
    end: When | None
    end_reason: str
    events: list[Event]
    stays: list[Stay]
    last_contact: When | None
    last_contact_place: Place | None
    reason_stated: str
    reason_suspected: str
    activities: list[str]
    charges: list[Charge]
    proceedings: list[Proceeding]
    sentence: Sentence | None
    whereabouts: Whereabouts | None
