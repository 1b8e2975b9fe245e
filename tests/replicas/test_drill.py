"""The drill of two machines: publish on one, read on the other, withdraw, break the link, go deaf, catch up."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import time_machine
from flask import Flask

from campaign.cases.file import Image
from campaign.cases.models import Case
from campaign.database import db, public_tables
from campaign.doctor.checks import examine, table
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import identity, reader
from campaign.media import copies
from campaign.media.stores import public_store
from campaign.publishing import sweep
from campaign.publishing.takedown import withdraw_profile
from tests.media.pictures import drawn, encoded
from tests.publishing.builders import a_file, image
from tests.publishing.desk import Desk, staffed
from tests.replicas.conftest import ROLE, SLOT, Machines
from tests.replicas.later import serving
from tests.web import processes

pytestmark = pytest.mark.long
LATER = timedelta(minutes=61)
PORTRAIT = encoded(drawn(), "JPEG")


def a_picture() -> Image:
    """Return the row of a picture whose copy is kept."""
    digest = copies.keep(PORTRAIT)
    return msgspec.structs.replace(image(), digest_list=digest, digest_page=digest, digest_print=digest)


def published(desk: Desk) -> tuple[str, str]:
    """Publish somebody with a picture; return their reference and its digest."""
    row = a_picture()
    file = msgspec.structs.replace(a_file(relatives=[]), images=[row])
    case = desk.opens(file)
    desk.approves(case)
    desk.publishes(case)
    db.session.commit()
    return case.ref, row.digest_page


def withdrawn(app: Flask, ref: str) -> None:
    with app.app_context():
        withdraw_profile(db.session.query(Case).filter_by(ref=ref).one(), by=None, why="by hand", actor="test")
        db.session.commit()


def swept(app: Flask) -> None:
    with app.app_context():
        sweep.sweep()


def connected(machines: Machines) -> None:
    """Let the replica follow the desk."""
    machines.tell(machines.desk, f"CREATE ROLE {ROLE} LOGIN REPLICATION")
    for app, words in ((machines.desk, ("--role", ROLE)), (machines.replica, ("--from", machines.source))):
        ran = machines.typed(app, *words, "--apply")
        assert ran.exit_code == 0, ran.output


def diagnosed(app: Flask, name: str) -> list[Diagnosis]:
    """Return what a check of the doctor says."""
    with app.app_context():
        (check,) = (one for one in table() if one.name == name)
        return examine(check)


def found_red(app: Flask, name: str) -> list[str]:
    return [one.wrong for one in diagnosed(app, name) if one.is_red]


def told(app: Flask, name: str) -> str:
    return " ".join(one.wrong for one in diagnosed(app, name))


def test_two_machines(machines: Machines) -> None:
    desk, replica, port = machines.desk, machines.replica, machines.port

    def status(path: str) -> int:
        return processes.ask(port, path)[0]

    def until(path: str, wanted: int) -> None:
        processes.until(lambda: status(path) == wanted, f"{path} to answer {wanted}", seconds=60)

    with desk.app_context():
        identity.make()
        db.session.commit()
    connected(machines)
    swept(desk)
    with desk.app_context():
        people = staffed()
        shown, digest = published(people)
        kept = people.public().ref
        db.session.commit()
    profile, picture = f"/profiles/{shown}", f"/media/{digest}"

    with processes.serving(machines.desk_environment, machines.desk_port), serving(machines.environment, port):
        # Publish on the one, read on the other.
        until(f"/api/v1/profiles/{shown}", 200)
        until("/readyz", 200)
        until(picture, 200)
        assert machines.tables() == set(public_tables())
        with replica.app_context():
            assert public_store().path(digest).read_bytes() == PORTRAIT
        assert found_red(desk, "replicas") == found_red(replica, "pulse") == []
        assert "keeps whatever a replica has not taken" in told(desk, "replicas")
        machines.tell(desk, "ALTER SYSTEM SET max_slot_wal_keep_size = '2GB'", "SELECT pg_reload_conf()")
        processes.until(lambda: not diagnosed(desk, "replicas"), "the doctor to be content", seconds=30)

        # Withdraw: gone there too, and the picture with it.
        withdrawn(desk, shown)
        until(profile, 410)
        until(f"/api/v1/profiles/{shown}", 410)
        until(picture, 404)
        with replica.app_context():
            processes.until(lambda: not public_store().exists(digest), "the picture to be dropped", seconds=60)

        # Break the link. What happens at the desk is not heard; for an hour the replica goes on.
        machines.tell(replica, f"ALTER SUBSCRIPTION {SLOT} DISABLE")
        withdrawn(desk, kept)
        processes.until(lambda: f"{SLOT} is not connected" in told(desk, "replicas"), "it to be noticed", seconds=30)
        assert (status(f"/profiles/{kept}"), status(profile)) == (301, 410)

    # An hour later it is deaf, on every address; who is gone is gone.
    with serving(machines.environment, port, after=LATER):
        for path in (
            f"/profiles/{kept}",
            "/",
            "/api/v1/changes?since=0",
            "/api/v1/export.jsonl",
            "/feed.atom",
            picture,
        ):
            code, headers, _ = processes.ask(port, path)
            assert (code, headers["retry-after"], headers["cache-control"]) == (503, "60", "no-store"), path
        assert (status(profile), status(f"/api/v1/profiles/{shown}")) == (410, 410)
        assert processes.ask(port, "/readyz")[:3:2] == (503, "The desk was not heard from lately.\n")
        with time_machine.travel(datetime.now(UTC) + LATER):
            assert "was last heard from" in found_red(replica, "pulse")[0]

            # The link is back: it catches up, and what was withdrawn meanwhile is gone.
            machines.tell(replica, f"ALTER SUBSCRIPTION {SLOT} ENABLE")
            swept(desk)
        until(f"/profiles/{kept}", 410)
        until("/", 200)
        with replica.app_context():
            assert reader.state(kept) == "withdrawn"
