"""Invariant 1: the public side cannot name a case: not in its imports, not in its process, not in its database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIDENTIAL = ("accounts", "audit", "cases", "demo", "duplicates", "imports", "publishing", "staff")
ASK_EVERYTHING = """
import sys
from app import create_app
from campaign.database import db
from campaign.ledger.models import TRIGGERS
from tests.ledger.samples import a_profile
from campaign.ledger import pulse, writer
from sqlalchemy import inspect, text

app = create_app()
with app.app_context():
    db.metadata.create_all(db.engine)
    with db.engine.begin() as connection:
        for statements in TRIGGERS.values():
            for statement in statements[connection.dialect.name]:
                connection.execute(text(statement))
    person = a_profile()
    writer.append("publish", person.ref, person)
    pulse.beat()
    db.session.commit()
    print("tables", *inspect(db.engine).get_table_names())
client = app.test_client()
for rule in app.url_map.iter_rules():
    if "GET" in rule.methods:
        path = rule.rule
        for name in rule.arguments:
            for kind in ("", "path:", "int:", "string:"):
                path = path.replace(f"<{kind}{name}>", "FXD-40718-nurlan-example" if name == "slug" else "FXD-40718")
        status = client.get(path).status_code
        assert status < 500, (path, status)
print("modules", *sorted(name for name in sys.modules if name.startswith(("campaign.", "flask_login"))))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What a process that serves the public alone has loaded and stored after it was asked for everything."""
    home = tmp_path_factory.mktemp("public")
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public,partners", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", ASK_EVERYTHING],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return {line.split()[0]: set(line.split()[1:]) for line in ran.stdout.splitlines()}


def test_no_confidential_module_was_ever_loaded(told: dict[str, set[str]]) -> None:
    rooms = tuple(f"campaign.{room}" for room in CONFIDENTIAL)
    assert {name for name in told["modules"] if name.startswith((*rooms, "flask_login"))} == set()
    assert "campaign.public.profiles" in told["modules"]


def test_it_serves_from_a_database_without_case_tables(told: dict[str, set[str]]) -> None:
    assert {name.split("_")[0] for name in told["tables"]} <= {"ledger", "listing", "index", "shown", "public"}
