"""The database: its schema, the triggers that keep the logs, who else may read it, what is due to be made anew."""

from collections.abc import Iterator

from sqlalchemy import inspect, text

from campaign import schema
from campaign.database import db, public_tables
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import models as ledger_models
from campaign.ledger import writer
from campaign.web.context import settings

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
GRANTS = """
SELECT coalesce(r.rolname, 'everybody'), c.relname, a.privilege_type
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v') AND a.grantee <> c.relowner
  AND coalesce(r.rolname, '') <> current_user
"""
IS_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


def schema_of_home() -> Iterator[Diagnosis]:
    """Find a schema that is not the code's, and triggers that are gone."""
    if complaint := schema.complaint():
        wrong, _, command = complaint.rpartition("Type: ")
        yield Diagnosis(wrong.strip() or complaint, "No page is served.", f"Type: {command}")
        return
    here = set(db.session.scalars(text(TRIGGERS[db.engine.dialect.name])))
    tables = set(inspect(db.engine).get_table_names())
    wanted = {
        statement.split()[2]
        for kept in _append_only()
        for table, statements in kept.items()
        if table in tables
        for statement in statements[db.engine.dialect.name]
        if statement.startswith("CREATE TRIGGER")
    }
    if gone := sorted(wanted - here):
        yield Diagnosis(
            f"The database lacks {', '.join(gone)}.",
            "Rows of the ledger or the audit could be changed without being refused.",
            "Put back the newest copy, or ask who wrote the program: no command makes them anew.",
        )


def _append_only() -> Iterator[dict[str, dict[str, list[str]]]]:
    yield ledger_models.TRIGGERS
    if "staff" in settings().edges:
        from campaign.audit.models import TRIGGERS as AUDIT  # not at the top: the public edge loads no audit

        yield AUDIT


def grants() -> Iterator[Diagnosis]:
    """Find roles of PostgreSQL that may do more than read what is public, and a program that signs in as superuser."""
    if db.engine.dialect.name != "postgresql":
        return
    public, wide = set(public_tables()), dict[str, list[str]]()
    for role, table, deed in db.session.execute(text(GRANTS)):
        if deed != "SELECT" or table not in public:
            wide.setdefault(role, []).append(f"{deed} on {table}")
    for role, deeds in sorted(wide.items()):
        more = f" and {len(deeds) - 3} more" if len(deeds) > 3 else ""
        yield Diagnosis(
            f"The role {role} of PostgreSQL may {', '.join(sorted(deeds)[:3])}{more}.",
            "Whoever breaks into a process of that role reads or changes what is confidential.",
            f"Type: flask database grant-public {role} --apply",
        )
    if db.session.scalar(text(IS_SUPERUSER)):
        yield Diagnosis(
            "The program signs in to PostgreSQL as a superuser.",
            "A fault of the program reaches every database of that server.",
            "Let it sign in as the owner of its own database: ALTER ROLE ... NOSUPERUSER.",
            is_red=False,
        )


def indexes() -> Iterator[Diagnosis]:
    """Find lists and search that were made by an older version or other tables of names."""
    due = ["of public profiles"] if writer.is_due() else []
    if "staff" in settings().edges:
        from campaign.cases import reindexing  # not at the top: the public edge loads no cases

        due += ["of cases"] if reindexing.is_due() else []
    if due:
        yield Diagnosis(
            f"Lists and search {' and '.join(due)} were made by an older version or other tables of names.",
            "Somebody who is here may not be found, and a possible duplicate not be seen.",
            "Type: flask init",
        )
