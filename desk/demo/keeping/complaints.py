"""Complaints from the public (Art. 21): one answered, one being looked into, one just received without a name."""

from datetime import date

from accounts import actors
from desk.demo.city import City
from desk.demo.keeping.holder import Holder
from desk.demo.materials import stored
from desk.demo.timeline import Story
from files.purposes import Purpose
from review.models import Complaint
from review.services import complaints
from review.services.complaints import Report
from review.services.objections import Objector
from timekeeping import clock

HANDLER = "city3"


def schedule(city: City) -> None:
    """Put the complaints on the timeline."""
    for story in (answered, handled, received):
        city.timeline.add(story(city))


def answered(city: City) -> Story:
    """Taken on and answered."""
    timeline = city.timeline
    yield timeline.on(date(2026, 4, 15), hour=20)
    complaint = file(city, 40, "参加该平台培训后三周没有收到结业材料。", "示例反映人己")
    yield timeline.in_workdays(2)
    complaints.handle(actor=city.cast[HANDLER], complaint=fresh(complaint))
    yield timeline.in_workdays(6)
    complaints.answer(
        actor=city.cast[HANDLER], complaint=fresh(complaint), findings="平台因印制延误，已于当日寄出。",
        answer_text="经核实，平台因印制延误，结业材料已全部寄出，并已要求平台公布办理时限。感谢您的监督。",
    )  # fmt: skip


def handled(city: City) -> Story:
    """Being looked into."""
    timeline = city.timeline
    yield timeline.on(timeline.before_present(7), hour=21)
    complaint = file(city, 45, "该平台公示的免费融资对接活动向企业收取资料费，附收据照片。", "示例反映人庚")
    yield timeline.in_workdays(2)
    complaints.handle(actor=city.cast[HANDLER], complaint=fresh(complaint), title=Holder(city, 45).title)


def received(city: City) -> Story:
    """Nobody signed it; it is looked at all the same."""
    yield city.timeline.on(city.timeline.before_present(1), hour=13)
    file(city, 39, "该平台网站上的服务热线长期无人接听。", "")


def file(city: City, number: int, content: str, name: str) -> Complaint:
    """Filed online about a platform, by name or by nobody."""
    holder = Holder(city, number)
    says = Report(
        about=Complaint.About.PLATFORM, content=content, named=holder.body.platform, title=holder.title,
        signed=Complaint.Signed.PERSON if name else Complaint.Signed.ANONYMOUS,
        evidence=(stored("evidence", Purpose.EVIDENCE),) if name else (),
    )  # fmt: skip
    who = (
        Objector(name=name, phone="13700000002", email="complainant@example.com", consented_at=clock.now())
        if name
        else None
    )
    return complaints.file(actor=actors.public, says=says, complainant=who, address=f"192.0.2.{number}")


def fresh(complaint: Complaint) -> Complaint:
    """The complaint as it stands now."""
    return Complaint.objects.get(pk=complaint.pk)
