"""Expert panels and their draws (Art. 12)."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Application
from lifecycle.guards import guard
from review.models import Panel, PanelCase, ScoreSheet
from review.selectors import panels, scoring


@guard("panel.start")
def every_case_has_its_experts(panel: Panel, actor: Actor) -> Iterator[str]:
    present = panels.present(panels.cases_of(panel))
    if not present:
        yield "尚未分派申报"
    for case in present:
        lacking = panel.call.parameters.experts_per_case - len(panels.live(case))
        if lacking > 0:
            yield f"{case.application.platform_name}：还缺{lacking}名专家"


@guard("panel.conclude")
def every_sheet_is_in(panel: Panel, actor: Actor) -> Iterator[str]:
    present = panels.present(panels.cases_of(panel))
    if not present:
        yield "本轮没有在评的申报"
    for case in present:
        yield from _missing(case, panel.call.parameters.experts_per_case)
    yield from scoring.tampered(sheet for case in present for sheet in panels.locked(case))


def _missing(case: PanelCase, enough: int) -> Iterator[str]:
    open_ = len(panels.still_open(case))
    lacking = enough - len(panels.locked(case)) - open_
    if open_:
        yield f"{case.application.platform_name}：{open_}份评分未提交"
    if lacking > 0:
        yield f"{case.application.platform_name}：还缺{lacking}名专家的评分"


@guard("application.start_review")
def the_case_has_a_panel(application: Application, actor: Actor) -> Iterator[str]:
    if not PanelCase.objects.filter(application=application, panel__state__in=("forming", "scoring")).exists():
        yield "尚未分派给专家组"


@guard("application.shortlist", "application.not_shortlist")
def the_review_is_over(application: Application, actor: Actor) -> Iterator[str]:
    if not PanelCase.objects.filter(application=application, panel__state="concluded").exists():
        yield "专家评审尚未结束，由专家组页面统一确定"


@guard("score_sheet.assign")
def the_case_can_still_be_assigned(sheet: ScoreSheet, actor: Actor) -> Iterator[str]:
    case = sheet.case
    if case.panel.state == "concluded":
        yield "本轮评审已经结束"
    elif case.application.state not in panels.PRESENT[case.panel.state]:
        yield f"{case.application.platform_name}目前状态为“{case.application.status.label}”，不能分派"
    if case.sheets.filter(expert=sheet.expert_id).exclude(state="voided").exists():
        yield f"{sheet.expert.name}已分派或已回避此件"


@guard("score_sheet.reopen")
def the_panel_is_still_scoring(sheet: ScoreSheet, actor: Actor) -> Iterator[str]:
    if sheet.case.panel.state != "scoring":
        yield "本轮评审已经结束，评分不再退回"
