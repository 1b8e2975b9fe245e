"""Which tables another role of PostgreSQL may read: the public ones, as statements to print or to run."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from campaign.database import public_tables
from campaign.ledger import models as _models  # noqa: F401 - its tables are among the public ones


class Refused(Exception):
    """A role that can't be given anything, and why."""


def statements(role: str, session: Session) -> Iterator[str]:
    """Yield what lets a role read the public tables and nothing else, whatever it was given before."""
    quote = session.get_bind().dialect.identifier_preparer.quote
    schema, to = quote(session.scalar(text("SELECT current_schema()")) or "public"), quote(role)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {to}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {to}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {to}"
    yield f"GRANT SELECT ON {', '.join(quote(name) for name in public_tables())} TO {to}"


def apply(role: str, session: Session) -> None:
    """Give a role the public tables and take every other one from it; commits nothing. Raises Refused."""
    refuse_a_role(role, session)
    for statement in statements(role, session):
        session.execute(text(statement))


def refuse_a_role(role: str, session: Session) -> None:
    """Raise Refused for a role that is not there, and for one that reads everything whatever it is given."""
    found = session.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = :role"), {"role": role}).first()
    if found is None:
        raise Refused(f'PostgreSQL knows no role {role}. As its superuser, type: CREATE ROLE "{role}" LOGIN;')
    if found.rolsuper or role == session.scalar(text("SELECT current_user")):
        raise Refused(f"{role} owns the tables or is a superuser: it reads everything. Name a role of its own.")
