"""Ringing the scans of all rooms. Running them twice, late or never changes nothing but when people are told."""

import logging

from accounts import bell
from lifecycle import announcements, collect
from lifecycle.models import ScanRun
from timekeeping import clock

logger = logging.getLogger(__name__)


def run() -> dict[str, int]:
    """Run every room's scan and note when it finished; one failing room does not stop the others.

    Returns how much each room wrote; a room whose scan failed is missing, and its ``ScanRun`` grows stale on the health page.
    """
    written = {}
    with bell.silent():
        for room, scan in collect.scans():
            try:
                written[room] = scan(clock.now())
            except Exception:
                logger.exception("scan of %s failed", room)
                continue
            ScanRun.objects.update_or_create(name=room, defaults={"finished_at": clock.now()})
    if any(written.values()):
        announcements.wake()  # once for everything, not once for each row
    return written
