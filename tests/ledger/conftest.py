from ledger.home import house, postgres, sqlite_house

__all__ = ["house", "postgres", "sqlite_house"]
