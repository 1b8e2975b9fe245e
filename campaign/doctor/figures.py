"""Figures of the database for Prometheus, asked when they are: sweep, ledger, copies, diagnoses. Counts alone."""

from collections.abc import Iterator
from datetime import datetime

from flask import Flask
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from campaign.clock import now
from campaign.database import db, reading
from campaign.ledger.models import Entry
from campaign.web import metrics
from campaign.web.context import settings

Figure = tuple[str, str, float | None]


def of_ledger() -> Iterator[Figure]:
    """Yield what every process knows: the newest entry, and how old it is."""
    newest = db.session.execute(select(func.max(Entry.number), func.max(Entry.at))).one()
    yield "newest_entry", "Number of the newest entry of the ledger.", newest[0] or 0
    yield "newest_entry_age_seconds", "Age of the newest entry of the ledger.", _age(newest[1])


def of_desk() -> Iterator[Figure]:
    """Yield what a process of the confidential side knows."""
    # Not at the top: the public edge loads none of these.
    from campaign.backups import copies
    from campaign.doctor import results, urgent
    from campaign.publishing import sweep

    lease = sweep.lease()
    yield "sweep_age_seconds", "Time since the last sweep ended.", _age(lease.last_swept_at if lease else None)
    is_held = lease is not None and lease.held_until > now()
    yield "sweep_lease_held", "Whether a process sweeps now.", float(is_held)
    yield "copy_elsewhere_age_seconds", "Age of the newest copy off this machine.", _age(copies.newest_elsewhere())
    found = [diagnosis.is_red for _, diagnosis in results.kept()]
    yield "red_diagnoses", "Red diagnoses of the doctor.", sum(found)
    yield "advice", "Pieces of advice of the doctor.", len(found) - sum(found)
    yield "urgent_unseen", "Urgent matters that nobody sees to.", urgent.unseen_count()


def _age(moment: datetime | None) -> float | None:
    return None if moment is None else (now() - moment).total_seconds()


class OfDatabase(Collector):
    """What the database tells; where it can't be asked, that alone."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def collect(self) -> Iterator[Metric]:
        """Yield each figure that there is."""
        figures: list[Figure] = []
        with self.app.app_context(), reading():
            try:
                figures += of_ledger()
                if "staff" in settings().edges:
                    figures += of_desk()
            except SQLAlchemyError:
                figures = []
            finally:
                db.session.remove()
        yield GaugeMetricFamily("byname_database_up", "Whether the database answers.", float(bool(figures)))
        for name, sentence, value in figures:
            if value is not None:
                yield GaugeMetricFamily(f"byname_{name}", sentence, value)


def install(app: Flask) -> None:
    """Count what is answered, and add these figures, where the settings name a port."""
    metrics.install(app)
    if registry := app.extensions.get("metrics"):
        registry.register(OfDatabase(app))
