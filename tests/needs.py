"""What the tests need of the machine. At home a test without it is skipped; where CI is set it fails: nobody merges
what no browser and no second database has seen.
"""

import os
import pwd
import shutil
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """End the test that needs something which is not installed: skipped, or failed where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed; where CI is set the tests that need it must run.")
    pytest.skip(f"{what} is not installed")


def another_user() -> pwd.struct_passwd:
    """Return the user nobody, whom these tests may become, or end the test."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else lacking("The right to become another user (root)")


def chromium() -> str:
    """Return the path of Chromium, or end the test."""
    return shutil.which("chromium") or lacking("Chromium")
