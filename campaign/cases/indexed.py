"""The tables of the desk's index, which finding.py writes and asks. `docid` is the case; erasure empties them of it."""

from sqlalchemy import ForeignKeyConstraint

from campaign.database import Base
from campaign.search.tables import KeyRow, NameRow, Tables, WordRow


class CaseName(NameRow, Base):
    """A name of a case as it is compared: the desk's index (cases.finding); `docid` is the case."""

    __tablename__ = "case_name"
    __table_args__ = (ForeignKeyConstraint(["docid"], ["case_file.id"]),)


class CaseKey(KeyRow, Base):
    """A key of such a name."""

    __tablename__ = "case_key"
    __table_args__ = (ForeignKeyConstraint(["docid"], ["case_file.id"]), KeyRow.__table_args__)


class CaseWord(WordRow, Base):
    """A word, a place or a number that a case is found by."""

    __tablename__ = "case_word"
    __table_args__ = (ForeignKeyConstraint(["docid"], ["case_file.id"]), WordRow.__table_args__)


TABLES = Tables(CaseName, CaseKey, CaseWord)
