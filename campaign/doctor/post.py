"""Sending mails by SMTP to the server that the settings name: one connection for all that are due, each to one person.

Nobody's address stands in the mail of another, and nothing of this machine: no host name, no version.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import NamedTuple

from campaign import outbound
from campaign.clock import now
from campaign.settings import Settings

SETTING = "SMTP_HOST"
REFUSED_RECIPIENT = "the mail server refused the recipient"


class NotSent(Exception):
    """A mail that no server took; the sentence says why, without an address."""


class Letter(NamedTuple):
    """One mail to one person."""

    address: str
    subject: str
    text: str


class Post:
    """An open connection to the mail server."""

    def __init__(self, here: Settings, server: smtplib.SMTP) -> None:
        self.here, self.server = here, server

    def send(self, letter: Letter) -> None:
        """Send one. Raises NotSent where the server does not take it."""
        try:
            self.server.send_message(message_of(letter, self.here.smtp_sender), self.here.smtp_sender, [letter.address])
        except (OSError, ValueError) as error:
            raise NotSent(reason_of(error)) from error


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """Return a letter with its headers."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.address, letter.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=_domain(sender))
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
    message.set_content(letter.text)
    return message


@contextmanager
def connected(here: Settings) -> Iterator[Post]:
    """Give a connection to the mail server. Raises NotSent where there is none, and outbound.NotAsked without one."""
    with outbound.through(here, SETTING):
        try:
            server = _opened(here)
        except (OSError, ValueError) as error:
            raise NotSent(reason_of(error)) from error
        try:
            yield Post(here, server)
        finally:
            server.close()


def _opened(here: Settings) -> smtplib.SMTP:
    # Its own name is asked of the machine, and of a name server, unless one is said.
    name, host, port = _domain(here.smtp_sender), here.smtp_host, here.smtp_port
    server: smtplib.SMTP
    if here.smtp_security == "tls":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, port, local_hostname=name, timeout=outbound.SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, local_hostname=name, timeout=outbound.SECONDS)
    try:
        if here.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if here.smtp_user and here.smtp_password_file:
            server.login(here.smtp_user, here.smtp_password_file.read_text("utf-8").strip())
    except (OSError, ValueError):
        server.close()
        raise
    return server


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2]


def reason_of(error: Exception) -> str:
    """Return why a mail was not sent, in words that name no address and quote nothing of the server's."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (0, b""))[0]
        return f"{REFUSED_RECIPIENT} ({code})"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the mail server refused user and password ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"the mail server refused the sender ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered {error.smtp_code}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the mail server offers no such security, or no way to sign in"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of the mail server: {error.verify_message}"[:110]
    if isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected):
        return "the mail server did not answer in time, or closed the connection"
    if isinstance(error, ValueError):
        return "the mail could not be written as mail servers take it"
    said = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return f"no connection to the mail server: {said}"[:110]
