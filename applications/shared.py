"""What two applications of one call have in common: the same SME, telephone, person, institution or file.

Shown to officers as questions, never to applicants; the caller decides what of the other application may be told to whom.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from applications.models import Application, ListBatch, ListKind, Material
from applications.models.lists import Institution, ListRow, ServedEnterprise, StaffMember

Content = Mapping[str, Any]


class Common(StrEnum):
    """What kind of thing is shared."""

    ENTERPRISE = "enterprise"
    PHONE = "phone"
    PERSON = "person"
    INSTITUTION = "institution"
    FILE = "file"


@dataclass(frozen=True)
class Watched:
    """One column to compare. Rows are the same when all ``same`` columns are, and none of ``unless`` (the same SME explains
    the same telephone).
    """

    kind: Common
    list: ListKind
    model: type[ListRow]
    same: tuple[str, ...]
    unless: str = ""


WATCHED = (
    Watched(Common.ENTERPRISE, ListKind.SERVED, ServedEnterprise, ("credit_code", "year")),
    Watched(Common.PHONE, ListKind.SERVED, ServedEnterprise, ("phone",), "credit_code"),
    Watched(Common.PERSON, ListKind.STAFF, StaffMember, ("id_number",)),
    Watched(Common.INSTITUTION, ListKind.INSTITUTIONS, Institution, ("credit_code",)),
)
BY_KIND = {watched.kind: watched for watched in WATCHED}
Values = frozenset[tuple[Any, ...]]


@dataclass(frozen=True)
class Overlap:
    """What one kind of thing this application has in common with one other; ``values`` as ``Watched.same`` names them."""

    kind: Common
    other: Application
    values: Values


def overlaps(application: Application, content: Content) -> list[Overlap]:
    """Everything that the frozen ``content`` of an application shares with the current versions of the call's others.

    In the order of ``Common``, then of the other application's key. A constant number of queries, and no row is read that
    does not agree: withdrawn applications, drafts and former versions of others have no part.
    """
    found: dict[tuple[Common, int], set[tuple[Any, ...]]] = defaultdict(set)
    for kind, other, value in (*_rows(application, content), *_files(application, content)):
        found[kind, other].add(value)
    others = Application.objects.select_related("organisation", "district").in_bulk({other for _, other in found})
    order = list(Common)
    return [
        Overlap(kind, others[other], frozenset(values))
        for (kind, other), values in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]


def value_of(watched: Watched, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a row is compared by."""
    return tuple(row.get(name) for name in watched.same)


def _rivals(application: Application, prefix: str) -> Q:
    """The other applications of the call that are on file, seen from a related model."""
    told = {"call": application.call_id, "current_version__isnull": False}
    return (
        Q(**{f"{prefix}__{name}": value for name, value in told.items()})
        & ~Q(**{f"{prefix}": application.pk})
        & ~Q(**{f"{prefix}__state": "withdrawn"})
    )


def _rows(application: Application, content: Content) -> Iterator[tuple[Common, int, tuple[Any, ...]]]:
    hits = [hit for watched in WATCHED for hit in _hits(watched, application, content["lists"].get(watched.list, []))]
    filed = _filed_batches(owner for _, owner, _, _ in hits)
    for watched, owner, batch, value in hits:
        if filed.get((owner, watched.list)) == batch:
            yield watched.kind, owner, value


Hit = tuple[Watched, int, int, tuple[Any, ...]]


def _hits(watched: Watched, application: Application, rows: list[dict[str, Any]]) -> Iterator[Hit]:
    """Rows of others, of whatever batch, that agree with a row of this application."""
    mine: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for row in rows:
        if row.get(watched.same[0]):
            mine[value_of(watched, row)].add(row.get(watched.unless))
    if not mine:
        return
    first, columns = watched.same[0], (*watched.same, *filter(None, [watched.unless]))
    agreeing: QuerySet[Model] = watched.model._default_manager.filter(
        _rivals(application, "batch__application"),
        batch__sealed_at__isnull=False,
        **{f"{first}__in": {v[0] for v in mine}},
    )
    for owner, batch, *cells in agreeing.values_list("batch__application", "batch", *columns):
        value = tuple(cells[: len(watched.same)])
        if value in mine and not (watched.unless and cells[-1] in mine[value]):
            yield watched, owner, batch, value


def _filed_batches(owners: Iterable[int]) -> dict[tuple[int, str], int]:
    """The batch of each list that the current version froze: the newest sealed one."""
    found = ListBatch.objects.filter(application__in=set(owners), sealed_at__isnull=False).order_by("number")
    return {(owner, kind): pk for pk, owner, kind in found.values_list("pk", "application_id", "kind")}


def _files(application: Application, content: Content) -> Iterator[tuple[Common, int, tuple[Any, ...]]]:
    """Files of the same content in the current versions of others: there when it was submitted, not removed before."""
    mine = {item["sha256"] for item in content["materials"]}
    at = "application__current_version__submitted_at"
    filed = Material.objects.filter(_rivals(application, "application"), file__sha256__in=mine, uploaded_at__lte=F(at))
    filed = filed.filter(Q(removed_at__isnull=True) | Q(removed_at__gt=F(at)))
    for owner, digest in filed.order_by("pk").values_list("application", "file__sha256"):
        yield Common.FILE, owner, (digest,)
