"""The forms of signing in and of one's own account. Errors are sentences; what was typed stays, passwords aside."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from campaign.accounts import passwords
from campaign.accounts.models import Account


class SignInForm(FlaskForm):  # type: ignore[misc]  # the package states no types
    """The first step: address and password."""

    email = StringField(
        "E-mail address",
        [InputRequired("Type the address you were invited under."), Length(max=254, message="This is too long.")],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Type your password."), Length(max=1000, message="This is too long.")],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The second step: a code of the authenticator, or a recovery code."""

    code = StringField(
        "Code",
        [InputRequired("Type the six digits your authenticator shows."), Length(max=64, message="This is too long.")],
        description="Six digits from your authenticator, or one of your recovery codes.",
        render_kw={"autocomplete": "one-time-code", "class": "code"},
    )

    @property
    def typed(self) -> str:
        """The code without the spaces that people put into it."""
        return "".join((self.code.data or "").split())


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, typed once: it may be pasted from a password manager."""

    password = PasswordField(
        "New password",
        [InputRequired("Choose a password.")],
        description="At least 15 characters. Four unrelated words do well; a password manager does better.",
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account

    @property
    def chosen(self) -> str:
        """The password as typed."""
        return self.password.data or ""

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what would be guessed early."""
        if sentence := passwords.refusal(field.data or "", self.account):
            raise ValidationError(sentence)


class InvitationForm(PasswordForm):
    """The first visit: how one is called, and a password."""

    name = StringField(
        "Your name at the desk",
        [InputRequired("Say how colleagues shall call you."), Length(max=120, message="This is too long.")],
        description="Colleagues see it beside what you do. It need not be your real name.",
        render_kw={"autocomplete": "nickname"},
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A button that needs no more than its token."""
