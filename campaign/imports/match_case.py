"""Matching a row to the case that carries its number: told in the report, compared as any later reading.

Three rules. One case alone may carry the number. The person must fit, else a person decides: a number is typed wrong
more easily than a person is two, and two lists count alike. A case that the importer may not see is neither touched
nor told of (docs/decisions/0006).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case, OutsideIdKey
from campaign.cases.queries import visible_to
from campaign.database import db
from campaign.duplicates import names_alike
from campaign.duplicates.search import LIKELY, likeness
from campaign.duplicates.traits import Traits, traits_of
from campaign.imports.compare import compare, is_open_which
from campaign.imports.mapping import Map
from campaign.imports.row_keys import hidden
from campaign.imports.steps import Step, the_same

OF_THE_EPISODE = frozenset(
    {"reason_stated", "reason_suspected", "last_contact_date", "last_contact_place", "held_place", "facility"}
    | {"arrest_date", "arrest_place", "arrest_authority", "release_date", "activity", "charge", "article"}
    | {"sentence", "court", "hearing_date"}
)


def carriers(mapping: Map, account: Account) -> dict[str, list[int]]:
    """Return the cases that carry each number of a map's list, of those that the account may see.

    Empty where the rows' key is no number of that list: then it names nobody's case.
    """
    if [mapping.columns.get(header) for header in mapping.key] != ["id"]:
        return {}
    query = select(OutsideIdKey.key, Case.id).join(Case, Case.id == OutsideIdKey.case_id)
    seen = (OutsideIdKey.scheme == mapping.scheme[:40], visible_to(account), Case.merged_into_id.is_(None))
    found: dict[str, list[int]] = {}
    for key, number in db.session.execute(query.where(*seen).order_by(Case.id)):
        found.setdefault(hidden(key), []).append(number)
    return found


def recognise(step: Step, known: Mapping[str, list[int]]) -> None:
    """Write on a step that would open a case which case it is already, where its number says so and its person fits."""
    if step.outcome != "created" or len(known.get(step.key, ())) != 1:
        return
    case = db.session.get_one(Case, known[step.key][0])
    if fits(step.draft.file, revisions.head(case)):
        step.draft.warn("", step.name, f"This is {case.ref}, which carries this number: nothing is opened.")
        lay_over(step, case)
    else:
        ask_who(step, [case])


def fits(file: CaseFile, theirs: CaseFile) -> bool:
    """Whether a row tells surely of the person of a case, numbers aside: two lists may count alike.

    Every word of a name has its like, in its order, and nothing else speaks against it: a number must not make a
    sister, a father or a neighbour of the list the same person.
    """
    one, other = _without_numbers(file), _without_numbers(theirs)
    said = names_alike.names_say(names_alike.best(one, other))
    return said >= LIKELY and likeness(one, other).score >= LIKELY


def _without_numbers(file: CaseFile) -> Traits:
    return replace(traits_of(file), numbers=frozenset())


def ask_who(step: Step, cases: Sequence[Case]) -> None:
    """Ask whether a row is one of the cases that carry its number, though it seems to be somebody else."""
    row = _without_numbers(step.draft.file)
    found = [the_same(case, likeness(row, _without_numbers(revisions.head(case)))) for case in cases]
    refs = " and ".join(case.ref for case in cases)
    against = " ".join(dict.fromkeys(sentence for one in found for sentence in one.against)) or "The names differ."
    carries = "carries" if len(cases) == 1 else "carry"
    step.ask(f"{refs} {carries} this number, but seems to be somebody else: {against}", *found)


def lay_over(step: Step, case: Case) -> None:
    """Write on a step what its row comes to on a case that was never read from it."""
    if step.before is None and is_open_which(step.draft.file, revisions.head(case)):
        _keep_the_episode(step, case)
    compare(step, case)


def _keep_the_episode(step: Step, case: Case) -> None:
    cells: dict[str, str] = json.loads(step.cells)
    for header, value in cells.items():
        if value.strip() and step.draft.map.columns.get(header) in OF_THE_EPISODE:
            step.draft.keep(header, value)
            step.draft.warn(
                header, value, f"{case.ref} has several episodes. This is kept as a note: enter it by hand."
            )
