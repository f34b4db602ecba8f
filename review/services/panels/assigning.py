"""Assigning cases to experts, and replacing those who must leave (Art. 12; avoiding conflicts is a default)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import User
from applications.models import Application
from lifecycle import engine
from lifecycle.errors import Blocked, Refusal
from lifecycle.idempotency import FormKey
from regulation.sampling import ticket
from review import drawing
from review.models import Panel, PanelCase, PanelMember, ScoreSheet
from review.selectors import experts, panels
from review.services.reasons import required


@dataclass(frozen=True)
class Outcome:
    """What became of one item of a bulk act; ``problem`` is empty when it was done."""

    application: Application
    done: str = ""
    problem: str = ""


def assign(
    *,
    actor: Actor,
    panel: Panel,
    application: Application,
    assignees: Iterable[User],
    reason: str = "",
    key: FormKey | None = None,
    version: int | None = None,
) -> list[ScoreSheet]:
    """Give the case to these members of the panel, each with a sheet of their own.

    A certain conflict is refused; a possible one (a shared name) needs a reason. Raises ValidationError at ``assignees``,
    Blocked when the case lies with another panel or has left this one.
    """
    people = list(assignees)
    with engine.act(actor=actor, key=key) as act:
        panel, application = act.lock((panel, version), application)
        if not people:
            raise ValidationError({"assignees": "请选择专家。"})
        _check_members(panel, people)
        case = _case(panel, application)
        flagged = _check_conflicts(people, application)
        if flagged:
            reason = required(reason, "reason", f"{flagged}。如核实无利益关系，请写明理由。")
        sheets = [ScoreSheet(case=case, expert=user) for user in people]
        for sheet in sheets:
            data = {"panel": str(panel.uuid), "application": str(application.uuid), "expert": str(sheet.expert.uuid)}
            act.create(sheet, "assign", reason=reason, data=data)
    return sheets


def distribute(*, actor: Actor, panel: Panel, applications: Iterable[Application]) -> list[Outcome]:
    """Give every case the experts it lacks: members without any conflict, the least busy first, ties by the panel's ticket.

    Each case is an act of its own; one that cannot be served does not stop the others.
    """
    return [_serve(actor, panel, application) for application in applications]


def replace(
    *,
    actor: Actor,
    sheet: ScoreSheet,
    expert: User | None = None,
    reason: str = "",
    key: FormKey | None = None,
) -> ScoreSheet:
    """Give the case of a recused or voided sheet to another expert; without a choice to the next one by ticket.

    A person of the pool who is not yet on the panel joins it. Raises ValidationError at ``expert`` when nobody is free.
    """
    case = sheet.case
    with engine.act(actor=actor, key=key) as act:
        panel, application, sheet = act.lock(case.panel, case.application, sheet)
        case.panel, case.application = panel, application
        if sheet.state not in ("recused", "voided"):
            raise Blocked(["只有已回避或作废的评分表需要另派专家"])
        successor = expert or _next(actor, panel, application)
        _check_pool(actor, panel, successor)
        flagged = _check_conflicts([successor], application)
        if flagged:
            reason = required(reason, "reason", f"{flagged}。如核实无利益关系，请写明理由。")
        PanelMember.objects.get_or_create(panel=panel, expert=successor, defaults={"drawn": expert is None})
        data = {"panel": str(panel.uuid), "replaces": str(sheet.uuid), "expert": str(successor.uuid)}
        return act.create(ScoreSheet(case=case, expert=successor), "assign", reason=reason, data=data)


def _serve(actor: Actor, panel: Panel, application: Application) -> Outcome:
    case = PanelCase.objects.filter(panel=panel, application=application).first()
    present = panels.live(case) if case else []
    lacking = panel.call.parameters.experts_per_case - len(present)
    if lacking <= 0:
        return Outcome(application, done="专家已足")
    found = _free_members(panel, application, case)[:lacking]
    if len(found) < lacking:
        return Outcome(application, problem=f"无利益关系的专家只有{len(found)}名，还缺{lacking - len(found)}名")
    try:
        assign(actor=actor, panel=panel, application=application, assignees=found)
    except Refusal as refusal:
        return Outcome(application, problem=refusal.message)
    return Outcome(application, done="、".join(user.name for user in found))


def _free_members(panel: Panel, application: Application, case: PanelCase | None) -> list[User]:
    members = [member.expert for member in panel.members.select_related("expert")]
    busy = [sheet.expert_id for sheet in case.sheets.all()] if case else []
    load = dict.fromkeys((user.pk for user in members), 0)
    for pk in ScoreSheet.objects.filter(case__panel=panel, state__in=panels.LIVE).values_list("expert", flat=True):
        load[pk] = load.get(pk, 0) + 1
    against = experts.conflicts(members, [application])
    free = [user for user in members if user.pk not in busy and (user.pk, application.pk) not in against]
    seed = f"{panel.seed or panel.uuid}:{application.uuid}"
    return sorted(free, key=lambda user: (load[user.pk], ticket(seed, str(user.uuid))))


def _next(actor: Actor, panel: Panel, application: Application) -> User:
    case = PanelCase.objects.get(panel=panel, application=application)
    members = _free_members(panel, application, case)
    if members:
        return members[0]
    outside = {str(profile.user.uuid): profile.user for profile in experts.pool() if profile.user_id != actor.user_id}
    people = list(outside.values())
    barred = {*experts.rivals(people, panel.call), *case.sheets.values_list("expert", flat=True)}
    barred |= {user for user, _ in experts.conflicts(people, [application])}
    for key in drawing.order(panel.seed or str(panel.uuid), outside):
        if outside[key].pk not in barred:
            return outside[key]
    raise ValidationError({"expert": "专家库中没有可接替的专家，请补充专家库后再办。"})


def _case(panel: Panel, application: Application) -> PanelCase:
    case, created = PanelCase.objects.select_related("panel").get_or_create(
        application=application, defaults={"panel": panel}
    )
    if not created and case.panel_id != panel.pk:
        if panels.live(case) or case.panel.state == "concluded":
            raise Blocked([f"该申报已分派给“{case.panel.name}”"])
        case.panel = panel
        case.save(update_fields=["panel"])
    return case


def _check_members(panel: Panel, people: list[User]) -> None:
    members = set(panel.members.values_list("expert", flat=True))
    strangers = [user.name for user in people if user.pk not in members]
    if strangers:
        raise ValidationError({"assignees": f"{'、'.join(strangers)}不是本专家组成员。"})


def _check_pool(actor: Actor, panel: Panel, user: User) -> None:
    if user.pk == actor.user_id or not experts.pool().filter(user=user).exists():
        raise ValidationError({"expert": f"{user.name}目前不在专家库中。"})
    if barred := experts.rivals([user], panel.call).get(user.pk):
        raise ValidationError({"expert": f"{user.name}不能入选：{barred}。"})


def _check_conflicts(people: list[User], application: Application) -> str:
    """Refuse certain conflicts; return the possible ones as words."""
    found = experts.conflicts(people, [application])
    names = {user.pk: user.name for user in people}
    certain = [
        f"{names[user]}：{experts.words(r for r in reasons if r.certain)}"
        for (user, _), reasons in found.items()
        if any(reason.certain for reason in reasons)
    ]
    if certain:
        raise ValidationError({"assignees": f"存在利益关系，不能分派。{'；'.join(certain)}。"})
    return "；".join(f"{names[user]}：{experts.words(reasons)}" for (user, _), reasons in found.items())
