"""The sheets 附件2 of the districts: who sees them, what stands on them now, and what was forwarded (Art. 11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.actors import Actor
from accounts.models import District, Role
from applications.models import Call
from lifecycle import chain
from review.models import Recommendation, SummarySheet
from review.selectors.summary import COLUMNS

Row = dict[str, Any]

IN_FORCE = Q(recommended=True, withdrawn_at__isnull=True)
# In force, and the applicant has not withdrawn meanwhile: what a sheet carries to the city.
STANDING = IN_FORCE & ~Q(application__state="withdrawn")


def visible_to(actor: Actor) -> QuerySet[SummarySheet]:
    """附件2 is no public document: the own district's sheets, all for city and auditor."""
    made = Recommendation.objects.select_related("application").order_by("order", "id")
    found = SummarySheet.objects.select_related("call", "district", "scan", "forwarded_by").prefetch_related(
        Prefetch("recommendations", made), "call__extensions"
    )
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(district=actor.district_id)
    return found if actor.has(Role.CITY_OFFICER, Role.AUDITOR) else found.none()


def carrying() -> Exists:
    """Whether a sheet (the outer query) has something to forward; an empty one is owed by nobody."""
    return Exists(Recommendation.objects.filter(STANDING, sheet=OuterRef("pk")))


def open_sheet(district: District, call: Call) -> SummarySheet | None:
    """The sheet that the district's next recommendation goes on, None when it must be begun."""
    return SummarySheet.objects.filter(district=district, call=call, state="open").first()


def in_force(district: District, call: Call) -> QuerySet[Recommendation]:
    """The recommendations of one district for one call that were not taken back, on whatever sheet, in its order."""
    return Recommendation.objects.filter(IN_FORCE, district=district, call=call).order_by("order", "id")


def standing(sheet: SummarySheet) -> list[Recommendation]:
    """What the sheet carries now, in the district's order."""
    found = sheet.recommendations.filter(STANDING).select_related("application__call", "application__district")
    return list(found.prefetch_related("application__call__extensions").order_by("order", "id"))


def late(made: Sequence[Recommendation], moment: datetime) -> list[Recommendation]:
    """Those of the recommendations whose district's time has ended at the moment: they are not forwarded (Art. 10, 11)."""
    return [one for one in made if one.application.district_due_at <= moment]


def row(made: Recommendation) -> Row:
    """The cells of one recommendation as text, and which one it is."""
    return {"recommendation": str(made.uuid), **made.summary, "order": str(made.order)}


def rows_of(sheet: SummarySheet) -> list[Row]:
    """The rows as forwarded; of an open sheet as they stand."""
    return list(sheet.rows) if sheet.state == "forwarded" else [row(made) for made in standing(sheet)]


def fingerprint(sheet: SummarySheet, rows: list[Row]) -> str:
    """The hash that binds print, scan and forwarding to the same rows."""
    return chain.digest(
        {"call": sheet.call.year, "district": sheet.district.slug, "number": sheet.number, "rows": rows}
    )


@dataclass(frozen=True)
class Line:
    """One row on the page: its number, its cells in the order of ``COLUMNS``, and what became of it since."""

    number: int
    made: Recommendation
    cells: list[str]
    since: str


def lines(sheet: SummarySheet) -> list[Line]:
    """The rows for the page; those taken back after forwarding stay and say so. Constant queries."""
    made = {str(one.uuid): one for one in sheet.recommendations.select_related("application")}
    return [
        Line(number, made[one["recommendation"]], cells(one), _since(made[one["recommendation"]]))
        for number, one in enumerate(rows_of(sheet), 1)
    ]


def cells(one: Row) -> list[str]:
    """The cells of a row in the order of ``COLUMNS``."""
    return [str(one.get(column.key, "")) for column in COLUMNS]


def _since(made: Recommendation) -> str:
    if made.withdrawn_at:
        return str(made.get_ended_as_display())
    return "申报单位已撤回" if made.application.state == "withdrawn" else ""


def counted(actor: Actor) -> QuerySet[SummarySheet]:
    """Every sheet the actor may see, newest call first, with ``carried``: how many recommendations it carries or carried."""
    on_it = Count("recommendations", filter=Q(state="forwarded") | _standing_on_it())
    return visible_to(actor).prefetch_related(None).annotate(carried=on_it).order_by(
        "-call__year", "district__order", "number"
    )  # fmt: skip


def _standing_on_it() -> Q:
    return Q(recommendations__recommended=True, recommendations__withdrawn_at__isnull=True) & ~Q(
        recommendations__application__state="withdrawn"
    )
