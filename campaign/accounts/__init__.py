"""Staff accounts: roles and what they may, passwords, second factors, sessions, invitations.

Flask-Login asks here who is signed in; the rest is ours (docs/decisions/0002).
"""

from flask import Flask


def install(app: Flask) -> None:
    """Open sign-in and the pages of one's own account, and refuse forms without a token."""
    from flask_wtf import CSRFProtect

    from campaign.accounts import duty, factors, guards, own, people, permissions  # noqa: F401 - these add their pages
    from campaign.accounts.entry import blueprint, open_demonstration
    from campaign.web import forms

    app.config["WTF_CSRF_TIME_LIMIT"] = None  # or a long edit is lost
    guards.install(app)
    CSRFProtect(app)
    forms.install(app)
    app.before_request(guards.ask_for_the_table)  # after the token of the form was checked
    app.jinja_env.globals.update(may=permissions.may, Action=permissions.Action, unread=own.unread)
    app.jinja_env.globals.update(with_duty=duty.with_duty, duty_ids=duty.on_duty_ids)
    app.jinja_env.globals["asks_no_code"] = factors.asks_no_code
    app.register_blueprint(blueprint)
    open_demonstration(app)
