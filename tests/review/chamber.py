"""Platforms whose notice has run out, and the meetings that decide on them; built on ``stage.City``."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.actors import Actor, acting
from accounts.models import Capacity, Organisation, Role
from applications.models import Application
from lifecycle import engine
from registry.models import Title
from review.models import Meeting, Notice, NoticeItem, Objection
from review.services import meetings
from review.services.meetings import Announcement, Minutes, Ruling
from tests import cast
from tests.kept import kept
from tests.review import stage
from timekeeping import clock

AFTER = stage.AFTER
LAST = stage.LAST
DAY = date(2026, 6, 18)
ON = clock.shanghai(2026, 6, 18, 9)
NUMBER = "昆工信通〔2026〕12号"
PORTAL = "https://www.example.gov.cn/notice/1"


class Chamber(stage.City):
    """A city whose platforms are on notice from 2 to 15 June 2026."""

    @kept
    def noticed(self, name: str = "", slug: str = "panlong", *, last: date = LAST, **version: Any) -> Application:
        """An application on a published notice of its own."""
        application = self.inspected(name, slug)
        if version:
            application.current_version.content.update(version)
            application.current_version.save()
        notice = Notice(
            call=self.call, title=f"{application.platform_name}公示", planned_on=stage.PUBLISHED_ON, starts_on=stage.FIRST, ends_on=last, phone="0871-1",
            supervision_phone="0871-2", address="锦绣大街1号", portal_url=PORTAL, portal_published_at=clock.now(),
            capture=cast.stored_file(),
        )  # fmt: skip
        with stage.without_rules(), engine.act(actor=self.officer) as act:
            act.create(notice, "draft")
            act.take(notice, "publish")
            [fresh] = act.lock(application)
            act.take(fresh, "propose")
            act.take(fresh, "publish")
            NoticeItem.objects.create(
                notice=notice, application=application, position=1, platform_name=application.platform_name,
                operator_name=application.organisation.name, district=application.district, starts_on=stage.FIRST, ends_on=last,
            )  # fmt: skip
        application.refresh_from_db()
        return application

    def objected(self, application: Application, received_at: datetime | None = None, **says: Any) -> Objection:
        """A signed objection, received in time unless said otherwise."""
        item = NoticeItem.objects.get(application=application)
        number = Objection.objects.count() + 1
        objection = Objection(
            receipt_number=f"YY-2026-{number:04d}", year=2026, sequence=number, notice=item.notice, application=application,
            content="与事实不符", received_at=received_at or clock.shanghai(2026, 6, 10, 9), **{"signed": "person", **says},
        )  # fmt: skip
        with engine.act(actor=self.officer) as act:
            act.create(objection, "register")
        return objection

    def entered(self, *rulings: Ruling, **says: Any) -> Meeting:
        """A meeting entered by the first officer."""
        return meetings.enter(actor=self.officer, call=self.call, minutes=minutes(**says), rulings=rulings)

    @kept
    def decided(self, *rulings: Ruling, **says: Any) -> Meeting:
        """A meeting entered by the first and confirmed by the second officer."""
        return meetings.confirm(actor=self.second, meeting=self.entered(*rulings, **says))

    @kept
    def announced(self, *rulings: Ruling, number: str = NUMBER, **says: Any) -> Meeting:
        meeting = self.decided(*rulings, **says)
        return meetings.announce(actor=self.officer, meeting=meeting, announcement=announcement(number))

    @kept
    def certified(self, name: str = "", slug: str = "panlong", **version: Any) -> Title:
        """An announced title."""
        application = self.noticed(name, slug, **version)
        with clock.frozen(max(clock.now(), ON)):
            sequence = Title.objects.count() + 12
            meeting = self.announced(
                certify(application), number=f"昆工信通〔2026〕{sequence}号", number_of_minutes=f"纪要{sequence}"
            )
        return meeting.items.get().title


def certify(application: Application) -> Ruling:
    return Ruling(application, "certify")


def decline(application: Application, reason: str = "经集体研究，服务成效不够突出。") -> Ruling:
    return Ruling(application, "decline", reason)


def defer(application: Application, reason: str = "有关情况需进一步核实。") -> Ruling:
    return Ruling(application, "defer", reason)


def minutes(**says: Any) -> Minutes:
    number = says.pop("number_of_minutes", "2026-15")
    given = {"kind": "party_group", "held_on": DAY, "attendance": "示例局长、示例副局长", **says}
    return Minutes(number=number, file=cast.stored_file("纪要.pdf"), **given)


def announcement(number: str = NUMBER, **says: Any) -> Announcement:
    return Announcement(document_number=number, issued_on=DAY, portal_url=PORTAL, **says)


def applicant(application: Application, role: Role = Role.SIGNATORY) -> Actor:
    """The organisation's person in a role."""
    return acting_for(application.organisation, role)


def acting_for(body: Organisation, role: Role = Role.FILER) -> Actor:
    """A person of an organisation in a role."""
    return acting(Capacity.objects.get(organisation=body, role=role))


def later(days: int) -> datetime:
    return ON + timedelta(days=days)
