"""Checks of the districts (Art. 18) and public-service activities of city and province (Art. 19) with who came to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desk.demo.city import City
from desk.demo.keeping.holder import Holder
from desk.demo.materials import upload
from desk.demo.timeline import Story
from supervision.models import Activity, Check, Invitation
from supervision.selectors import activities as selectors
from supervision.services import activities, checks, invitations
from supervision.services.activities import Plan
from supervision.services.invitations import Mark

MARKS = "city2"
PLACE = "昆明市呈贡区锦绣大街1号（演示）"
CONTACT = "中小企业发展处，0871-63135193"
CONTENT = "请受邀示范平台主要负责人参加，现场提供政策咨询和企业诊断服务。"


@dataclass(frozen=True)
class Gathering:
    """An activity that is over, and what became of those who did not simply come, by number of the organisation."""

    name: str
    level: str
    on: date
    absent: tuple[int, ...] = ()
    excused: Mapping[int, str] = field(default_factory=dict)
    slip: int = 0


HELD = (
    Gathering("昆明市中小企业服务月启动仪式", "city", date(2025, 5, 15), absent=(45,), excused={46: "与省级复核时间冲突，已书面请假。"}),
    Gathering("全省中小企业产需对接会（昆明站）", "province", date(2025, 9, 18), absent=(45, 44), slip=48),
    Gathering("昆明市小微企业融资服务专场", "city", date(2026, 6, 18), excused={12: "当日平台承办区级培训，已请假。"}),
)  # fmt: skip


def schedule(city: City) -> None:
    """Put checks and activities on the timeline."""
    for gathering in HELD:
        city.timeline.add(held(city, gathering))
    city.timeline.add(to_come(city))
    city.timeline.add(checked(city))
    city.timeline.add(to_follow_up(city))


def held(city: City, gathering: Gathering) -> Story:
    """Announced, invitations served, leave asked, attendance marked for many at once, concluded."""
    timeline, actor = city.timeline, city.cast[MARKS]
    yield timeline.on(gathering.on - timedelta(days=20), hour=11)
    activity = announce(city, gathering.name, gathering.level, gathering.on)
    invite(city, activity)
    yield timeline.on(gathering.on - timedelta(days=3), hour=10)
    for number, reason in gathering.excused.items():
        invitations.ask_leave(
            actor=Holder(city, number).filer, invitation=of(city, activity, number), leave_reason=reason
        )
        invitations.excuse(actor=actor, invitation=of(city, activity, number), note="理由正当，准假。")
    yield timeline.on(gathering.on + timedelta(days=1), hour=16)
    codes = {Holder(city, number).body.credit_code for number in (*gathering.absent, gathering.slip) if number}
    open_ = Invitation.objects.filter(activity=activity, state="served").select_related("title")
    invitations.mark_many(
        actor=actor, marks=[Mark(one, "absent" if one.title.credit_code in codes else "present") for one in open_]
    )
    if gathering.slip:
        yield timeline.in_workdays(2)
        wrong = "签到表第二页漏登，实际到场。"
        invitations.correct(actor=actor, invitation=of(city, activity, gathering.slip), reason=wrong)
        invitations.present(actor=actor, invitation=of(city, activity, gathering.slip))
    yield timeline.in_workdays(3)
    activities.conclude(actor=actor, activity=Activity.objects.get(pk=activity.pk))


def to_come(city: City) -> Story:
    """One activity of the coming weeks; somebody asks for leave."""
    timeline = city.timeline
    yield timeline.on(timeline.before_present(6), hour=10)
    day = timeline.calendar.add(timeline.present.date(), 8)
    activity = announce(city, "昆明市中小企业数字化转型对接活动", "city", day)
    invite(city, activity)
    yield timeline.on(timeline.before_present(1), hour=9)
    reason = "平台负责人当日参加省级评审，申请由副主任参加或者准假。"
    invitations.ask_leave(actor=Holder(city, 47).filer, invitation=of(city, activity, 47), leave_reason=reason)


def announce(city: City, name: str, level: str, on: date) -> Activity:
    """The activity, with its paper."""
    organiser = "省工业和信息化厅" if level == "province" else "昆明市工业和信息化局"
    plan = Plan(name, level, organiser, city.timeline.on(on), PLACE, CONTENT, CONTACT)
    return activities.announce(actor=city.cast[MARKS], plan=plan, document=upload("activity"))


def invite(city: City, activity: Activity) -> None:
    """Everybody whose title is in force on the day and who can sign in."""
    invitations.serve_many(actor=city.cast[MARKS], activity=activity, titles=selectors.invitable(activity))


def of(city: City, activity: Activity, number: int) -> Invitation:
    """The invitation of an organisation as it stands now."""
    code = Holder(city, number).body.credit_code
    found = Invitation.objects.select_related("title__platform__organisation", "title__platform__district", "activity")
    return found.get(activity=activity, title__credit_code=code)


def checked(city: City) -> Story:
    """A check with a second look, and two without."""
    timeline = city.timeline
    yield timeline.on(date(2025, 9, 10), hour=15)
    first = look(
        city, 44, "visit", "台账中有十二项服务没有回访记录。", "请补做回访，完善回访制度。", date(2025, 10, 17)
    )
    yield timeline.on(date(2025, 10, 15), hour=15)
    checks.follow_up(
        actor=Holder(city, 44).officer, check=Check.objects.get(pk=first.pk), followed_up_on=timeline.today,
        people="县区经办人二人，平台负责人", result="已补做回访十二项，回访制度已修订并执行。",
    )  # fmt: skip
    yield timeline.on(timeline.before_present(30), hour=15)
    look(city, 12, "documents", "服务记录和收费公示齐全，专职人员在岗。", "", None)


def to_follow_up(city: City) -> Story:
    """A check of last week whose second look is due next week."""
    timeline = city.timeline
    yield timeline.on(timeline.before_present(7), hour=15)
    due = timeline.calendar.add(timeline.present.date(), 4)
    look(city, 39, "guidance", "线上平台近三个月没有更新政策信息。", "请于复查前恢复每周更新。", due)


def look(city: City, number: int, kind: str, findings: str, advice: str, follow_up_by: date | None) -> Check:
    """One check by the officer of the platform's district."""
    holder = Holder(city, number)
    return checks.record(
        actor=holder.officer, title=holder.title, kind=kind, checked_on=city.timeline.today,
        people="县区经办人二人，平台负责人", findings=findings, advice=advice, follow_up_by=follow_up_by,
    )  # fmt: skip
