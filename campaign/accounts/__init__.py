"""Staff accounts: roles and what they may, passwords, second factors, sessions, invitations.

Flask-Login asks here who is signed in; the rest is ours (docs/decisions/0002).
"""

from flask import Flask


def install(app: Flask) -> None:
    """Open sign-in and the pages of one's own account."""
