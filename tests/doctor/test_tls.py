"""What `flask doctor --outside` says of a site with TLS: a real one on loopback, certified by an authority of its own.

Certificates are judged by OpenSSL, which asks the machine's clock; so these tests run at the machine's own instant.
"""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from campaign.doctor import outside
from campaign.settings import read
from tests import tables
from tests.web import processes

PublicKey = ec.EllipticCurvePublicKey
Site = Callable[..., list[str]]
LONG, SOON = timedelta(days=60), timedelta(days=5)


class Authority:
    """Whoever signs certificates: `certify` writes a key and a certificate for a host into one file."""

    def __init__(self, folder: Path, moment: datetime) -> None:
        self.folder, self.moment, self.key = folder, moment, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of this test")])
        built = self._begun(self.name, self.key.public_key(), LONG)
        signed = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(signed.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def _begun(self, subject: x509.Name, public: PublicKey, lasts: timedelta) -> x509.CertificateBuilder:
        begun = x509.CertificateBuilder(self.name, subject, public, x509.random_serial_number())
        return begun.not_valid_before(self.moment - timedelta(days=90)).not_valid_after(self.moment + lasts)

    def certify(self, host: str, lasts: timedelta) -> Path:
        """Return the file of a key and its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        named = self._begun(subject, key.public_key(), lasts).add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False
        )
        file = self.folder / f"{host}.pem"
        plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        signed = named.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        file.write_bytes(key.private_bytes(*plain) + signed)
        return file


class Silent(WSGIRequestHandler):
    """A handler that writes no log, and names no server."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def moment(tmp_path: Path) -> Iterator[datetime]:
    """The machine's own instant, as its file system has it."""
    (tmp_path / "clock").touch()
    there = datetime.fromtimestamp((tmp_path / "clock").stat().st_mtime, UTC)
    with time_machine.travel(there):
        yield there


@pytest.fixture
def authority(tmp_path: Path, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this process trusts, as it would one of the machine's list."""
    made = Authority(tmp_path, moment)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def told_of(home: Path) -> Iterator[Site]:
    """Serves the program with a certificate at https://localhost; returns what the doctor says is wrong."""
    with ExitStack() as running:
        yield lambda certificate: running.enter_context(_asked(home, certificate))


@contextmanager
def _asked(home: Path, certificate: Path) -> Iterator[list[str]]:
    port = processes.free_port()
    app: Flask = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": f"https://localhost:{port}"}))
    tables.create(app)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = make_server("localhost", port, app, threaded=True, request_handler=Silent, ssl_context=context)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app.extensions["settings"] = replace(app.extensions["settings"], ask_outside=True)
    with app.app_context():
        found = [one.wrong.replace(f":{port}", "") for one in outside.site() if one.is_red]
    yield found
    server.shutdown()
    tables.close(app)


def test_a_site_with_a_good_certificate_is_well(authority: Authority, told_of: Site) -> None:
    assert told_of(authority.certify("localhost", LONG)) == []


def test_a_certificate_that_ends_soon_is_told_with_its_day(
    authority: Authority, told_of: Site, moment: datetime
) -> None:
    ends = moment + SOON
    expected = f"The certificate of https://localhost ends on {ends:%d %b %Y}."
    assert told_of(authority.certify("localhost", SOON)) == [expected]


@pytest.mark.parametrize(
    ("host", "lasts", "words"),
    [("localhost", -timedelta(days=1), "certificate has expired"), ("names.invalid", LONG, "Hostname mismatch")],
)
def test_a_certificate_that_no_browser_takes_is_told_as_no_answer(
    authority: Authority, told_of: Site, host: str, lasts: timedelta, words: str
) -> None:
    (wrong,) = told_of(authority.certify(host, lasts))
    assert wrong.startswith("https://localhost does not answer: ")
    assert words in wrong


def test_a_certificate_of_an_unknown_authority_is_told(tmp_path: Path, moment: datetime, told_of: Site) -> None:
    (wrong,) = told_of(Authority(tmp_path, moment).certify("localhost", LONG))
    assert "certificate verify failed" in wrong
