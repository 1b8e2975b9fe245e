"""Settings of mail that would send nothing, or in clear, are refused at start, each in a sentence."""

import re
from pathlib import Path

import pytest

from campaign.settings import Unsafe, read
from tests.doctor.mail_server import PASSWORD, USER

FAULTS = {
    "CAMPAIGN_SMTP_SENDER is ''": {"SMTP_SENDER": ""},
    "CAMPAIGN_SMTP_SENDER is 'Desk <desk@names.example>'": {"SMTP_SENDER": "Desk <desk@names.example>"},
    "CAMPAIGN_SMTP_SECURITY is none, and mail.names.example is another machine": {"SMTP_SECURITY": "none"},
    "CAMPAIGN_SMTP_SECURITY is 'ssl'; it must be starttls, tls or none": {"SMTP_SECURITY": "ssl"},
    "CAMPAIGN_SMTP_PORT is '70000'; it must be a port": {"SMTP_PORT": "70000"},
    "CAMPAIGN_SMTP_HOST is 'smtp://mail'; it must be a host alone": {"SMTP_HOST": "smtp://mail"},
    "CAMPAIGN_SMTP_USER and CAMPAIGN_SMTP_PASSWORD_FILE go together": {"SMTP_USER": "desk"},
    "can't read /nowhere/password": {"SMTP_USER": "desk", "SMTP_PASSWORD_FILE": "/nowhere/password"},
}


@pytest.mark.parametrize("words", FAULTS)
def test_settings_that_would_send_nothing_or_in_clear_are_refused(home: Path, words: str) -> None:
    usual = {"SMTP_HOST": "mail.names.example", "SMTP_SENDER": "desk@names.example"}
    given = {f"CAMPAIGN_{name}": value for name, value in {**usual, **FAULTS[words]}.items()}
    with pytest.raises(Unsafe, match=re.escape(words)):
        read({"CAMPAIGN_HOME": str(home), **given})


def test_a_password_that_others_can_read_is_refused(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text(PASSWORD)
    path.chmod(0o640)
    given = {"SMTP_HOST": "mail.names.example", "SMTP_SENDER": "desk@names.example", "SMTP_USER": USER}
    given["SMTP_PASSWORD_FILE"] = str(path)
    with pytest.raises(Unsafe, match="password can be read by its group"):
        read({"CAMPAIGN_HOME": str(home), **{f"CAMPAIGN_{name}": value for name, value in given.items()}})
