"""Declaring interests and scoring (Art. 12)."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from review.models import ScoreSheet
from review.selectors import experts, panels


@guard("score_sheet.declare_clear")
def no_known_conflict(sheet: ScoreSheet, actor: Actor) -> Iterator[str]:
    found = experts.conflicts([sheet.expert], [sheet.case.application])
    for conflict in found.get((sheet.expert_id, sheet.case.application_id), ()):
        if conflict.certain:
            yield f"{conflict.text}，请申请回避"


@guard("score_sheet.declare_clear", "score_sheet.lock")
def the_case_is_under_review(sheet: ScoreSheet, actor: Actor) -> Iterator[str]:
    panel, application = sheet.case.panel, sheet.case.application
    if panel.state == "forming":
        yield "评审尚未启动"
    elif panel.state == "concluded":
        yield "本轮评审已经结束"
    elif application.state not in panels.PRESENT[panel.state]:
        yield f"申报目前状态为“{application.status.label}”，不再评审"
