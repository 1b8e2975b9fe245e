"""Staff accounts: roles and what they may, passwords, second factors, sessions, invitations.

Flask-Login asks here who is signed in; the rest is ours (docs/decisions/0002).
"""

from flask import Flask


def install(app: Flask) -> None:
    """Open sign-in and the pages of one's own account, and refuse forms without a token."""
    from flask_wtf import CSRFProtect

    from campaign.accounts import demonstration, guards, own, permissions  # noqa: F401 - own adds its pages to the blueprint
    from campaign.accounts.entry import blueprint

    app.config["WTF_CSRF_TIME_LIMIT"] = None  # or a long edit is lost
    guards.install(app)
    CSRFProtect(app)
    app.jinja_env.globals.update(may=permissions.may, Action=permissions.Action)
    app.register_blueprint(blueprint)
    demonstration.install(app)
