"""Certificates of an authority of the tests' own, for real servers on loopback.

OpenSSL judges them by the machine's clock, so whoever uses them is at the machine's own instant (`moment`).
"""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PublicKey = ec.EllipticCurvePublicKey
LONG = timedelta(days=60)


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
