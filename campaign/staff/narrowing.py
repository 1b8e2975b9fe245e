"""What the worklist is narrowed to, read from the address and told in words, so that an address can be passed on."""

from dataclasses import dataclass
from typing import get_args

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from campaign import places
from campaign.accounts.models import Account
from campaign.cases.filters import Filter
from campaign.cases.models import Case, State
from campaign.cases.queries import visible_to
from campaign.clock import today
from campaign.database import db
from campaign.staff.people import names_of
from campaign.vocabulary import STATUS

NAMES = ("q", "state", "status", "owner", "place", "tag", "consent", "stale", "restricted")
STATES: dict[State, str] = {
    "draft": "Draft",
    "in_review": "In review",
    "changes_asked": "Changes asked for",
    "approved": "Approved",
}
# What a ticked box narrows to: its name in the address, its label, and how it is told.
BOXES = {
    "consent": ("A consent to confirm", "with a consent to confirm or to ask for again"),
    "stale": ("Not checked for long", "that nobody has checked for a year, or whose review is overdue"),
    "restricted": ("Restricted", "restricted to who is named on them"),
}


@dataclass(frozen=True)
class Narrowing:
    """A narrowed worklist: the words looked for, the filter, what the form shows again, what could not be read."""

    words: str
    filter: Filter
    typed: dict[str, str]
    problem: str

    def in_words(self, account: Account) -> str:
        """Return what it is narrowed to, as the end of a sentence; "" where it is not."""
        told = [f"{STATES[self.filter.state].lower()}"] if self.filter.state else []
        told += [STATUS.label(self.filter.status).lower()] if self.filter.status in STATUS else []
        told += self._owner(account)
        told += [f"in {places.gazetteer().label(self.filter.place)}"] if self.filter.place else []
        told += [f"tagged “{self.filter.tag}”"] if self.filter.tag else []
        told += [words for name, (_, words) in BOXES.items() if name in self.typed]
        return "; ".join(told)

    def _owner(self, account: Account) -> list[str]:
        if self.filter.is_unowned:
            return ["owned by nobody"]
        if self.filter.owner_id is None:
            return []
        is_me = self.filter.owner_id == account.id
        return [
            f"owned by {'you' if is_me else names_of([self.filter.owner_id]).get(self.filter.owner_id, 'somebody')}"
        ]


def narrowing(args: MultiDict[str, str], account: Account) -> Narrowing:
    """Return what an address narrows the worklist to. Codes that nobody knows narrow nothing."""
    typed = {name: value for name in NAMES if (value := args.get(name, "").strip())}
    place, problem = _place(typed.get("place", ""))
    owner = typed.get("owner", "")
    chosen = Filter(
        state=next((state for state in get_args(State) if state == typed.get("state")), None),
        status=typed.get("status", ""),
        place=place,
        tag=typed.get("tag", ""),
        owner_id=account.id if owner == "me" else int(owner) if owner.isdecimal() and len(owner) < 10 else None,
        is_unowned=owner == "nobody",
        is_restricted="restricted" in typed,
        consent_due_by=today() if "consent" in typed else None,
        stale_on=today() if "stale" in typed else None,
    )
    return Narrowing(typed.get("q", ""), chosen, typed, problem)


def owners(account: Account) -> dict[int, str]:
    """Return who owns a case that the account may see, by name."""
    query = select(Case.owner_id).where(visible_to(account), Case.owner_id.is_not(None)).distinct()
    return dict(sorted(names_of(db.session.scalars(query)).items(), key=lambda pair: pair[1].casefold()))


def _place(typed: str) -> tuple[str, str]:
    """Return the code that a typed place means, and a sentence where it means none."""
    choice = places.choose(typed)
    code = choice.code or next(iter(choice.candidates if choice.is_named else ()), "")
    if not typed or code:
        return code, ""
    return "", f"The gazetteer has no “{typed}”; the list is not narrowed by it."
