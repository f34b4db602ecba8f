"""What an auditor checks besides the cases: who may do what, what was issued, and how the record stood each day (Art. 21)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.db.models.functions import TruncDate

from accounts.models import Capacity
from applications.models import Application
from applications.models.application import ApplicationUserObjectPermission
from files.models import IssuedDocument
from lifecycle.models import StepRecord
from registry.models.book import TitleUserObjectPermission
from supervision.models import AnnualReport
from timekeeping import clock


@dataclass(frozen=True)
class Grant:
    """A permission on a single case: who, what for, which case."""

    person: str
    permission: str
    case: str
    url: str


@dataclass(frozen=True)
class Head:
    """The last record of a day: what a printed chain head of that day must equal."""

    day: date
    sequence: int
    hash: str


def capacities(*, in_force: bool) -> QuerySet[Capacity]:
    """Who acts in which role, for whom and since when; those in force, or those that have ended."""
    active = Capacity.objects.active()
    found = active if in_force else Capacity.objects.exclude(pk__in=active)
    return found.select_related("user", "district", "organisation").order_by("role", "user__name", "pk")


def grants() -> list[Grant]:
    """Every permission on a single case that is in force, of experts, inspectors and evaluators."""
    tables = (
        ApplicationUserObjectPermission.objects.select_related("content_object__call"),
        TitleUserObjectPermission.objects.select_related("content_object"),
    )
    found = [row for table in tables for row in table.select_related("user", "permission", "content_object")]
    return [
        Grant(row.user.name, row.permission.name, str(row.content_object), row.content_object.get_absolute_url())
        for row in sorted(found, key=lambda row: (row.user.name, row.pk))
    ]


def heads() -> list[Head]:
    """The head of the chain at the end of every day with records, latest first; two queries."""
    daily = StepRecord.objects.annotate(day=TruncDate("at", tzinfo=clock.SHANGHAI)).values("day")
    last = dict(daily.annotate(last=Max("sequence")).order_by().values_list("last", "day"))
    records = StepRecord.objects.filter(sequence__in=last).order_by("-sequence").values_list("sequence", "hash")
    return [Head(last[sequence], sequence, digest) for sequence, digest in records]


def issued() -> QuerySet[IssuedDocument]:
    """Every document and export the system has made and kept, latest first; drafts nobody has filed yet are nobody else's."""
    unfiled = (
        *Application.objects.filter(current_version__isnull=True).values_list("uuid", flat=True),
        *AnnualReport.objects.filter(current_version__isnull=True).values_list("uuid", flat=True),
    )
    return IssuedDocument.objects.exclude(subject_id__in=unfiled).select_related("file").order_by("-id")
