"""Column types whose content is sealed before it reaches the database. `SEALED` is what `flask keys rotate` walks."""

from sqlalchemy import Column, Dialect, LargeBinary, TypeDecorator

from campaign.database import Base
from campaign.web import keyring


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that only a holder of the keys can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the bytes sealed."""
        return None if value is None else keyring().seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the bytes as they were. Raises Unreadable when no key opens them."""
        return None if value is None else keyring().unseal(value)


class SealedText(TypeDecorator[str]):
    """Text that only a holder of the keys can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Return the text sealed."""
        return None if value is None else keyring().seal(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Return the text as it was. Raises Unreadable when no key opens it."""
        return None if value is None else keyring().unseal(value).decode()


def sealed_columns() -> list[Column[object]]:
    """Return every sealed column of every model that is loaded, so that new keys can reseal them all."""
    tables = Base.metadata.sorted_tables
    return [column for table in tables for column in table.columns if isinstance(column.type, SealedBytes | SealedText)]
