"""The city's intake of recommended cases (Art. 7, 10, 11), singly and in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications.models import Application
from lifecycle import deadlines, engine
from lifecycle.errors import Refusal
from lifecycle.idempotency import FormKey
from regulation.articles import article_label
from review.services.district.recommending import end_recommendation
from review.services.reasons import required
from timekeeping import clock
from timekeeping.dates import chinese_deadline, end_of_day
from timekeeping.workdays import UnknownYear

GROUNDS: tuple[str, ...] = (*(f"7({number})" for number in range(1, 9)), "8")


def admit(
    *, actor: Actor, application: Application, key: FormKey | None = None, version: int | None = None
) -> Application:
    """市级受理: the case goes to expert review (Art. 11, 12)."""
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        act.take(application, "admit", data=_fingerprint(application))
    return application


@dataclass(frozen=True)
class Result:
    """What became of one case of a bulk act; ``refused`` is empty when it was done."""

    application: Application
    refused: str = ""


def admit_all(*, actor: Actor, applications: Iterable[tuple[Application, int]]) -> list[Result]:
    """Admit each case in its own transaction; a refusal concerns only its case. Pairs of case and version seen."""
    results = []
    for application, version in applications:
        try:
            results.append(Result(admit(actor=actor, application=application, version=version)))
        except Refusal as refusal:
            results.append(Result(application, refusal.message))
    return results


def send_back(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    due_on: date | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """退回县区 with a reason and a term of its own to recommend again (default: as long as the city's intake term).

    Raises ValidationError for a missing reason, a shorter term, or an unpublished year.
    """
    reason = required(reason, "reason", "请填写退回县区的理由。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        application.sent_back_due_at = _due_at(application, due_on)
        taken_back = end_recommendation(application)
        act.take(
            application,
            "send_back",
            reason=f"{reason}（请于{chinese_deadline(application.sent_back_due_at)}前重新推荐或不予推荐）",
            data={"recommendation": taken_back, **_fingerprint(application)},
        )
    return application


def find_ineligible(
    *,
    actor: Actor,
    application: Application,
    ground: str,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """不符合申报条件: which item of Art. 7 or 8 is not met, and why."""
    if ground not in GROUNDS:
        raise ValidationError({"ground": "请选择不符合的条件。"})
    reason = required(reason, "reason", "请写明不符合该条件的事实和理由。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        data = {"article": ground, **_fingerprint(application)}
        act.take(application, "find_ineligible", reason=f"不符合{article_label(ground)}：{reason}", data=data)
    return application


def reject_falsified(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    evidence: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """材料不实，不予认定, at any stage after filing (default): what is false, and on what evidence that rests."""
    reason = required(reason, "reason", "请写明不实的材料和内容。")
    evidence = required(evidence, "evidence", "请写明查证的依据，例如函调、现场核实或登记信息。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        end_recommendation(application)
        act.take(
            application,
            "reject_falsified",
            reason=f"{reason.rstrip('。')}。查证依据：{evidence}",
            data=_fingerprint(application),
        )
    return application


def _fingerprint(application: Application) -> dict[str, str]:
    version = application.current_version
    return {"fingerprint": version.fingerprint} if version else {}


def _due_at(application: Application, due_on: date | None) -> datetime:
    workdays = application.call.parameters.rule("intake_workdays")
    try:
        shortest = deadlines.end_of_workdays(clock.today(), application.call.parameters.intake_workdays)
    except UnknownYear as unknown:
        raise ValidationError({"due_on": str(unknown)}) from unknown
    if due_on and end_of_day(due_on) < shortest:
        raise ValidationError(
            {"due_on": f"重新推荐的期限不得少于{workdays.shown}，最早为{chinese_deadline(shortest)}。"}
        )
    return end_of_day(due_on) if due_on else shortest
