"""Forms of sign-in and of accounts. Errors are sentences; what was typed stays, passwords aside."""

from wtforms import Field, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.accounts import credentials, invitations
from campaign.accounts.models import Account
from campaign.accounts.permissions import GIVEN_BY_TWO, Role, in_words
from campaign.web.forms import DeskForm, NumberField

LONGEST_PASSKEY = 20_000
ASKS_A_SECOND = ", agreed by a second administrator"


class SignInForm(DeskForm):
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


class _UnlessByPasskey(InputRequired):
    """Asks for a code, except where the browser sends what a passkey has signed."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if form["passkey"].data:
            raise StopValidation
        super().__call__(form, field)


class CodeForm(DeskForm):
    """The second step: a passkey, a code of the authenticator, or a recovery code."""

    passkey = HiddenField(validators=[Length(max=LONGEST_PASSKEY)])
    code = StringField(
        "Code",
        [
            _UnlessByPasskey("Type the six digits your authenticator shows."),
            Length(max=64, message="This is too long."),
        ],
        description="Six digits from your authenticator, or one of your recovery codes.",
        render_kw={"autocomplete": "one-time-code", "class": "code"},
    )

    @property
    def typed(self) -> str:
        """The code without the spaces that people put into it."""
        return "".join((self.code.data or "").split())


class PasswordForm(DeskForm):
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
        if sentence := credentials.refusal(field.data or "", self.account):
            raise ValidationError(sentence)


class InvitationForm(PasswordForm):
    """The first visit: how one is called, and a password."""

    name = StringField(
        "Your name at the desk",
        [InputRequired("Say what colleagues should call you."), Length(max=120, message="This is too long.")],
        description="Colleagues see it beside what you do. It need not be your real name.",
        render_kw={"autocomplete": "nickname"},
    )
    handed = StringField(
        "Code that was handed to you",
        [
            InputRequired("Type the code that a second person handed to you."),
            Length(max=64, message="This is too long."),
        ],
        description="Somebody other than who sent you the link tells you this code, in person or by telephone.",
        render_kw={"autocomplete": "off", "class": "code"},
    )


class SheetForm(DeskForm):
    """A code of the printed sheet."""

    code = StringField(
        "Code of the printed sheet",
        [InputRequired("Type a code of your printed sheet."), Length(max=64, message="This is too long.")],
        render_kw={"autocomplete": "off", "class": "code"},
    )


class PasskeyForm(DeskForm):
    """A new passkey: what the browser made, and how its owner calls it."""

    passkey = HiddenField(
        validators=[
            InputRequired("The browser has sent no passkey. Press the button again."),
            Length(max=LONGEST_PASSKEY),
        ]
    )
    name = StringField(
        "Name of this passkey",
        [InputRequired("Give it a name, such as the device that keeps it."), Length(max=80)],
        description="So that you know which one to remove when a device is lost.",
        render_kw={"autocomplete": "off"},
    )


# The commands that act in somebody's name, as the record calls their deeds (commands.operators.proven).
COMMANDS = {
    "submit": "publishing submit",
    "sign": "publishing sign",
    "approve": "publishing approve",
    "publish": "publishing publish",
    "withdraw": "publishing withdraw",
    "despite": "publishing despite",
    "erase": "publishing erase",
    "import": "cases import",
    "import_facilities": "places facilities import",
    "invite": "accounts invite",
    "reset_factors": "accounts reset-factors",
    "hand_over": "accounts hand-over",
    "vouch": "accounts vouch",
}


class CommandForm(DeskForm):
    """For which command a code is asked."""

    deed = SelectField("Command", choices=[SelectChoice(deed, f"flask {words}") for deed, words in COMMANDS.items()])


class NoticesForm(DeskForm):
    """What waited at somebody's desk and is read: up to which notice."""

    until = NumberField()


class RolesForm(DeskForm):
    """The roles of an account, as boxes to tick."""

    roles = SelectMultipleField(
        "Roles",
        choices=[
            SelectChoice(role.value, in_words(role).capitalize() + ASKS_A_SECOND * (role in GIVEN_BY_TWO))
            for role in Role
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @property
    def wanted(self) -> frozenset[Role]:
        """The roles that are ticked; what is no role is not."""
        return frozenset(Role(code) for code in self.roles.data or () if code in set(Role))


class InviteForm(RolesForm):
    """Somebody new: address, name, roles."""

    email = StringField(
        "E-mail address",
        [InputRequired("Type the address of the person you invite."), Length(max=254, message="This is too long.")],
        description="They sign in with it. Nothing is sent there: you pass the link on yourself.",
        render_kw={"autocomplete": "off", "type": "email"},
    )
    name = StringField(
        "Name at the desk",
        [Length(max=120, message="This is too long.")],
        description="They may change it when they first sign in.",
        render_kw={"autocomplete": "off"},
    )

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address, before anything is made."""
        if sentence := invitations.fault_of(field.data or ""):
            raise ValidationError(sentence)
