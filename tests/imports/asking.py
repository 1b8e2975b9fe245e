"""An import walked through as the pages do: a file is brought, mapped, planned and written by the jobs of the desk."""

import io
from dataclasses import dataclass

from flask import Flask

from campaign.accounts.models import Account
from campaign.database import db
from campaign.imports import mapping, uploads
from campaign.imports import record as imports
from campaign.imports.models import Import, Stage
from campaign.publishing import import_jobs


@dataclass
class Asking:
    """Somebody at the pages of imports: each deed is a request of its own, each job is done outside of it."""

    app: Flask
    account: int

    def brings(self, words: str | bytes, *, name: str = "families.csv", text: str = "") -> int:
        """Bring a file and say what its columns mean; return the number of its import."""
        with self.app.app_context():
            by = db.session.get_one(Account, self.account)
            one = uploads.take_in(io.BytesIO(words.encode() if isinstance(words, str) else words), name, by=by)
            table = uploads.table(one)
            imports.state_map(one, text or mapping.written(mapping.propose(table)), table, by=by)
            db.session.commit()
            return one.id

    def asks(self, number: int, stage: Stage, *, by: int = 0) -> None:
        """Ask for a job, and leave the page."""
        with self.app.app_context():
            account = db.session.get_one(Account, by or self.account)
            imports.ask(db.session.get_one(Import, number), stage, by=account)
            db.session.commit()

    def has(self, number: int, stage: Stage, *, by: int = 0) -> Import:
        """Ask for a job, have it done, and return the import as it stands then."""
        self.asks(number, stage, by=by)
        with self.app.app_context():
            import_jobs.do_next()
        return self.sees(number)

    def imports(self, words: str | bytes, *, name: str = "families.csv", text: str = "") -> int:
        """Bring a file, have it planned and written; return the number of its import."""
        number = self.brings(words, name=name, text=text)
        self.has(number, "planning")
        assert self.has(number, "writing").stage == "done"
        return number

    def sees(self, number: int) -> Import:
        """Return an import as it stands."""
        with self.app.app_context():
            return db.session.get_one(Import, number)
