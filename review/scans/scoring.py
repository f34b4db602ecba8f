"""Reminders to experts (default): three days and one day before a term, and once when it has passed."""

from datetime import datetime, timedelta

from lifecycle import announcements, deadlines
from review.models import ScoreSheet

# The nearest rung that has been reached is told; one that a missed scan skipped is not made up for.
RUNGS = ((timedelta(0), "overdue"), (timedelta(days=1), "due_in_1_day"), (timedelta(days=3), "due_in_3_days"))
OWED = {
    "assigned": ("declare_due_at", "声明有无利益关系"),
    "scoring": ("score_due_at", "完成评分并提交"),
}


def scan(now: datetime) -> int:
    """Remind every expert of an open sheet whose panel is scoring."""
    open_ = ScoreSheet.objects.filter(
        state__in=OWED, case__panel__state="scoring", case__application__state="under_review"
    )
    return sum(
        _remind(sheet, now) for sheet in open_.select_related("case__panel", "case__application__call", "expert")
    )


def _remind(sheet: ScoreSheet, now: datetime) -> int:
    attribute, work = OWED[sheet.state]
    due: datetime = getattr(sheet, attribute)
    rung = next((name for before, name in RUNGS if now >= due - before), "")
    if not rung:
        return 0
    late = rung == "overdue"
    last_day = deadlines.last_day(due)
    return announcements.tell(
        subject=sheet,
        kind=f"{attribute.removesuffix('_due_at')}_{rung}",
        occasion=due.isoformat(),
        title=f"{'已逾期' if late else '即将到期'}：{sheet.heading}",
        body=f"请{work}，期限为{last_day:%Y-%m-%d}{'，现已逾期' if late else ''}。如有利益关系，请申请回避。",
        users=(sheet.expert,),
    )
