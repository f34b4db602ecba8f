"""What must always hold of checks, activities and invitations; ``manage.py verify`` asks."""

from collections.abc import Iterator

from django.db.models import F, Q

from lifecycle.models import StepRecord
from supervision.models import Activity, Check, Invitation


def check() -> Iterator[str]:
    """One line per broken invariant."""
    yield from _served()
    yield from _marked()
    yield from _concluded()
    yield from _checks()


def _served() -> Iterator[str]:
    """Nobody was invited afterwards, or to an activity on whose day the title was out of its term."""
    found = Invitation.objects.select_related("activity", "title").order_by("pk")
    for invitation in found.iterator(chunk_size=200):
        name, held_on = f"活动邀请 {invitation.uuid}", invitation.activity.held_on
        if invitation.served_on > held_on:
            yield f"{name}：送达晚于活动"
        if not invitation.title.valid_on(held_on):
            yield f"{name}：活动当日不在称号有效期内"


def _marked() -> Iterator[str]:
    """Attendance stands only for what was held, was marked after the beginning, and has somebody's name."""
    marked = Invitation.objects.filter(state__in=("present", "absent")).select_related("activity").order_by("pk")
    for invitation in marked.filter(activity__state="called_off"):
        yield f"活动邀请 {invitation.uuid}：活动已取消，却登记了出席情况"
    for invitation in marked.filter(marked_at__lt=F("activity__starts_at")):
        yield f"活动邀请 {invitation.uuid}：出席情况登记早于活动开始"


def _concluded() -> Iterator[str]:
    """Everybody invited to a concluded activity is marked, but for those whose mark was taken back since."""
    open_ones = Invitation.objects.filter(activity__state="concluded").exclude(state__in=Invitation.MARKED)
    taken_back = set(
        StepRecord.objects.filter(
            subject_type=Invitation.SUBJECT, step="correct", subject_id__in=open_ones.values("uuid")
        ).values_list("subject_id", flat=True)
    )
    for invitation in open_ones.order_by("pk"):
        if invitation.uuid not in taken_back:
            yield f"活动邀请 {invitation.uuid}：活动已办结，出席情况没有登记"
    levels = Activity.objects.exclude(level__in=Activity.COUNTED).order_by("pk")
    yield from (f"活动 {activity.uuid}：不是省级或市级活动" for activity in levels)


def _checks() -> Iterator[str]:
    """A second look follows only where one was asked for; a check lies within the term of its title."""
    followed = Q(state="followed_up")
    for found in Check.objects.filter(followed, follow_up_by__isnull=True).order_by("pk"):
        yield f"指导检查 {found.uuid}：没有要求复查，却记录了复查"
    outside = Q(checked_on__lt=F("title__valid_from")) | Q(checked_on__gt=F("title__valid_to"))
    for found in Check.objects.filter(outside).order_by("pk"):
        yield f"指导检查 {found.uuid}：检查日期不在称号有效期内"
