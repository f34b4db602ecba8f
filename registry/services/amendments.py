"""Carrying registered changes into the book (Art. 20). Called inside the act that registers the filing.

The book keeps its history: every title concerned gets an ``Amendment`` with what stood there before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import District, Organisation
from lifecycle.engine import Act
from registry.models import Amendment, Platform, Title
from timekeeping import clock

Kind = Amendment.Kind
Values = Mapping[str, str]
OUTSIDE, OUT_OF_TOWN, NOTHING = "outside", "迁出昆明市", "--"
OF_THE_OPERATOR = (Kind.OPERATOR_NAME, Kind.REPRESENTATIVE)


@dataclass(frozen=True)
class Source:
    """The filing behind an entry: its UUID and the day on which the change was completed."""

    change: UUID
    completed_on: date


def concerned(title: Title, kind: str) -> list[Title]:
    """The title and the others, in force or about to be, that the change also touches: of its platform, or of its operator."""
    reach = Q(platform=title.platform_id)
    if kind in OF_THE_OPERATOR:
        reach = Q(platform__organisation=title.platform.organisation_id)
    running = Q(state="granted", valid_to__gte=clock.today())
    return list(_whole().filter(Q(pk=title.pk) | (reach & running)).order_by("pk"))


def now_stands(title: Title, kind: str) -> dict[str, str]:
    """What the book says today, by the fields of the kind; empty for matters that it does not hold."""
    platform, body = title.platform, title.platform.organisation
    return {
        Kind.PLATFORM_NAME: {"platform_name": title.platform_name},
        Kind.OPERATOR_NAME: {"operator_name": body.name},
        Kind.ADDRESS: {"registered_address": body.registered_address, "service_address": platform.service_address},
        Kind.REPRESENTATIVE: {"legal_representative": body.legal_representative},
        Kind.DISTRICT: {"district": platform.district.slug, "service_address": platform.service_address},
        Kind.OPERATOR: {"operator_name": body.name, "credit_code": body.credit_code},
    }.get(Kind(kind), {})


def amend(*, act: Act, titles: Sequence[Title], kind: str, values: Values, source: Source) -> None:
    """Write the new values into organisation, platform and the locked ``titles``, and the old ones into their history.

    Titles that ended meanwhile keep what they say; only those still granted are amended.
    """
    standing = [title for title in titles if title.state == "granted"]
    found = {title.pk: title for title in _whole().filter(pk__in=[title.pk for title in standing])}
    for title in standing:
        platform = found[title.pk].platform
        leaving, address = platform.district if kind == Kind.DISTRICT else None, platform.service_address
        words = CARRY[kind](title, platform, values)
        act.take(title, "amend", data={"kind": kind, "change": str(source.change)})
        enter(title, kind, words, source, leaving)
        if leaving and values["service_address"] != address:
            enter(title, Kind.ADDRESS, (address or NOTHING, values["service_address"]), source)


def change_operator(*, act: Act, title: Title, organisation: Organisation, source: Source) -> None:
    """Hand the platform with its locked title to another operator (Art. 20): number, term and plaque stay as they are."""
    found = _whole().get(pk=title.pk)
    before = f"{title.operator_name}（{title.credit_code}）"
    found.platform.organisation = organisation
    found.platform.save(update_fields=["organisation"])
    title.operator_name, title.credit_code = organisation.name, organisation.credit_code
    act.take(title, "change_operator", data={"change": str(source.change), "organisation": str(organisation.uuid)})
    enter(title, Kind.OPERATOR, (before, f"{organisation.name}（{organisation.credit_code}）"), source)


def enter(
    title: Title, kind: str, words: tuple[str, str], source: Source, old_district: District | None = None
) -> None:
    """One entry of the title's history."""
    Amendment.objects.create(
        title=title, kind=kind, before=words[0], after=words[1], completed_on=source.completed_on, change=source.change,
        old_district=old_district,
    )  # fmt: skip


def _platform_name(title: Title, platform: Platform, values: Values) -> tuple[str, str]:
    before, platform.name = title.platform_name, values["platform_name"]
    platform.save(update_fields=["name"])
    title.platform_name = platform.name
    return before, platform.name


def _operator_name(title: Title, platform: Platform, values: Values) -> tuple[str, str]:
    before, body = title.operator_name, platform.organisation
    body.name = title.operator_name = values["operator_name"]
    body.save(update_fields=["name"])
    return before, body.name


def _address(title: Title, platform: Platform, values: Values) -> tuple[str, str]:
    body = platform.organisation
    before = _addresses(body.registered_address, platform.service_address)
    body.registered_address = values.get("registered_address") or body.registered_address
    _settle(platform, values)
    return before, _addresses(body.registered_address, platform.service_address)


def _legal_representative(title: Title, platform: Platform, values: Values) -> tuple[str, str]:
    body = platform.organisation
    before, body.legal_representative = body.legal_representative, values["legal_representative"]
    body.save(update_fields=["legal_representative"])
    return before, body.legal_representative


def _district(title: Title, platform: Platform, values: Values) -> tuple[str, str]:
    before = platform.district.name
    if values["district"] == OUTSIDE:
        return before, OUT_OF_TOWN
    new, body = District.objects.get(slug=values["district"]), platform.organisation
    body.district = platform.district = title.district = new
    _settle(platform, values)
    return before, new.name


def _other(title: Title, platform: Platform, values: Values) -> tuple[str, str]:
    return values["before"], values["after"]


def _settle(platform: Platform, values: Values) -> None:
    address = values.get("service_address") or platform.service_address
    platform.service_address = platform.organisation.service_address = address
    platform.organisation.save(update_fields=["registered_address", "service_address", "district"])
    platform.save(update_fields=["service_address", "district"])


def _addresses(registered: str, service: str) -> str:
    return f"注册地址：{registered or NOTHING}；经营服务地址：{service or NOTHING}"


def _whole() -> QuerySet[Title]:
    return Title.objects.select_related("platform__organisation", "platform__district", "district")


CARRY: dict[str, Callable[[Title, Platform, Values], tuple[str, str]]] = {
    Kind.PLATFORM_NAME: _platform_name,
    Kind.OPERATOR_NAME: _operator_name,
    Kind.ADDRESS: _address,
    Kind.REPRESENTATIVE: _legal_representative,
    Kind.DISTRICT: _district,
    Kind.OTHER: _other,
}
