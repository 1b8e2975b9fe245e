"""Connections to anywhere: what the settings let out, and whether it goes unread."""

from collections.abc import Iterator

from sqlalchemy.engine import make_url

from campaign import outbound
from campaign.doctor.diagnoses import Diagnosis
from campaign.web.context import settings

SEALED = {"require", "verify-ca", "verify-full"}  # of libpq's sslmode
HERE = {"", "localhost", "127.0.0.1", "::1"}


def reached() -> Iterator[str]:
    """Yield a line on each setting that lets this installation reach another place."""
    for name, row in outbound.OUTBOUND.items():
        if row.is_on(settings()):
            yield f"CAMPAIGN_{name}: {row.carries}"


def database() -> Iterator[Diagnosis]:
    """Find a database on another machine that is spoken to in clear."""
    here = settings()
    if here.database_file is not None:
        return
    url = make_url(here.database_url)
    host = url.host or str(url.query.get("host", ""))
    if host not in HERE and not host.startswith("/") and url.query.get("sslmode") not in SEALED:
        yield Diagnosis(
            f"The database on {host} is spoken to without asking for encryption.",
            "Whoever listens between the two machines reads every name.",
            "Add ?sslmode=verify-full&sslrootcert=FILE to CAMPAIGN_DATABASE_URL.",
        )
