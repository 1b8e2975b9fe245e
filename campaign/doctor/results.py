"""What the sweep's doctor run found: asked check by check when due, kept in the database, read by /readyz and desk."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from campaign.clock import now
from campaign.database import db
from campaign.doctor.checks import SOON, examine, table
from campaign.doctor.diagnoses import Diagnosis
from campaign.doctor.models import DoctorResult

NOT_READY = "The doctor found something that must be mended: whoever runs this machine types flask doctor."


def examine_due() -> int:
    """Ask each check whose kept answer is too old, keep the new one; return how many. Commits each by itself.

    What was red is asked again at once where the check is one of those asked often: it may be mended by now.
    """
    rows = {row.check: row for row in db.session.scalars(select(DoctorResult))}
    kept = {name: row.at for name, row in rows.items()}
    red = {name for name, row in rows.items() if any(one.is_red for one in _read(row))}
    db.session.rollback()
    # An answer from the future is none: the clock was set back.
    due = [
        one
        for one in table()
        if one.name not in kept
        or not now() - one.every < kept[one.name] <= now()
        or (one.name in red and one.every <= SOON)
    ]
    for check in due:
        found = msgspec.json.encode(examine(check)).decode()
        db.session.merge(DoctorResult(check=check.name, at=now(), diagnoses=found))
        db.session.commit()
    return len(due)


def kept() -> Iterator[tuple[str, Diagnosis]]:
    """Yield what was found last, in the order of the table, red first; what no check of this code asks is left out."""
    rows = {row.check: row for row in db.session.scalars(select(DoctorResult))}
    found = [
        (check.name, diagnosis) for check in table() if check.name in rows for diagnosis in _read(rows[check.name])
    ]
    yield from sorted(found, key=lambda pair: not pair[1].is_red)


def _read(row: DoctorResult) -> list[Diagnosis]:
    return msgspec.json.decode(row.diagnoses, type=list[Diagnosis])


def complaint() -> str:
    """Return a sentence that tells a stranger nothing where the last run found something red, otherwise ""."""
    return NOT_READY if any(diagnosis.is_red for _, diagnosis in kept()) else ""
