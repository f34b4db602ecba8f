"""What must hold of change filings and of the history in the book (Art. 20)."""

from collections.abc import Iterator

from lifecycle import chain
from registry.invariants import gaps
from registry.models import Amendment
from supervision.models import Change, ChangeVersion

STANDS = {Amendment.Kind.PLATFORM_NAME: "platform_name", Amendment.Kind.OPERATOR_NAME: "operator_name"}


def check() -> Iterator[str]:
    """Receipts without gaps; versions as they were filed; registered filings and the book's history fit both ways."""
    yield from gaps("change_district", Change.objects.values_list("year", "district_sequence"))
    yield from gaps("change_city", Change.objects.values_list("year", "city_sequence"))
    yield from _versions()
    yield from _history()
    yield from _names()


def _versions() -> Iterator[str]:
    for version in ChangeVersion.objects.select_related("change").iterator():
        if chain.digest(version.content) != version.fingerprint:
            yield f"变更备案 {version.change.city_receipt} 第{version.number}次报备的内容与指纹不符"
    for number in Change.objects.filter(versions__isnull=True).values_list("city_receipt", flat=True):
        yield f"变更备案 {number} 没有报备版本"


def _history() -> Iterator[str]:
    entered = Amendment.objects.exclude(change__isnull=True)
    registered = Change.objects.filter(state="registered")
    for number in registered.exclude(uuid__in=entered.values("change")).values_list("city_receipt", flat=True):
        yield f"变更备案 {number} 已备案，但名录没有变更记录"
    for entry in entered.exclude(change__in=registered.values("uuid")).select_related("title"):
        yield f"称号 {entry.title.number} 的变更记录“{entry.get_kind_display()}”没有已备案的变更"


def _names() -> Iterator[str]:
    """What a title says is what its latest entry says."""
    latest: dict[tuple[int, str], Amendment] = {}
    for entry in Amendment.objects.filter(kind__in=STANDS).select_related("title").order_by("registered_at", "id"):
        latest[entry.title_id, entry.kind] = entry
    for entry in latest.values():
        if entry.kind == Amendment.Kind.OPERATOR_NAME and _handed_over_since(entry):
            continue
        if getattr(entry.title, STANDS[Amendment.Kind(entry.kind)]) != entry.after:
            yield f"称号 {entry.title.number} 的{entry.get_kind_display()}与最近一次变更登记不符"


def _handed_over_since(entry: Amendment) -> bool:
    later = entry.title.amendments.filter(kind=Amendment.Kind.OPERATOR)
    return later.filter(registered_at__gte=entry.registered_at).exists()
