"""Public look-ups by a number: whoever guesses wrong too often on one day waits until tomorrow (A12)."""

import logging
import math
from datetime import timedelta

from accounts import limits
from lifecycle.errors import TooMany
from regulation import parameters
from timekeeping import clock
from timekeeping.dates import start_of_day

KIND = "lookup"
SUSPICIOUS = 5

log = logging.getLogger("platforms.security")


def may_ask(address: str) -> None:
    """Raises TooMany (429) when the address has been wrong too often today; a right answer costs nothing."""
    today = clock.today()
    if limits.used(KIND, address) >= parameters.at(today).lookup_failures_per_day_per_ip:
        tomorrow = start_of_day(today + timedelta(days=1))
        seconds = math.ceil((tomorrow - clock.now()).total_seconds())
        raise TooMany("今天查询不符的次数已达上限。请明天再查，或者打电话向受理单位查询。", retry_after=seconds)


def note_failure(address: str) -> None:
    """Count an answer that was not found; from the fifth on the day it is logged as a security event."""
    failures = limits.use(KIND, address)
    if failures >= SUSPICIOUS:
        log.warning("repeated failed look-ups", extra={"facts": {"failures": failures}})
