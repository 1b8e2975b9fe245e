"""Makes the dump of a release: a small invented campaign, filled by that release's own code, as one archive.

    cd CHECKOUT_OF_THE_RELEASE && python PATH/TO/tests/homes/make.py ARCHIVE

Run it once for each release, with that release's code, and keep the archive as `tests/homes/SCHEMA.zip`. It imports the
`app` and `campaign` of the current folder and nothing of these tests, so it can be run with the code of any release.
The archive holds the rows of every table as lines of JSON, and the files of the home: keys, secrets, pictures. Rows
are loaded after an empty database was migrated to the release's schema, so one archive serves both databases.
"""

import base64
import importlib.util
import io
import json
import os
import sys
import tempfile
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

sys.path[0] = os.getcwd()
EPOCH = (2026, 1, 1, 0, 0, 0)  # of every file in the archive: the same home gives the same bytes
# Held, released, family of one another, withdrawn, consent taken back, in review, sent back, drafts, restricted.
CHOSEN = ("D-001", "D-006", "D-007", "D-015", "D-017", "D-020", "D-027", "D-028", "D-033", "D-036", "D-037",
          "D-038", "D-043", "D-044", "D-047", "D-048")  # fmt: skip
NARROWED, PAUSED, PICTURED = "D-015", "D-020", ("D-001", "D-006")


def main(archive: Path) -> None:
    """Fill a home in a folder of its own and write it to `archive`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        app = filled(home)
        with app.app_context(), zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as out:
            for name, lines in rows():
                put(out, f"tables/{name}.jsonl", "".join(line + "\n" for line in lines).encode())
            for path in sorted(home.rglob("*")):
                if path.is_file() and not path.name.startswith("campaign.sqlite"):
                    put(out, f"files/{path.relative_to(home)}", path.read_bytes())
    sys.stdout.write(f"{archive}: {archive.stat().st_size} bytes\n")


def filled(home: Path):
    """Return the application of a demonstration with the chosen people in it, through the release's own steps."""
    from app import create_app
    from campaign.commands.init import make_home
    from campaign.demo import home as homes
    from campaign.demo import reading, seeding
    from campaign.settings import read

    settings = homes.demonstration_settings(read({"CAMPAIGN_HOME": str(home)}), 5000)
    homes.claim(home)
    everybody, drawn = reading.people, reading.portraits_of
    seeding.people = lambda: [person for person in everybody() if person.key in CHOSEN]
    seeding.portraits_of = lambda keys: small(drawn(keys))
    app = create_app(settings)
    with app.app_context():
        make_home()
        for _ in seeding.seed():
            pass
        go_on()
        homes.note_seeded(home)
    return app


def small(pictures):
    """Return the few pictures that are kept, with originals of a few kilobytes; their copies are those as drawn."""
    from PIL import Image

    kept = {}
    for key in PICTURED:
        picture = pictures[key]
        out = io.BytesIO()
        Image.open(io.BytesIO(picture.content)).convert("RGB").resize((160, 200)).save(out, "JPEG")
        kept[key] = type(picture)(out.getvalue(), picture.copies)
    return kept


def go_on() -> None:
    """Do what the demonstration leaves out: narrow a profile, pause one, tell two people apart, say something."""
    from sqlalchemy import select

    from campaign.cases.models import Case
    from campaign.database import db
    from campaign.demo.home import cast
    from campaign.duplicates.search import tell_apart
    from campaign.publishing import pausing
    from campaign.staff import comments

    by = cast()
    cases = dict(zip(CHOSEN, db.session.scalars(select(Case).order_by(Case.id)), strict=True))
    narrow(cases[NARROWED], by.safety_officer)
    pausing.pause(cases[PAUSED], by=by.safety_officer, reason="Somebody came to the door of a relative.")
    tell_apart(cases["D-001"], cases["D-006"], by=by.editor, reason="Born in different towns.")
    tell_apart(cases["D-006"], cases["D-017"], by=by.safety_officer, reason="")
    comments.add_comment(cases["D-038"], "Who told us of the second hearing?", by=by.editor)
    db.session.commit()
    if importlib.util.find_spec("campaign.cases.facilities"):
        what_came_later(cases, by)
        db.session.commit()


def narrow(case, officer) -> None:
    """Take the picture and the story out of what a family allowed: the public profile is narrowed at once."""
    import msgspec

    from campaign.cases import revisions
    from campaign.publishing import door

    file = revisions.head(case)
    less = msgspec.structs.replace(file.consents[0], scopes=["store", "publish_name"])
    changed = msgspec.structs.replace(file, consents=[less])
    door.save(case, changed, by=officer, base_version=case.version, reason="The family wants less to be told")


def what_came_later(cases, by) -> None:
    """Put a row into what 0004 did not have yet: a place of detention, two cases that are likely the same."""
    from campaign.cases.facilities import Facility
    from campaign.database import db
    from campaign.duplicates.models import LikelyPair

    db.session.add(
        Facility(names=["Qizilbagh No. 3"], type="prison", place="652902", precision="county", source="A former guard",
                 scheme="list", outside_id="17", by_id=by.editor.id)
    )  # fmt: skip
    db.session.add(LikelyPair(first_id=cases["D-020"].id, second_id=cases["D-044"].id, score=0.71))


def rows():
    """Yield each table's name and its rows as lines of JSON, in the order in which they can be loaded."""
    from sqlalchemy import MetaData

    from campaign.database import db

    tables = MetaData()
    with db.engine.connect() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            order = list(table.primary_key) or list(table.columns)
            found = connection.execute(table.select().order_by(*order)).mappings()
            yield table.name, [json.dumps({key: plain(row[key]) for key in row}, ensure_ascii=False) for row in found]


def plain(value):
    """Return a value as JSON has it; bytes as base64, moments in UTC."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def put(out: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file to an archive, as of a day that never changes."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_LZMA
    out.writestr(entry, content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
