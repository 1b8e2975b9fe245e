"""security.md 5, 6, 37: the program speaks to nobody but who asks it, and keeps nothing of who that was."""

import socket
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from campaign.accounts.permissions import Role
from campaign.web.limits import limiter
from tests import silence
from tests.cast import Browser, Cast
from tests.web import processes
from tests.web.served_home import ServedHome
from tests.web.walking import a_sample, addresses

ROOT = Path(__file__).parents[2]
ADDRESS, AGENT = "203.0.113.77", "MarkedBrowser/9.9"


@pytest.mark.parametrize(
    "leave",
    [
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: socket.gethostbyname("example.org"),
        lambda: urllib.request.urlopen("http://192.0.2.1/"),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_whatever_leaves_this_machine_is_refused_and_noticed(leave: Callable[[], object]) -> None:
    with pytest.raises(OSError, match="tests reach nobody"):
        leave()
    assert silence.tried
    silence.tried.clear()


def test_every_address_is_answered_without_a_word_to_others(app: Flask, cast: Cast) -> None:
    limiter.enabled = False
    made = a_sample(app)
    everybody = cast("Omni", *[role.value for role in Role])
    visitor = Browser(app, app.response_class, use_cookies=True)
    for browser in (visitor, everybody):
        for _, path in addresses(app, made):
            browser.get(path).close()
    limiter.enabled = True
    assert silence.tried == []


@pytest.fixture
def served(home: Path) -> Iterator[ServedHome]:
    """A home whose real server believes one proxy and logs all it can."""
    made = ServedHome(home, public_count=1)
    made.environment.update(CAMPAIGN_TRUSTED_PROXIES="1", CAMPAIGN_LOG_LEVEL="DEBUG")
    with processes.serving(made.environment, made.port):
        yield made


def test_a_real_server_keeps_no_address_and_no_browser(
    served: ServedHome, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    marked = {"X_Forwarded_For": ADDRESS, "User_Agent": AGENT, "Referer": f"https://{ADDRESS}/"}
    paths = ("/", "/profiles", "/nowhere", "/api/v1", "/api/v1/export.csv", "/staff/", "/staff/sign-in", "/x?q=%00")
    for path in paths:
        assert processes.ask(served.port, path, **marked)[0] < 500
        processes.ask(served.port, path, method="POST", body=b"email=a&password=b", **marked)
    told = capfd.readouterr()
    kept = (told.out + told.err).encode() + b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert ADDRESS.encode() not in kept
    assert AGENT.encode() not in kept
