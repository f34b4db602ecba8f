"""Who may apply now (Art. 10, 16, 19), and what must be there before the signatory is asked (Art. 9)."""

from collections.abc import Iterator

from accounts.actors import Actor
from accounts.models import Capacity, Role
from applications.checking import check
from applications.drafts import judged_draft
from applications.models import Application, Call
from applications.standing import obstacles
from lifecycle.guards import guard
from timekeeping import clock
from timekeeping.dates import chinese_deadline, chinese_moment


@guard("application.create")
def call_takes_applications(application: Application, actor: Actor) -> Iterator[str]:
    """The same times for all (Art. 6, 10)."""
    yield from closed(application.call, application.district_id)


def closed(call: Call, district_id: int | None) -> Iterator[str]:
    """Why a call does not take applications of a district at this moment."""
    if call.state != "open":
        yield "该申报通知尚未发布，或者已经办结"
    elif clock.now() < call.opens_at:
        yield f"申报自{chinese_moment(call.opens_at)}开始"
    elif clock.now() >= call.closes_at_for(district_id):
        yield f"申报已于{chinese_deadline(call.closes_at_for(district_id))}截止，如有疑问请联系{call.contact}"


@guard("application.create", "application.submit")
def organisation_is_in_good_standing(application: Application, actor: Actor) -> Iterator[str]:
    """No running ban (Art. 19) and no title that is valid beyond this year (Art. 16)."""
    received_at = application.received_at or clock.now()
    yield from obstacles(application.organisation, received_at.astimezone(clock.SHANGHAI).date())


@guard("application.create")
def one_application_a_call(application: Application, actor: Actor) -> Iterator[str]:
    """One application per organisation and call; a withdrawn one makes room."""
    others = Application.objects.filter(call=application.call, organisation=application.organisation)
    if others.exclude(state="withdrawn").exists():
        yield "本单位在本年度已有一件申报，请继续办理该申报"


@guard("application.request_signature", "application.submit", "application.resubmit")
def draft_is_complete(application: Application, actor: Actor) -> Iterator[str]:
    """Form and materials complete (Art. 9); eligibility is judged by the authorities, not here."""
    problems = check(judged_draft(application)).problems
    if problems:
        yield f"还有{len(problems)}处需要填写或者更正，请先“核对全部内容”"


@guard("application.request_signature")
def filing_is_open(application: Application, actor: Actor) -> Iterator[str]:
    """Only in the call's time, extensions included."""
    if clock.now() >= application.closes_at:
        yield f"申报已于{chinese_deadline(application.closes_at)}截止，如有疑问请联系{application.call.contact}"


@guard("application.request_signature")
def somebody_may_sign(application: Application, actor: Actor) -> Iterator[str]:
    """The undertaking is given by the legal representative or an authorised signatory."""
    signatories = Capacity.objects.active().filter(role=Role.SIGNATORY, organisation=application.organisation)
    if not signatories.exists():
        yield "本单位还没有法定代表人或授权签字人的账号，请先在“本单位人员”中添加"
