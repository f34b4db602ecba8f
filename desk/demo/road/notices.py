"""The proposed list on public notice, and objections against it."""

from collections.abc import Iterable

from accounts import actors
from desk.demo.city import Case, Round
from desk.demo.materials import stored
from files.purposes import Purpose
from lifecycle.workdays import calendar
from regulation.terms import notice_period
from review.documents.notices import notice_pdf
from review.models import Notice, Objection
from review.services import notices, objections
from review.services.notice_checks import Draft, Portal
from review.services.objections import Objector, Statement
from timekeeping import clock

HANDLER = "city3"


def propose(case: Case) -> None:
    """On the proposed list."""
    notices.propose(actor=case.city.cast["city2"], application=case.application)


def not_propose(case: Case, reason: str) -> None:
    """Left off the proposed list."""
    notices.not_propose(actor=case.city.cast["city2"], application=case.application, reason=reason)


def draft(round_: Round, cases: Iterable[Case], name: str) -> Notice:
    """A notice to be published on the next working day, as long as Art. 14 asks."""
    known = calendar()
    planned = known.next_workday(clock.today())
    period = notice_period(planned, round_.call.parameters, known)
    says = Draft(
        title=f"关于{round_.year}年度昆明市中小企业公共服务示范平台拟认定名单{name}的公示", planned_on=planned,
        starts_on=period.first, ends_on=period.last, phone="0871-63135193", supervision_phone="0871-63135100",
        address="昆明市呈贡区锦绣大街1号市级行政中心4号楼（演示）", email="objection@example.com",
    )  # fmt: skip
    applications = [case.application for case in cases]
    return notices.draft(actor=round_.city.cast["city2"], call=round_.call, applications=applications, says=says)


def publish(round_: Round, notice: Notice) -> None:
    """The notice on the portal, recorded with address, moment and capture."""
    notice = Notice.objects.get(pk=notice.pk)
    portal = Portal(
        url=f"https://portal.example.cn/notice/{round_.year}/{notice.pk}", published_at=clock.now(),
        capture=stored("capture", Purpose.CAPTURE),
    )  # fmt: skip
    notices.publish(actor=round_.city.cast["city2"], notice=notice, portal=portal, document=notice_pdf(notice))


def object_to(case: Case, notice: Notice, content: str, *, name: str) -> Objection:
    """Somebody objects online, by name."""
    says = Statement(
        notice=Notice.objects.get(pk=notice.pk), signed=Objection.Signed.PERSON, content=content,
        application=case.application, evidence=(stored("evidence", Purpose.EVIDENCE),),
    )  # fmt: skip
    objector = Objector(name=name, phone="13700000001", email="objector@example.com", consented_at=clock.now())
    return objections.file(actor=actors.public, says=says, objector=objector, address="192.0.2.1")


def investigate(round_: Round, objection: Objection) -> None:
    """Accepted; its platform is held."""
    objections.investigate(actor=round_.city.cast[HANDLER], objection=Objection.objects.get(pk=objection.pk))


def find_unfounded(round_: Round, objection: Objection) -> None:
    """Nothing in it; the platform goes on."""
    objections.find_unfounded(
        actor=round_.city.cast[HANDLER], objection=Objection.objects.get(pk=objection.pk),
        findings="调取服务协议、签到表和银行流水，抽访十二家服务企业，服务事实清楚。",
        conclusion="经调查核实，所反映的服务记录真实，异议不成立。",
        answer_text="您反映的问题已调查核实：相关服务有协议、签到和付款记录佐证，异议不成立。感谢您的监督。",
    )  # fmt: skip


def find_founded(round_: Round, objection: Objection) -> None:
    """True; the platform is not certified."""
    objections.find_founded(
        actor=round_.city.cast[HANDLER], objection=Objection.objects.get(pk=objection.pk),
        findings="核对社会保险缴纳记录，申报的专职服务人员中有八人在其他单位缴纳。",
        conclusion="经调查核实，专职服务人员数不符合第七条第（六）项要求，异议成立，不予认定。",
        answer_text="您反映的问题已调查核实，异议成立，该平台不予认定。感谢您的监督。",
    )  # fmt: skip
