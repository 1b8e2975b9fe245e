from tests.ledger.home import house, sqlite_house

__all__ = ["house", "sqlite_house"]
