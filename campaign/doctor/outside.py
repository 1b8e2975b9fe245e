"""The site as the world sees it: TLS, whose Host is answered, how large a picture may be, the headers of each zone.

The one check that leaves this machine: only with `--outside`, or where CAMPAIGN_ASK_OUTSIDE is 1.
"""

import http.client
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from campaign import outbound
from campaign.clock import now
from campaign.doctor.checks import DAILY, Check
from campaign.doctor.diagnoses import Diagnosis
from campaign.web import headers
from campaign.web.context import settings

SETTING = "ASK_OUTSIDE"
STRANGER = "a-host-that-is-none.invalid"
PHOTO_BYTES = 2_000_000  # what nginx refuses unless it is told otherwise
SOON_OVER = timedelta(days=14)
PROXY = "Compare your proxy's file with those under deploy/, and load it again."
# An address of each zone, and what kind of page answers there.
ZONES = {"/": "text/html", "/staff/sign-in": "text/html", "/healthz": "text/plain"}


class Answer(NamedTuple):
    """What came back: the status, the headers by their small names, when the certificate ends, whether a text came."""

    status: int
    headers: Mapping[str, str]
    ends_at: datetime | None
    has_body: bool


def ask(address: str, path: str, *, host: str = "", body: bytes = b"") -> Answer:
    """Return the answer of a site to one question. Raises OSError or http.client.HTTPException."""
    site = urlsplit(address)
    kind = http.client.HTTPSConnection if site.scheme == "https" else http.client.HTTPConnection
    connection = kind(site.hostname or "", site.port, timeout=outbound.SECONDS)
    with outbound.through(settings(), SETTING):
        try:
            connection.connect()
            ends_at = _end_of_certificate(connection.sock)
            connection.putrequest("POST" if body else "GET", path, skip_host=True, skip_accept_encoding=True)
            for name, value in (("Host", host or site.netloc), ("Accept-Encoding", "gzip"), ("Connection", "close")):
                connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            # Refused before it was read: the answer says so.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.send(body)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, ends_at, has_body=bool(answer.read(1)))
        finally:
            connection.close()


def _end_of_certificate(connection: object) -> datetime | None:
    certificate = connection.getpeercert() if isinstance(connection, ssl.SSLSocket) else None
    ends = str((certificate or {}).get("notAfter", ""))
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if ends else None


def site() -> Iterator[Diagnosis]:
    """Find what the world is answered and should not be, or is not answered and should be."""
    here = settings()
    addresses = {here.address: ["/", "/healthz"], **{mirror: ["/"] for mirror in here.mirror_addresses}}
    if "staff" in here.edges:
        addresses.setdefault(here.desk_address, []).append("/staff/sign-in")
    for address, paths in addresses.items():
        try:
            yield from _of_address(address, paths)
        except (OSError, http.client.HTTPException) as error:
            yield Diagnosis(
                f"{address} does not answer: {error}.",
                "Nobody reaches it, or nobody can be sure who answers.",
                "Look at the proxy: systemctl status caddy (or nginx); then at the name and its certificate.",
            )


def _of_address(address: str, paths: list[str]) -> Iterator[Diagnosis]:
    answers = {path: ask(address, path) for path in paths}
    first = answers[paths[0]]
    if first.ends_at and first.ends_at - now() < SOON_OVER:
        yield Diagnosis(
            f"The certificate of {address} ends on {first.ends_at:%d %b %Y}.",
            "From then on browsers show a warning instead of the pages.",
            "The proxy should have made a new one: journalctl -u caddy",
        )
    for path, answer in answers.items():
        yield from _of_headers(f"{address}{path}", path, answer)
    if _answers(address, STRANGER):
        yield Diagnosis(
            f"{address} answers to any Host.",
            "Links in its pages can be made to lead to somebody else's host.",
            f"Pass the visitor's Host on (nginx: proxy_set_header Host $host). {PROXY}",
        )
    if "/staff/sign-in" in paths:
        refused = ask(address, "/staff/sign-in", body=b"x" * PHOTO_BYTES)
        # The program's own refusals carry its policy; a proxy's do not.
        if refused.status == 413 and "content-security-policy" not in refused.headers:
            yield Diagnosis(
                f"The proxy of {address} refuses {PHOTO_BYTES // 1_000_000} MB.",
                f"Photographs of up to {settings().max_photo_bytes // 1_000_000} MB can't be brought in.",
                f"Allow 20 MB (nginx: client_max_body_size 20m). {PROXY}",
            )


def _answers(address: str, host: str) -> bool:
    """Whether a page is shown under another name. Caddy says 200 with nothing in it, nginx as shipped hangs up."""
    try:
        answer = ask(address, "/healthz", host=host)
    except (OSError, http.client.HTTPException):
        return False
    return answer.status == 200 and answer.has_body


def _of_headers(url: str, path: str, answer: Answer) -> Iterator[Diagnosis]:
    if answer.status != 200:
        yield Diagnosis(f"{url} answers {answer.status}.", "Nobody can use that page.", "Type: flask doctor")
        return
    wanted = {"content-security-policy": headers.policy(path, ZONES[path])}
    wanted |= {name.lower(): value for name, value in headers.ALWAYS.items()}
    if url.startswith("https://"):
        wanted["strict-transport-security"] = headers.strict_transport(settings(), urlsplit(url).hostname or "")
    changed = sorted(name for name, value in wanted.items() if answer.headers.get(name) != value)
    if changed:
        yield Diagnosis(
            f"{url} comes without the program's own {', '.join(changed)}.",
            "What protects readers and the desk against foreign scripts and frames is missing.",
            f"Let the proxy pass headers on as they are. {PROXY}",
        )
    # nginx can't be made to keep its bare name back, which tells of no fault.
    if re.search(r"\d", answer.headers.get("server", "")):
        yield Diagnosis(
            f"{url} names its server's version: {answer.headers['server'][:40]}.",
            "Whoever looks for machines with a known fault finds this one.",
            f"Take the header out (Caddy: header -Server; nginx: server_tokens off). {PROXY}",
            is_red=False,
        )
    if path == "/" and answer.headers.get("content-encoding") not in {"gzip", "zstd", "br"}:
        yield Diagnosis(
            f"{url} comes uncompressed.",
            "Pages are slow where lines are slow.",
            f"Compress (Caddy: encode zstd gzip; nginx: gzip on, with text/css). {PROXY}",
            is_red=False,
        )


CHECK = Check("outside", "The world is answered as it should be.", site, DAILY)
