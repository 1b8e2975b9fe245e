"""`python -m tests.web.as_another_user UID GID PORT`: the public edge of the environment, served by another user.

The files of Python and of this program may lie where that user may not read, so all that a page needs is loaded before;
what was opened is let go of, so that the database and the pictures are read by the other user alone.
"""

import multiprocessing.popen_fork  # noqa: F401 - loaded while it can be read
import os
import sys

import granian.server  # noqa: F401 - loaded while it can be read

import app as composition
from campaign.commands import serve
from campaign.database import db
from tests import clock
from tests.web import processes

PATHS = (
    "/",
    "/profiles",
    "/profiles?q=a",
    "/profiles/FXD-00000",
    "/api/v1/changes",
    "/media/x",
    "/readyz",
    "/cloth/FXD-00000.svg",
)


def main(user: int, group: int, port: int) -> None:
    """Serve until ended."""
    clock.start()
    app = composition.create_app()
    visitor = app.test_client()
    for path in PATHS:
        visitor.get(path, base_url=app.extensions["settings"].address)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)
    serve.run_public(app, host=processes.HOST, port=port, workers=1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
