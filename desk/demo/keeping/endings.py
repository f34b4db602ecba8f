"""Titles that end before their time (Art. 16, 19): one cancelled, one revoked, one restored, one before the collective decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.demo.city import City
from desk.demo.keeping.holder import Holder
from desk.demo.materials import stored
from desk.demo.road.decisions import CONFIRMS, ENTERS
from desk.demo.timeline import Story
from files.purposes import Purpose
from registry.models import Plaque
from review.services import plaques as handing
from review.services.meetings import Minutes
from supervision.models import Ending, Resolution
from supervision.selectors import candidates
from supervision.services import endings, plaques, resolutions
from supervision.services.endings import Announcement, Delivery, Findings, Order
from supervision.services.resolutions import Ruling

OPENS = "city3"
Ground = Ending.Ground


@dataclass
class Procedure:
    """One procedure on one platform's title."""

    holder: Holder
    ending: Ending | None = None

    @property
    def city(self) -> City:
        return self.holder.city

    @property
    def now(self) -> Ending:
        """The procedure as it stands."""
        assert self.ending
        return Ending.objects.select_related("title__platform__organisation", "title__platform__district").get(
            pk=self.ending.pk
        )

    def open(self, findings: Findings) -> None:
        """Opened on the findings."""
        self.ending = endings.open(actor=self.city.cast[OPENS], title=self.holder.title, findings=findings)

    def open_proposed(self, ground: str) -> None:
        """Opened on what the system has listed."""
        found = candidates.of_title(self.holder.title)[ground]
        self.open(Findings(ground, found.facts_on, found.words, found.lines))

    def notify(self) -> None:
        """The notice served by the system."""
        delivery = Delivery(Ending.Delivery.SYSTEM, self.city.timeline.today)
        endings.notify(actor=self.city.cast[OPENS], ending=self.now, delivery=delivery)

    def reply(self, statement: str) -> None:
        """What the platform has to say."""
        endings.reply(actor=self.holder.signatory, ending=self.now, statement=statement)

    def refer(self, reason: str) -> None:
        """Put before the collective decision."""
        endings.refer(actor=self.city.cast[OPENS], ending=self.now, reason=reason)

    def announce(self, number: int) -> None:
        """Made public with its document number."""
        today = self.city.timeline.today
        announcement = Announcement(
            f"昆工信通〔{today.year}〕{number}号", today, f"https://portal.example.cn/decision/{today.year}/{number}",
            stored("decision", Purpose.SIGNED),
        )  # fmt: skip
        endings.announce(actor=self.city.cast[ENTERS], ending=self.now, announcement=announcement)


def enter(city: City, rulings: Sequence[Ruling], number: int) -> Resolution:
    """The minutes of a meeting on matters of supervision held today."""
    today = city.timeline.today
    minutes = Minutes(
        kind=Resolution.Kind.PARTY_GROUP, held_on=today, number=f"局党组会纪要〔{today.year}〕{number}号",
        file=stored("minutes", Purpose.MINUTES), attendance="局党组书记、局长，局党组成员、副局长（演示）",
        vote="应到七人，实到六人，同意六票。",
    )  # fmt: skip
    return resolutions.enter(actor=city.cast[ENTERS], minutes=minutes, rulings=rulings)


def schedule(city: City) -> None:
    """Put the endings on the timeline."""
    for story in (cancelled, revoked, restored, before_decision):
        city.timeline.add(story(city))


def decide(procedure: Procedure, number: int, *, recall: bool = False) -> Story:
    """Entered by one officer, confirmed by another, announced."""
    city, timeline = procedure.city, procedure.city.timeline
    ruling = Ruling(procedure.now, "end", "事实清楚，证据确凿，程序合法，经集体研究决定。", recall)
    resolution = enter(city, [ruling], number)
    yield timeline.in_workdays(1, hour=10)
    resolutions.confirm(actor=city.cast[CONFIRMS], resolution=Resolution.objects.get(pk=resolution.pk))
    yield timeline.in_workdays(2, hour=10)
    procedure.announce(number + 60)


def cancelled(city: City) -> Story:
    """No report and no excuse: cancelled (Art. 19), plaque recovered, three years without an application."""
    timeline, procedure = city.timeline, Procedure(Holder(city, 43))
    yield timeline.on(date(2026, 3, 18), hour=14)
    procedure.open_proposed(Ground.NO_REPORT)
    yield timeline.in_workdays(1)
    procedure.notify()
    yield timeline.in_workdays(7)
    procedure.refer("事先告知后没有陈述申辩，事实清楚。")
    yield timeline.in_workdays(4, hour=15)
    yield from decide(procedure, 7)
    yield timeline.in_workdays(4)
    plaques.recover(
        actor=procedure.holder.officer, plaque=plaque(procedure), recovered_on=timeline.today,
        recovered_from=procedure.holder.body.clerk,
    )  # fmt: skip


def revoked(city: City) -> Story:
    """Unlawful conduct proved: revoked (Art. 16), without a ban; the meeting did not order the plaque back."""
    timeline, procedure = city.timeline, Procedure(Holder(city, 19))
    yield timeline.on(date(2026, 5, 20), hour=14)
    words = "经市场监督管理部门查实，该单位伪造检测报告并以示范平台名义出具，已受行政处罚。"
    files = [stored("findings", Purpose.EVIDENCE)]
    procedure.open(Findings(Ground.UNLAWFUL, date(2026, 4, 28), words, files=files))
    yield timeline.in_workdays(2)
    procedure.notify()
    yield timeline.in_workdays(3, hour=16)
    procedure.reply("处罚事实无异议，请求从轻处理。")
    yield timeline.in_workdays(2)
    procedure.refer("申辩理由不足以改变事实认定，提请集体决策。")
    yield timeline.in_workdays(4, hour=15)
    yield from decide(procedure, 12)


def restored(city: City) -> Story:
    """Revoked with the plaque ordered back, stayed by a court, overturned on review: title, dates and plaque come back."""
    timeline, procedure = city.timeline, Procedure(Holder(city, 46))
    yield timeline.on(date(2025, 6, 23), hour=14)
    words = "有举报称该单位以示范平台名义收取会员费，初步核实属实。"
    files = [stored("findings", Purpose.EVIDENCE)]
    procedure.open(Findings(Ground.UNLAWFUL, date(2025, 6, 3), words, files=files))
    yield timeline.in_workdays(1)
    procedure.notify()
    yield timeline.in_workdays(8)
    procedure.refer("期满没有陈述申辩。")
    yield timeline.in_workdays(4, hour=15)
    yield from decide(procedure, 14, recall=True)
    yield timeline.in_workdays(6)
    endings.stay(
        actor=city.cast[OPENS], ending=procedure.now, order=order(city, "昆明铁路运输法院", "（2025）云71行初8号")
    )
    yield timeline.on(date(2025, 11, 20), hour=10)
    undone = order(city, "昆明市人民政府", "昆政复决〔2025〕31号")
    endings.overturn(actor=city.cast[OPENS], ending=procedure.now, order=undone)
    yield timeline.in_workdays(3)
    handing.receive(
        actor=procedure.holder.filer, plaque=plaque(procedure), received_on=timeline.today,
        received_by=procedure.holder.body.clerk,
    )  # fmt: skip


def before_decision(city: City) -> Story:
    """Rectified in vain: heard, referred, entered from the minutes; the second officer has to confirm."""
    timeline, procedure = city.timeline, Procedure(Holder(city, 44))
    yield timeline.on(timeline.before_present(16), hour=14)
    procedure.open_proposed(Ground.FAILED_RECTIFICATION)
    yield timeline.in_workdays(1)
    procedure.notify()
    yield timeline.in_workdays(4, hour=16)
    procedure.reply("整改工作仍在进行，请求再给三个月时间。")
    yield timeline.in_workdays(3)
    procedure.refer("整改期限和复查结论明确，申辩理由不能成立。")
    yield timeline.on(timeline.before_present(1), hour=15)
    enter(city, [Ruling(procedure.now, "end", "测评不合格，限期整改仍不达标，经集体研究决定取消称号。")], 24)


def order(city: City, authority: str, reference: str) -> Order:
    """What a court or the reviewing authority wrote."""
    return Order(authority, reference, city.timeline.today, stored("order", Purpose.EVIDENCE))


def plaque(procedure: Procedure) -> Plaque:
    """The plaque of the title as it stands now."""
    found = Plaque.objects.select_related("title__platform__organisation", "title__platform__district")
    return found.get(title=procedure.holder.title)
