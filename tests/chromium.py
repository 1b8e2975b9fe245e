"""The one Chromium of a test process: two at once can't be driven from one, so every room's tests share it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import needs

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asked for elsewhere would not even find an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it, asking nobody for updates."""
    path = needs.chromium()
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=SWITCHES)
        yield chromium
        chromium.close()
