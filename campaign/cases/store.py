"""What a save writes: revisions with the whole file sealed, cases' rows and indexes, audit rows. Nothing commits.

The only module that inserts cases and revisions; revisions.py decides what is saved. Cases are opened by `create_many`,
one as well as a sheet of them, with one INSERT a table. While it writes nobody else can save, so all that can be made
of a file without the database is made before, by `prepare`.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import insert, select

from campaign.audit.log import Deed, record_all
from campaign.cases import finding
from campaign.cases.describing import Description, describe, description, mention_tokens, outside_keys
from campaign.cases.file import CaseFile, content_digest, encode, is_same_content
from campaign.cases.models import Case, CaseMember, Kind, MentionToken, OutsideIdKey, Revision
from campaign.cases.people import Person
from campaign.cases.references import new_references
from campaign.clock import now, today
from campaign.database import db
from campaign.search import ReadName, Rows
from campaign.web import settings

NOTHING = CaseFile()
_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Rows)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case ready to be written: its first revision, its row, and all that it is found by.

    `packed` is the last of these, in a fifth of the memory: a sheet of 10,000 rows is found by half a million of them.
    """

    file: CaseFile
    salt: str
    reason: str
    digest: str
    fields: list[str]
    row: Description
    numbers: list[tuple[str, str]]
    mentions: list[str]
    packed: bytes

    @property
    def snapshot(self) -> bytes:
        """The file's bytes: made late, for they are larger than the file."""
        return encode(_salted(self.file, self.salt))

    @property
    def found_by(self) -> Rows:
        """What the case is found by."""
        return _decoder.decode(self.packed)


def prepare(file: CaseFile, reason: str, *, read: Mapping[str, ReadName] | None = None) -> Prepared:
    """Return a file, which must be sound (checks.check), ready for `create_many`, with a salt of its own.

    `read` are names that were read before, by their text.
    """
    salt = secrets.token_hex(16)
    salted = _salted(file, salt)
    return Prepared(
        file=file,
        salt=salt,
        reason=reason,
        digest=content_digest(salted),
        fields=_changed(NOTHING, salted),
        row=description(file, today()),
        numbers=sorted(outside_keys(file)),
        mentions=mention_tokens(file),
        packed=_encoder.encode(finding.rows_for(file, read)),
    )


def create_many(
    prepared: Sequence[Prepared], *, by: Person, kind: Kind = "edit", is_restricted: bool = False
) -> list[Case]:
    """Open cases that `by` owns, in order, each with a reference of its own and its first revision; return them."""
    refs, at = new_references(settings().ref_prefix, len(prepared)), now()
    cases = [
        Case(
            ref=ref, owner_id=by.id, is_restricted=is_restricted, version=1, state="draft", created_at=at,
            updated_at=at, **one.row._asdict(),
        )
        for ref, one in zip(refs, prepared, strict=True)
    ]  # fmt: skip
    if is_restricted:
        for case in cases:
            case.members.append(CaseMember(account_id=by.id, added_by_id=by.id))
    db.session.add_all(cases)
    db.session.flush()
    created = list(zip(cases, prepared, strict=True))
    _insert_rows(created, by, kind)
    finding.index_new((case, one.found_by) for case, one in created)
    record_all(_deed("case.created", case, by.id, 1, kind, one.fields) for case, one in created)
    return cases


def save(case: Case, file: CaseFile, before: CaseFile, new: Revision) -> Revision:
    """Keep a file as the next revision of a case, and return it; `before` is the newest so far.

    `new` says who, why and how; its number, content, digest and time are filled in here.
    """
    with db.session.no_autoflush:
        _append(case, file, before, new)
        describe(case, file, before, today())
    db.session.flush()
    finding.index(case, file, before)
    record_all([_deed("case.revised", case, new.author_id, new.number, new.kind, _changed(before, file))])
    return new


def _insert_rows(created: Sequence[tuple[Case, Prepared]], by: Person, kind: Kind) -> None:
    revisions: list[dict[str, object]] = [
        {
            "case_id": case.id, "number": 1, "snapshot": one.snapshot, "digest": one.digest, "author_id": by.id,
            "also_by": [], "at": case.updated_at, "reason": one.reason, "kind": kind,
        }
        for case, one in created
    ]  # fmt: skip
    numbers = [{"case_id": case.id, "scheme": of, "key": key} for case, one in created for of, key in one.numbers]
    mentions = [{"case_id": case.id, "token": token} for case, one in created for token in one.mentions]
    for table, rows in ((Revision, revisions), (OutsideIdKey, numbers), (MentionToken, mentions)):
        if rows:
            # Past the session, which would keep and look at every one of thousands of rows.
            db.session.connection().execute(insert(table), rows)


def _append(case: Case, file: CaseFile, before: CaseFile, new: Revision) -> None:
    new.case_id, new.number = case.id, case.version + 1
    new.snapshot, new.digest, new.at = encode(file), _digest_of(case, file, before), now()
    case.version, case.updated_at = new.number, new.at
    if case.state == "approved" and new.digest != case.approved_digest:
        case.state = "draft"
    db.session.add(new)


def _digest_of(case: Case, file: CaseFile, before: CaseFile) -> str:
    """Return the digest of what a reviewer reads: that of the newest revision where it says the same.

    That one may have been stored in an older format, and an approval belongs to its digest.
    """
    if not is_same_content(file, before):
        return content_digest(file)
    newest = select(Revision.digest).where(Revision.case_id == case.id, Revision.number == case.version)
    return db.session.scalars(newest).one()


def _deed(action: str, case: Case, by_id: int, number: int, kind: Kind, fields: list[str]) -> Deed:
    """Return what the audit log keeps of a save: which top fields differ, by name, and nothing of what was written."""
    return Deed(action, by_id, case.ref, {"number": number, "kind": kind, "fields": fields})


def _changed(before: CaseFile, after: CaseFile) -> list[str]:
    return [name for name in CaseFile.__struct_fields__ if getattr(before, name) != getattr(after, name)]


def _salted(file: CaseFile, salt: str) -> CaseFile:
    return msgspec.structs.replace(file, salt=salt)
