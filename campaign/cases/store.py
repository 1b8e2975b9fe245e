"""What a save writes: revisions with the whole file sealed, cases' rows and indexes, audit rows. Nothing commits.

The only module that inserts cases and revisions, and so the one that no text passes but in its normal form; what is
saved is decided in revisions.py. Cases are opened by `create_many`, one as well as a sheet of them, with one INSERT a
table. While it writes nobody else can save, so all that can be made of a file without the database is made before, by
`prepare`.
References are given here: a prefix and five random digits, such as FXD-40718, never given twice. A running number
would tell how many cases are not public.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import insert, select

from campaign.audit.log import Deed, record_all
from campaign.cases import limits, queries
from campaign.cases.file import CaseFile, as_entered, content_digest, encode, is_same_content
from campaign.cases.index import Description, describe, description, mention_tokens, outside_keys
from campaign.cases.models import Case, CaseMember, Kind, MentionToken, OutsideIdKey, Person, Revision, UsedReference
from campaign.clock import now, today
from campaign.database import db, dialect_insert
from campaign.search.writing import ReadName, Rows
from campaign.web.context import settings

_SHAPE = re.compile(r"[A-Z]{2,8}-[0-9]{5}")
_ATTEMPTS = 2000


class NoReferenceLeft(Exception):
    """Nearly all of the 100,000 references of a prefix are used: set another CAMPAIGN_REF_PREFIX."""


def is_reference(words: str) -> bool:
    """Say whether words have the shape of a reference."""
    return _SHAPE.fullmatch(words) is not None


def new_references(prefix: str, count: int) -> list[str]:
    """Return `count` references that were never given before, and claim them. Raises NoReferenceLeft."""
    given: list[str] = []
    for _ in range(_ATTEMPTS):
        given += _claimed({f"{prefix}-{secrets.randbelow(100_000):05d}" for _ in range(count - len(given))})
        if len(given) == count:
            return given
    raise NoReferenceLeft(f"No free reference with the prefix {prefix} was found in {_ATTEMPTS} attempts.")


def claim(ref: str) -> bool:
    """Take a reference for good; return whether it was still free. Raises ValueError for another shape."""
    if not is_reference(ref):
        raise ValueError(f"{ref!r} is not a reference: it must be a prefix of capitals, a hyphen and five digits")
    return _claimed({ref}) == [ref]


def _claimed(refs: set[str]) -> list[str]:
    """Take references for good; return those that were still free."""
    # On PostgreSQL a rival's uncommitted claim makes this wait, so two never get the same one.
    claiming = dialect_insert(UsedReference).on_conflict_do_nothing().returning(UsedReference.ref)
    at = now()
    return list(db.session.connection().execute(claiming, [{"ref": ref, "at": at} for ref in sorted(refs)]).scalars())


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
    file, salt = as_entered(file), secrets.token_hex(16)
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
        packed=_encoder.encode(queries.rows_for(file, read)),
    )


def create_many(
    prepared: Sequence[Prepared], *, by: Person, kind: Kind = "edit", is_restricted: bool = False
) -> list[Case]:
    """Open cases that `by` owns, in order, each with a reference of its own and its first revision; return them."""
    refs, at = new_references(settings().ref_prefix, len(prepared)), now()
    same = {"owner_id": by.id, "is_restricted": is_restricted, "version": 1, "state": "draft"}
    rows = [
        {"ref": ref, "created_at": at, "updated_at": at, **same, **one.row._asdict()}
        for ref, one in zip(refs, prepared, strict=True)
    ]
    # At once: the session would look at each of thousands of cases, column by column.
    returned = insert(Case).returning(Case, sort_by_parameter_order=True)
    cases = list(db.session.scalars(returned, rows)) if rows else []
    if is_restricted:
        for case in cases:
            case.members.append(CaseMember(account_id=by.id, added_by_id=by.id))
        db.session.flush()
    created = list(zip(cases, prepared, strict=True))
    _insert_rows(created, by, kind)
    queries.index_new((case, one.found_by) for case, one in created)
    record_all(_deed("case.created", case, by.id, 1, kind, one.fields) for case, one in created)
    return cases


def save(case: Case, file: CaseFile, before: CaseFile, new: Revision) -> Revision:
    """Keep a file as the next revision of a case, and return it; `before` is the newest so far.

    `new` says who, why and how; its number, content, digest and time are filled in here.
    """
    file = as_entered(file, before)
    with db.session.no_autoflush:
        _append(case, file, before, new)
        describe(case, file, before, today())
    db.session.flush()
    queries.index(case, file, before)
    revised = _deed("case.revised", case, new.author_id, new.number, new.kind, _changed(before, file))
    record_all([revised, *limits.deeds_of(case.ref, before, file, by=new.author_id)])
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
