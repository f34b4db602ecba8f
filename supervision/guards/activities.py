"""What stands in the way of inviting, marking, calling off and concluding (Art. 19)."""

from collections.abc import Iterator

from accounts.actors import Actor
from accounts.models import APPLICANT_ROLES, Capacity
from lifecycle.guards import guard
from supervision.models import Activity, Invitation
from timekeeping import clock
from timekeeping.dates import chinese_moment


@guard("invitation.serve", "invitation.ask_leave")
def not_to_be_held(invitation: Invitation, actor: Actor) -> Iterator[str]:
    """An activity that was called off or concluded invites nobody, and nobody need ask for leave."""
    if invitation.activity.state != "announced":
        yield f"该活动{invitation.activity.status.label}"


@guard("invitation.serve")
def cannot_be_invited(invitation: Invitation, actor: Actor) -> Iterator[str]:
    """Art. 19: platforms that bear the title on the day, told before it."""
    activity = invitation.activity
    if not invitation.title.in_force(activity.held_on):
        yield "活动当日该称号不在有效期内"
    if Invitation.objects.filter(activity=activity, title=invitation.title_id).exists():
        yield "该平台已经邀请"
    if activity.starts_at <= clock.now() and invitation.way == Invitation.Way.SYSTEM:
        yield f"活动已于{chinese_moment(activity.starts_at)}开始，不能再送达邀请"
    if invitation.served_on >= activity.held_on and invitation.way != Invitation.Way.SYSTEM:
        yield "书面或者电话送达应早于活动当日"


@guard("invitation.serve")
def reaches_nobody(invitation: Invitation, actor: Actor) -> Iterator[str]:
    """The system serves only where somebody can sign in and read."""
    if invitation.way != Invitation.Way.SYSTEM:
        return
    people = Capacity.objects.active().filter(
        organisation=invitation.title.platform.organisation_id, role__in=APPLICANT_ROLES
    )
    if not people.exists():
        yield "该单位没有启用的账号，系统送达无人收到；请改用书面或者电话送达并填写凭据"


@guard("invitation.present", "invitation.absent")
def not_begun(invitation: Invitation, actor: Actor) -> Iterator[str]:
    """Nobody is present at or absent from what has not begun."""
    if invitation.activity.starts_at > clock.now():
        yield f"活动{chinese_moment(invitation.activity.starts_at)}开始，开始后登记出席情况"


@guard("invitation.present", "invitation.absent", "invitation.excuse", "invitation.refuse_leave")
def called_off(invitation: Invitation, actor: Actor) -> Iterator[str]:
    """What is not held counts for nobody."""
    if invitation.activity.state == "called_off":
        yield "该活动已取消，不登记出席情况"


@guard("activity.call_off")
def somebody_came(activity: Activity, actor: Actor) -> Iterator[str]:
    """An activity with attendance was held."""
    marked = activity.invitations.filter(state__in=("present", "absent")).count()
    if marked:
        yield f"已登记{marked}家平台的出席情况，不能取消；登记有误的请先更正"


@guard("activity.conclude")
def not_over(activity: Activity, actor: Actor) -> Iterator[str]:
    """Concluded when held and everybody is marked."""
    if activity.starts_at > clock.now():
        yield f"活动{chinese_moment(activity.starts_at)}开始，举行后办结"
    unmarked = activity.invitations.exclude(state__in=Invitation.MARKED).count()
    if unmarked:
        yield f"还有{unmarked}家受邀平台没有登记出席情况"
