"""Planning a visit: who goes, when and where (Art. 13; the number of people is a default)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import User
from applications.models import Application
from lifecycle import engine
from lifecycle.errors import Blocked
from lifecycle.idempotency import FormKey
from review import grants
from review.models import Inspection, Inspector
from review.selectors import experts
from review.services.reasons import required
from timekeeping import clock


@dataclass(frozen=True)
class Visit:
    """Day, place and people of a visit; the lead is one of the people."""

    on: date
    place: str
    inspectors: tuple[User, ...]
    lead: User


def plan(
    *,
    actor: Actor,
    application: Application,
    visit: Visit,
    reason: str = "",
    key: FormKey | None = None,
    version: int | None = None,
) -> Inspection:
    """Send at least the required number of inspectors to a shortlisted applicant; their dossiers open.

    A certain conflict of interest is refused, a possible one needs a reason. Raises ValidationError by field.
    """
    place = required(visit.place, "place", "请填写核查地点。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        if Inspection.objects.filter(application=application).exists():
            raise Blocked(["已经安排过现场核查"])
        _check_people(application, visit)
        flagged = _check_conflicts(visit.inspectors, application)
        if flagged:
            reason = required(reason, "reason", f"{flagged}。如核实无利益关系，请写明理由。")
        inspection = Inspection(application=application, visit_on=visit.on, place=place)
        people = [str(user.uuid) for user in visit.inspectors]
        data = {"application": str(application.uuid), "inspectors": people, "lead": str(visit.lead.uuid)}
        # People are told by the step, so the group must exist when the act ends, and it needs the inspection's key first.
        act.create(inspection, "plan", reason=reason, data=data)
        Inspector.objects.bulk_create(
            Inspector(inspection=inspection, user=user, is_lead=user == visit.lead) for user in visit.inspectors
        )
        for user in visit.inspectors:
            grants.let_inspect(user, application)
    return inspection


def _check_people(application: Application, visit: Visit) -> None:
    enough = application.call.parameters.min_inspectors
    if visit.on < clock.today():
        raise ValidationError({"visit_on": "核查日期不能早于今天。"})
    if len(set(visit.inspectors)) < enough:
        raise ValidationError({"inspectors": f"核查组不少于{enough}人，请补选。"})
    if visit.lead not in visit.inspectors:
        raise ValidationError({"lead": "组长应为核查组成员。"})
    active = set(experts.inspectors().values_list("pk", flat=True))
    strangers = [user.name for user in visit.inspectors if user.pk not in active]
    if strangers:
        raise ValidationError({"inspectors": f"{'、'.join(strangers)}目前没有现场核查员身份。"})


def _check_conflicts(people: Iterable[User], application: Application) -> str:
    listed = list(people)
    names = {user.pk: user.name for user in listed}
    found = experts.conflicts(listed, [application]).items()
    certain = [
        f"{names[user]}：{experts.words(reasons)}" for (user, _), reasons in found if any(r.certain for r in reasons)
    ]
    if certain:
        raise ValidationError({"inspectors": f"存在利益关系，不能参加核查。{'；'.join(certain)}。"})
    return "；".join(f"{names[user]}：{experts.words(reasons)}" for (user, _), reasons in found)
