"""Reminding experts by hand; the scan reminds them anyway."""

from accounts.actors import Actor
from accounts.models import Role
from lifecycle import announcements
from lifecycle.errors import NotAllowed
from review.models import Panel
from review.selectors import panels
from timekeeping import clock
from timekeeping.dates import chinese_deadline


def remind(*, actor: Actor, panel: Panel) -> int:
    """Tell every expert with open sheets of the panel, at most once a day; returns how many sheets were named."""
    if actor.role != Role.CITY_OFFICER:
        raise NotAllowed("评审提醒由市局经办人发出。")
    open_ = [s for case in panels.present(panels.cases_of(panel)) for s in panels.still_open(case)]
    for sheet in open_:
        what = "请声明有无利益关系" if sheet.state == "assigned" else "请完成评分并提交"
        due = panel.declare_due_at if sheet.state == "assigned" else panel.score_due_at
        announcements.tell(
            subject=sheet,
            kind="remind_by_officer",
            occasion=clock.today().isoformat(),
            title=f"请尽快办理：{sheet.heading}",
            body=f"{what}，期限为{chinese_deadline(due)}。如有利益关系请申请回避。",
            users=(sheet.expert,),
        )
    return len(open_)
