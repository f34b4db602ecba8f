"""What the public face shows: the call of the year, running notices, decisions, and the list of all announcements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.formats import day_of, time_of_end
from accounts.models import District
from applications.models import Call
from lifecycle.deadlines import last_day, workdays_left
from lifecycle.workdays import calendar
from registry.selectors import by_district
from review.models import Notice
from review.selectors import decisions
from supervision.selectors import endings
from timekeeping import clock
from timekeeping.workdays import WorkCalendar

KINDS = {"call": "申报通知", "notice": "公示", "decision": "认定公告", "ending": "取消撤销公告"}
NEWEST = 4


@dataclass(frozen=True)
class Announced:
    """One announcement in the list: its kind, its day, and where to read it."""

    kind: str
    title: str
    on: date
    url: str
    note: str = ""
    due: dict[str, Any] | None = None

    @property
    def label(self) -> str:
        return KINDS[self.kind]


def home() -> dict[str, Any]:
    """Context of the public home page."""
    known, today = calendar(), clock.today()
    districts = by_district(today)
    call = current_call()
    return {
        "call": call,
        "call_due": call_due(call, known) if call else None,
        "notices": [announced_notice(notice, known) for notice in running_notices(today)],
        "decisions": [announced_decision(meeting) for meeting in decisions.announced()[:NEWEST]],
        "valid": sum(row.valid for row in districts),
        "covered": sum(row.valid > 0 for row in districts),
        "districts": len(districts),
    }


def announcements(kind: str = "") -> list[Announced]:
    """All announcements, or those of one kind, latest first."""
    known = calendar()
    sources: dict[str, Iterator[Announced]] = {
        "call": (announced_call(call, known) for call in published_calls()),
        "notice": (announced_notice(notice, known) for notice in published_notices()),
        "decision": (announced_decision(meeting) for meeting in decisions.announced()),
        "ending": (announced_ending(ending) for ending in endings.announced()),
    }
    found = [item for key, source in sources.items() if kind in ("", key) for item in source]
    return sorted(found, key=lambda item: item.on, reverse=True)


def districts(today: date) -> QuerySet[District]:
    """The districts and zones that take applications on the day, in their order."""
    return District.objects.exclude(active_from__gt=today).exclude(active_to__lt=today)


def published_calls() -> QuerySet[Call]:
    return (
        Call.objects.exclude(state="draft").filter(published_at__isnull=False).prefetch_related("extensions__district")
    )


def current_call() -> Call | None:
    """The open call of the latest year whose times have not all run out in every district, or None."""
    call = published_calls().filter(state="open").order_by("-year").first()
    return call if call and clock.now() < call.open_longest[0] else None


def published_notices() -> QuerySet[Notice]:
    listed = Count("items", filter=Q(items__removed_at__isnull=True))
    return Notice.objects.filter(state="published").annotate(listed=listed).select_related("call")


def running_notices(today: date) -> QuerySet[Notice]:
    return published_notices().filter(starts_on__lte=today, ends_on__gte=today).order_by("ends_on")


def announced_call(call: Call, known: WorkCalendar) -> Announced:
    running = call.state == "open" and clock.now() < call.open_longest[0]
    due = call_due(call, known) if running else None
    published = call.published_at or call.opens_at
    return Announced("call", call.title, day_of(published), call.get_absolute_url(), call.document_number, due)


def announced_notice(notice: Notice, known: WorkCalendar) -> Announced:
    today = clock.today()
    due = due_box("公示至", notice.ends_on, known) if notice.starts_on <= today <= notice.ends_on else None
    note = f"{notice.listed} 家平台　公示期 {notice.starts_on} 至 {notice.ends_on}"
    return Announced("notice", notice.title, notice.starts_on, notice.public_url(), note, due)


def announced_decision(meeting: Any) -> Announced:
    title = f"{meeting.call.year}年度昆明市中小企业公共服务示范平台认定公告"
    note = f"{meeting.document_number}　{len(meeting.granted)} 家平台"
    return Announced("decision", title, meeting.issued_on, meeting.public_url(), note)


def announced_ending(ending: Any) -> Announced:
    title = f"关于{ending.verb}{ending.title.platform_name}“昆明市中小企业公共服务示范平台”称号的公告"
    note = {"stayed": "　停止执行", "overturned": "　决定已被撤销"}.get(ending.state, "")
    return Announced("ending", title, ending.issued_on, ending.public_url(), f"{ending.document_number}{note}")


def call_due(call: Call, known: WorkCalendar) -> dict[str, Any]:
    """The due box of filing; once it is over for most, that of the districts whose extension still runs, and their names."""
    end, districts = call.filing_end
    return due_box(f"{districts}申报截止", last_day(end), known) | {"time": time_of_end(end)}


def due_box(label: str, last_day: date, known: WorkCalendar) -> dict[str, Any]:
    return {
        "label": label, "last_day": last_day, "workdays_left": workdays_left(last_day, known),
        "overdue": last_day < clock.today(),
    }  # fmt: skip
