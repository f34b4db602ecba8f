"""The collective decision entered by one officer and confirmed by another, the announcement, the plaques."""

from collections.abc import Mapping
from datetime import date

from desk.demo.city import Case, Round
from desk.demo.materials import stored
from files.purposes import Purpose
from registry.models import Plaque
from review.models import Meeting
from review.services import meetings, plaques
from review.services.meetings import Announcement, Minutes, Ruling

ENTERS, CONFIRMS = "city1", "city4"


def enter(round_: Round, rulings: Mapping[int, tuple[str, str]], *, held_on: date, number: int) -> Meeting:
    """The minutes of a meeting: the outcome and its reason by the number of the organisation."""
    minutes = Minutes(
        kind=Meeting.Kind.PARTY_GROUP, held_on=held_on, number=f"局党组会纪要〔{round_.year}〕{number}号",
        file=stored("minutes", Purpose.MINUTES), attendance="局党组书记、局长，局党组成员、副局长（演示）",
        vote="应到七人，实到六人，同意六票。",
    )  # fmt: skip
    decided = [Ruling(round_.case(n).application, outcome, reason) for n, (outcome, reason) in rulings.items()]
    return meetings.enter(actor=round_.city.cast[ENTERS], call=round_.call, minutes=minutes, rulings=decided)


def reject(round_: Round, meeting: Meeting) -> None:
    """The second officer finds a slip of the pen."""
    meetings.reject(
        actor=round_.city.cast[CONFIRMS], meeting=meeting, reason="出席人员与纪要不一致，请核对后重新录入。"
    )


def confirm(round_: Round, meeting: Meeting) -> None:
    """Every ruling takes effect."""
    meetings.confirm(actor=round_.city.cast[CONFIRMS], meeting=meeting)


def announce(round_: Round, meeting: Meeting, *, number: int) -> None:
    """The bureau's document and the announcement on the portal."""
    announcement = Announcement(
        document_number=f"昆工信通〔{round_.year}〕{number}号",
        issued_on=round_.city.timeline.today,
        portal_url=f"https://portal.example.cn/result/{round_.year}/{number}",
    )
    meeting = Meeting.objects.get(pk=meeting.pk)
    meetings.announce(actor=round_.city.cast[ENTERS], meeting=meeting, announcement=announcement)


def issue(case: Case) -> None:
    """The plaque handed over."""
    plaques.issue(actor=case.city.cast[ENTERS], plaque=_plaque(case), issued_on=case.timeline.today)


def receive(case: Case) -> None:
    """The plaque signed for."""
    plaques.receive(
        actor=case.filer, plaque=_plaque(case), received_on=case.timeline.today, received_by=case.body.clerk
    )


def lose(case: Case) -> None:
    """The plaque reported lost."""
    plaques.report_lost(
        actor=case.filer, plaque=_plaque(case), lost_on=case.timeline.today, reason="办公场所装修期间遗失，已登报声明。"
    )


def _plaque(case: Case) -> Plaque:
    return Plaque.objects.get(title__decision__application__uuid=case.uuid)
