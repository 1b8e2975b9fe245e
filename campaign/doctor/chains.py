"""Both logs and the register: whether anything was changed, slipped in or cut off."""

from collections.abc import Iterable, Iterator

from campaign import register as registers
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import verification
from campaign.web.context import settings

MOST_TOLD = 3
TAMPERED = "Somebody changed what was written, or a disk is failing: pages and records can't be relied on."


def ledger() -> Iterator[Diagnosis]:
    """Find entries, bodies and lists that are not as they were written."""
    yield from _told(verification.verify().faults, "Stop the processes, keep this disk, and type: flask ledger verify")


def audit() -> Iterator[Diagnosis]:
    """Find rows of the audit that are not as they were written."""
    from campaign.audit import log  # not at the top: the public edge loads no audit

    yield from _told(log.verify().faults, "Stop the processes, keep this disk, and type: flask audit verify")


def _told(faults: Iterable[str], to_do: str) -> Iterator[Diagnosis]:
    found = list(faults)
    for fault in found[:MOST_TOLD]:
        yield Diagnosis(fault, TAMPERED, to_do)
    if len(found) > MOST_TOLD:
        yield Diagnosis(f"{len(found) - MOST_TOLD} further things are wrong with it.", TAMPERED, to_do)


def _is_behind() -> bool:
    from campaign.audit import registering  # not at the top: the public edge loads no audit

    return registering.is_behind()


def register() -> Iterator[Diagnosis]:
    """Find an installation without a register, and one that can't be read."""
    path, here = settings().register, settings()
    if path is None and "staff" not in here.edges:
        # The desk keeps it; a replica takes nothing away by itself.
        return
    if path is None:
        yield Diagnosis(
            "No register is kept outside the home.",
            "A tail that was cut off the audit is not noticed, and a copy that is put back brings back who was taken "
            "away since.",
            "Set CAMPAIGN_REGISTER to a file on another disk.",
            is_red=here.production,
        )
        return
    if "staff" in here.edges and _is_behind():
        yield Diagnosis(
            "The register lacks a line: it could not be written when something was taken away.",
            "A copy that is put back would bring it back.",
            f"Let the user of the desk write {path}; it is tried again each minute. Type: ls -l {path}",
        )
    for fault in registers.noted(path, registers.LEDGER)[1]:
        yield Diagnosis(fault, "What was taken away since the last copy is known by it alone.", f"Type: ls -l {path}")
