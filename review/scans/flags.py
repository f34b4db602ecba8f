"""The counts of open flags, kept near enough for filtering a queue: each new version, and whoever shares something with it.

Counts nothing twice: an application is counted when it has a version it was not counted with, or when it left or changed
something that it shared with another one.
"""

from datetime import datetime

from django.db.models import F, Q

from applications.models import Application
from review.models import FlagCount
from review.services import flags

AT_ONCE = 500


def scan(now: datetime) -> int:
    """Count what has to be counted; nobody is told."""
    known, concerned = FlagCount.objects.all(), set()
    fresh = Application.objects.filter(current_version__isnull=False).exclude(state="withdrawn")
    fresh = fresh.filter(Q(flag_count__isnull=True) | ~Q(flag_count__version=F("current_version")))
    for application in fresh.select_related("current_version", "organisation")[:AT_ONCE]:
        before = known.filter(application=application).values_list("shared_with", flat=True).first() or []
        concerned |= {*before, *flags.count(application).shared_with}
    left = known.filter(application__state="withdrawn")
    concerned |= {other for shared in left.values_list("shared_with", flat=True) for other in shared}
    left.delete()
    counted = Application.objects.filter(pk__in=concerned).exclude(state="withdrawn")
    for application in counted.select_related("current_version", "organisation"):
        flags.count(application)
    return 0
