from tests.ledger.home import home_app, sqlite_app

__all__ = ["home_app", "sqlite_app"]
