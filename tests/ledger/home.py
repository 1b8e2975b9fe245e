"""A house with nothing but the ledger and the audit log in it, on either database: what a public replica holds."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from campaign.audit import models as audit_models
from campaign.database import Base, db, prepare
from campaign.ledger import models as ledger_models

TRIGGERS = {**ledger_models.TRIGGERS, **audit_models.TRIGGERS}
TABLES = (
    ledger_models.Entry,
    ledger_models.Body,
    ledger_models.PublicUntil,
    *ledger_models.DERIVED,
    audit_models.AuditRow,
)


def start_postgres(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """Start PostgreSQL on a unix socket in a folder, as user postgres where this is root; return its address."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    subprocess.run([*as_user, "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], check=True,
                   stdout=subprocess.DEVNULL, cwd=folder)  # fmt: skip
    options = ["-c", "fsync=off", "-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
    server = subprocess.Popen(
        [*as_user, "postgres", "-D", data, *options], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    user = "postgres" if as_user else getpass.getuser()
    subprocess.run(["/bin/sh", "-c", f"until pg_isready -q -h {folder} -U {user}; do :; done"], check=True, timeout=30)
    return f"postgresql+psycopg://{user}@/postgres?host={folder}", server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of its own, or a skip where none is installed."""
    if shutil.which("initdb") is None:
        pytest.skip("PostgreSQL's initdb is not on PATH")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)
    address, server = start_postgres(folder)
    yield address
    subprocess.run(["/bin/sh", "-c", f"kill -INT $(head -1 {folder}/data/postmaster.pid)"], check=True)
    server.wait(timeout=30)
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A bare application whose database has the ledger's tables and triggers and no other."""
    address = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    if request.param == "postgres":
        address = request.getfixturevalue("postgres")
    yield from furnished(address)


@pytest.fixture
def sqlite_house(tmp_path: Path) -> Iterator[Flask]:
    """The same on SQLite alone: for what does not differ."""
    yield from furnished(f"sqlite:///{tmp_path / 'ledger.sqlite'}")


def furnished(address: str) -> Iterator[Flask]:
    """Make the tables and triggers at an address, and take them away again."""
    app = Flask("campaign")
    app.config.update(SQLALCHEMY_DATABASE_URI=address, TESTING=True)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        empty(address)
        Base.metadata.create_all(db.engine, tables=[model.__table__ for model in TABLES])
        with db.engine.begin() as connection:
            for statements in TRIGGERS.values():
                for statement in statements[connection.dialect.name]:
                    connection.exec_driver_sql(statement)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    empty(address)


def empty(address: str) -> None:
    """Drop everything in a PostgreSQL that tests share; a SQLite file goes with its folder."""
    if not address.startswith("postgresql"):
        return
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
