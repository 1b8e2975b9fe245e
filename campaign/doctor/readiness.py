"""What a process looks at each time that /readyz asks: cheap, its own, and in words that help no attacker."""

import os

from sqlalchemy import select

from campaign import settings_faults
from campaign.database import db
from campaign.doctor import files
from campaign.ledger import pulse
from campaign.ledger.models import Entry
from campaign.web.context import settings


def ledger() -> str:
    """Return a sentence where the ledger can't be read (raises what the database says), otherwise ""."""
    db.session.execute(select(Entry.number, Entry.chain).order_by(Entry.number.desc()).limit(1)).first()
    return ""


def media() -> str:
    """Return a sentence where this process can't reach the pictures, otherwise ""."""
    folder = settings().media
    needed = os.R_OK | os.X_OK | (os.W_OK if "staff" in settings().edges else 0)
    try:
        # Not there yet is no fault where it can still be made.
        is_reached = os.access(folder, needed) if folder.exists() else settings_faults.nearest(folder).is_dir()
    except OSError:
        is_reached = False
    return "" if is_reached else "The pictures can't be reached."


def disk() -> str:
    """Return a sentence where a disk is full, otherwise ""."""
    return "A disk is full." if any(found.is_red for found in files.disk()) else ""


def desk() -> str:
    """Return a sentence where this process reads a copy and has not heard from the desk for too long, otherwise ""."""
    return "The desk was not heard from lately." if pulse.is_deaf() else ""


CHECKS = (ledger, media, disk, desk)
