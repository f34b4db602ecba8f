"""Panels, their cases and the progress of their sheets (Art. 12)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from review.models import Panel, PanelCase, ScoreSheet

LIVE = ("assigned", "scoring", "locked")
OPEN = ("assigned", "scoring")
PRESENT = {"forming": ("admitted",), "scoring": ("under_review",)}


def visible_to(actor: Actor) -> QuerySet[Panel]:
    """City officers and auditors see every panel; a district the concluded ones that judged a case of its own; others none."""
    found = Panel.objects.select_related("call")
    if actor.has(Role.CITY_OFFICER, Role.AUDITOR):
        return found
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(state="concluded", cases__application__district=actor.district_id).distinct()
    return found.none()


def listed(actor: Actor) -> QuerySet[Panel]:
    """The visible panels with how many cases, sheets in all and locked sheets they have."""
    live = Q(cases__sheets__state__in=LIVE)
    return visible_to(actor).annotate(
        case_count=Count("cases", distinct=True),
        sheet_count=Count("cases__sheets", filter=live, distinct=True),
        locked_count=Count("cases__sheets", filter=Q(cases__sheets__state="locked"), distinct=True),
    )


def cases_of(panel: Panel) -> list[PanelCase]:
    """Every case of the panel with its application and all its sheets, voided ones included; two queries."""
    sheets = Prefetch("sheets", ScoreSheet.objects.select_related("expert").order_by("id"))
    found = PanelCase.objects.filter(panel=panel).prefetch_related(sheets)
    found = found.select_related("application__organisation", "application__district", "application__call")
    cases = list(found.order_by("rank", "application__receipt_number", "id"))
    for case in cases:
        case.panel = panel
        for sheet in case.sheets.all():
            sheet.case = case
    return cases


def present(cases: Iterable[PanelCase]) -> list[PanelCase]:
    """The cases still before their panel; an application that was withdrawn or declined meanwhile has left it."""
    return [case for case in cases if _is_present(case)]


def _is_present(case: PanelCase) -> bool:
    if case.panel.state == "concluded":
        return case.shortlisted is not None
    return case.application.state in PRESENT[case.panel.state]


def live(case: PanelCase) -> list[ScoreSheet]:
    """The sheets that count towards the number of experts: neither recused nor voided."""
    return [sheet for sheet in case.sheets.all() if sheet.state in LIVE]


def locked(case: PanelCase) -> list[ScoreSheet]:
    """The sheets whose points count."""
    return [sheet for sheet in case.sheets.all() if sheet.state == "locked"]


def still_open(case: PanelCase) -> list[ScoreSheet]:
    """The sheets somebody still has to work on."""
    return [sheet for sheet in case.sheets.all() if sheet.state in OPEN]


def waiting(call: Call) -> QuerySet[Application]:
    """The admitted applications of the call that no open panel has yet."""
    taken = PanelCase.objects.filter(panel__state="forming").values("application")
    found = call.applications.filter(state="admitted").exclude(pk__in=taken)
    return found.select_related("organisation", "district", "call").order_by("receipt_number", "pk")


@dataclass(frozen=True)
class Progress:
    """How far a panel is, in numbers."""

    cases: int
    needed: int
    assigned: int
    declared: int
    locked: int

    @property
    def complete(self) -> bool:
        """Whether every case has enough locked sheets and none is open."""
        return bool(self.cases) and self.locked >= self.needed and self.locked == self.assigned


def progress(panel: Panel, cases: Iterable[PanelCase]) -> Progress:
    """The numbers of the cases still present."""
    before = present(cases)
    sheets = [sheet for case in before for sheet in live(case)]
    return Progress(
        cases=len(before),
        needed=len(before) * panel.call.parameters.experts_per_case,
        assigned=len(sheets),
        declared=sum(sheet.state != "assigned" for sheet in sheets),
        locked=sum(sheet.state == "locked" for sheet in sheets),
    )


def all_in(panel: Panel, cases: Iterable[PanelCase]) -> bool:
    """Whether scores may be looked at: nobody sees any before every sheet is in."""
    if panel.state == "concluded":
        return True
    enough = panel.call.parameters.experts_per_case
    before = present(cases)
    return (
        panel.state == "scoring"
        and bool(before)
        and all(not still_open(case) and len(locked(case)) >= enough for case in before)
    )
