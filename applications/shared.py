"""The same SME, telephone, person or institution claimed by two platforms of one call: shown to officers, never to applicants."""

from collections.abc import Iterator
from dataclasses import dataclass

from applications.models import Application, ListBatch, ListKind
from applications.models.lists import Institution, ListRow, ServedEnterprise, StaffMember

_WATCHED: tuple[tuple[ListKind, type[ListRow], str, str], ...] = (
    (ListKind.SERVED, ServedEnterprise, "credit_code", "服务企业"),
    (ListKind.SERVED, ServedEnterprise, "phone", "服务企业电话"),
    (ListKind.STAFF, StaffMember, "id_number", "专职服务人员"),
    (ListKind.INSTITUTIONS, Institution, "credit_code", "签约机构"),
)


@dataclass(frozen=True)
class SharedRow:
    """One value of this application's newest list that other applications of the call also hold."""

    kind: str
    field: str
    label: str
    position: int
    name: str
    value: str
    others: tuple[Application, ...]


def shared_rows(application: Application) -> list[SharedRow]:
    """Every shared value, list by list in the order of rows. For officers only; the caller checks who asks."""
    rivals = Application.objects.filter(call=application.call_id, current_version__isnull=False)
    others = {
        a.pk: a for a in rivals.exclude(pk=application.pk).exclude(state="withdrawn").select_related("organisation")
    }
    newest = _newest_batches([application.pk, *others])
    return [row for watched in _WATCHED for row in _shared(application, others, newest, *watched)]


def _newest_batches(applications: list[int]) -> dict[tuple[int, str], int]:
    found = ListBatch.objects.filter(application__in=applications).order_by("number")
    return {(owner, kind): pk for pk, owner, kind in found.values_list("pk", "application_id", "kind")}


def _shared(
    application: Application,
    others: dict[int, Application],
    newest: dict[tuple[int, str], int],
    kind: ListKind,
    model: type[ListRow],
    field: str,
    label: str,
) -> Iterator[SharedRow]:
    own = newest.get((application.pk, kind))
    theirs = [newest[pk, kind] for pk in others if (pk, kind) in newest]
    if own is None or not theirs:
        return
    rows = model._default_manager
    mine = rows.filter(batch=own).exclude(**{field: ""}).order_by("position").values_list("position", "name", field)
    values = {value for _, _, value in mine}
    holders: dict[str, set[int]] = {}
    for value, owner in rows.filter(batch__in=theirs, **{f"{field}__in": values}).values_list(
        field, "batch__application"
    ):
        holders.setdefault(value, set()).add(owner)
    seen: set[str] = set()
    for position, name, value in mine:
        if value in holders and value not in seen:
            seen.add(value)
            yield SharedRow(
                kind, field, label, position, name, value, tuple(others[pk] for pk in sorted(holders[value]))
            )
