"""A real mail server on loopback (aiosmtpd) that keeps what it takes, and can be told to refuse."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "a pass word"


class Mailbox:
    """What came: the recipients of each mail and the mail. `refuses` are addresses that are not taken."""

    def __init__(self) -> None:
        self.came: list[tuple[list[str], EmailMessage]] = []
        self.refuses: set[str] = set()
        self.greetings: set[str] = set()
        self.was_sealed: set[bool] = set()

    async def handle_EHLO(  # noqa: N802 - the name of aiosmtpd's
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Note the name under which somebody comes."""
        session.host_name = hostname
        self.greetings.add(hostname)
        return answers

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or refuse them."""
        if address in self.refuses:
            return f"550 no mailbox {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail."""
        message = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        self.came.append((list(envelope.rcpt_tos), message))
        self.was_sealed.add(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    @property
    def to(self) -> list[str]:
        """Return to whom mails came, in order of address; each mail has one recipient."""
        return sorted(address for addresses, _ in self.came for address in addresses)

    @property
    def texts(self) -> dict[str, str]:
        """Return the newest text to each address."""
        return {addresses[0]: message.get_content().replace("\r\n", "\n") for addresses, message in self.came}


def _authenticate(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def receiving(port: int, *, certificate: Path | None = None, is_tls: bool = False) -> Iterator[Mailbox]:
    """Take mails on a port while the block runs; with a certificate by STARTTLS, or TLS from the first byte."""
    mailbox, context = Mailbox(), None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    kept: dict[str, object] = {"authenticator": _authenticate, "auth_require_tls": not is_tls} if context else {}
    if context is not None:
        kept |= {"ssl_context": context} if is_tls else {"tls_context": context, "require_starttls": True}
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, server_hostname="localhost", **kept)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
