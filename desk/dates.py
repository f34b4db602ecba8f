"""The year's dates of a person: the call and its notices, the yearly reports, the terms of titles, and the days of open cases.

A row of ``DATED`` is a date that a life carries while it is in some states; who sees it is answered by the selector of the life.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Call
from desk import waiting
from desk.reading import Part, Reading
from lifecycle import deadlines
from lifecycle.subject import Subject
from lifecycle.workdays import calendar
from registry import selectors as registry
from registry.standing import in_force
from supervision.reporting import days
from supervision.reporting.days import LastDay
from supervision.selectors import reports
from timekeeping import clock
from timekeeping.dates import chinese_date, last_of_february

OFFICERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
ASKED = (Role.EXPERT, Role.INSPECTOR, Role.EVALUATOR)
# How far the year's dates reach back and ahead, and how many single days are shown.
PAST, AHEAD = timedelta(days=45), timedelta(days=400)
READ_AT_MOST = 200


@dataclass(frozen=True)
class Day:
    """A date of the year that the person should know; ``note`` says what a rest day or an unpublished year does to it."""

    on: date
    words: str
    url: str
    basis: str
    note: str = ""

    @property
    def past(self) -> bool:
        return self.on < clock.today()


@dataclass(frozen=True)
class Dated:
    """While a subject of the life is in one of the states, the attribute (a date, or an exclusive instant) is a day to know."""

    life: str
    states: tuple[str, ...]
    attribute: str
    words: str
    basis: str


# fmt: off
DATED: tuple[Dated, ...] = (
    Dated("application", ("returned",),                     "correction_due_at",    "补正截止",       "第十一条"),
    Dated("application", ("sent_back",),                    "sent_back_due_at",     "重新推荐截止",   "第十一条"),
    Dated("summary",     ("open",),                         "due_at",               "报送推荐汇总表截止", "第十一条"),
    Dated("score_sheet", ("assigned",),                     "declare_due_at",       "声明利益关系截止", "默认规则"),
    Dated("score_sheet", ("scoring",),                      "score_due_at",         "评分截止",       "第十二条"),
    Dated("inspection",  ("planned",),                      "visit_on",             "现场核查",       "第十三条"),
    Dated("inspection",  ("clarifying",),                   "clarification_due_at", "核查说明截止",   "默认规则"),
    Dated("check",       ("recorded",),                     "follow_up_due_at",     "复查",           "第十八条"),
    Dated("evaluation",  ("commissioned", "in_progress"),   "due_at",               "提交测评报告截止", "第十八条"),
    Dated("rectification", ("ordered",),                    "due_at",               "提交整改报告截止", "第十九条"),
    Dated("activity",    ("announced",),                    "held_on",              "公共服务活动",   "第十九条"),
    Dated("ending",      ("notified",),                     "reply_due_at",         "陈述申辩截止",   "默认规则"),
    Dated("plaque",      ("recalled",),                     "return_due_at",        "交回牌匾截止",   "第十九条"),
)
# fmt: on


def calendar_of(actor: Actor, read: Reading | None = None) -> list[Day]:
    """The dates the acting person should know, in order; constant queries for any number of cases.

    A page that reads ``DATES`` for other parts too hands it over.
    """
    if not actor.is_person:
        return []
    today = clock.today()
    known = [*_calls(actor), *_reports(actor), *_terms(actor), *_cases(read or Reading(actor, DATES))]
    found = [day for day in known if today - PAST <= day.on <= today + AHEAD]
    return list(_gathered(sorted(found, key=lambda day: (day.on, day.basis, day.words))))


def _gathered(found: list[Day]) -> Iterator[Day]:
    """Days of one kind on one date become one, so that an officer's year stays short."""
    for (on, basis, kind), same in groupby(found, key=lambda day: (day.on, day.basis, day.words.partition("：")[0])):
        listed = list(same)
        yield listed[0] if len(listed) == 1 else Day(on, f"{kind}（{len(listed)}件）", "", basis, listed[0].note)


def _calls(actor: Actor) -> Iterator[Day]:
    """The newest call: its end, the district's end, its running notices (Art. 10, 11, 14)."""
    if actor.has(*ASKED):
        return
    call = Call.objects.exclude(state="draft").prefetch_related("extensions", "notices").order_by("-year").first()
    if call is None:
        return
    url = call.get_absolute_url()
    district = actor.organisation.district_id if actor.organisation else actor.district_id
    closes, due = call.closes_at_for(district), call.district_due_at_for(district)
    yield Day(deadlines.last_day(closes), f"{call.year}年度申报截止", url, "第十条")
    yield Day(deadlines.last_day(due), "县区推荐截止", url, "第十一条")
    for notice in call.notices.all():
        if notice.state == "published":
            yield Day(notice.ends_on, f"公示期满：{notice.title}", notice.public_url(), "第十四条")


def _reports(actor: Actor) -> Iterator[Day]:
    """The last days of the yearly reports (Art. 17, 18): for officers, and for platforms that owe one."""
    today = clock.today()
    year = today.year - (today <= last_of_february(today.year))
    known = days.days_of(year, calendar())
    if actor.is_applicant and not reports.owed_titles(year).filter(pk__in=registry.visible_to(actor).values("pk")):
        return
    if actor.is_applicant or actor.has(*OFFICERS):
        what = f"{year}年度总结和{year + 1}年工作计划"
        yield Day(known.platform.named, f"示范平台报送{what}截止", "", "第十七条", _rest(known.platform))
    if actor.has(*OFFICERS):
        yield Day(known.district.named, f"县区报送{year}年度报告截止", "", "第十八条", _rest(known.district))


def _rest(last: LastDay) -> str:
    if last.sanctions is None:
        return "放假安排未公布，是否顺延待公布后确定"
    return f"当日为休息日，{chinese_date(last.sanctions)}前报送的不按逾期处理（默认规则）" if last.rolls_on else ""


def _terms(actor: Actor) -> Iterator[Day]:
    """When titles in force end, and the year in which their platforms may apply again (Art. 16)."""
    today = clock.today()
    running = registry.overseen_by(actor).filter(in_force(today), valid_to__lte=today + AHEAD)
    for title in running:
        yield Day(title.valid_to, f"称号有效期届满：{title.platform_name}", title.get_absolute_url(), "第十六条")
        opens = date(title.valid_to.year, 1, 1)
        if actor.is_applicant:
            yield Day(opens, f"届满当年，可以再次申报：{title.platform_name}", title.get_absolute_url(), "第十六条")


def _dated(actor: Actor, life: str) -> QuerySet[Subject] | None:
    """The cases of a life that carry a day; None when the actor's role never sees one."""
    seen = waiting.followed(actor, life)
    states = {state for row in DATED if row.life == life for state in row.states}
    return None if seen is None else seen.filter(state__in=states)


DATES = Part("dates", tuple(dict.fromkeys(row.life for row in DATED)), _dated, slice(-READ_AT_MOST, None))


def _cases(read: Reading) -> Iterator[Day]:
    """The days that open cases carry."""
    for subject in read.cases(DATES):
        rows = [row for row in DATED if row.life == subject.SUBJECT and subject.state in row.states]
        yield from (_day(row, subject) for row in rows if _value(row, subject))


def _value(row: Dated, subject: Subject) -> date | datetime | None:
    value: date | datetime | None = getattr(subject, row.attribute)
    return value


def _day(row: Dated, subject: Subject) -> Day:
    value = _value(row, subject)
    assert value
    on = deadlines.last_day(value) if isinstance(value, datetime) else value
    return Day(on, f"{row.words}：{subject.heading}", subject.get_absolute_url(), row.basis)
