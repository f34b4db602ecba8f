"""The city's intake of recommended cases (Art. 7, 10, 11), singly and in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications.models import Application
from lifecycle import deadlines, engine
from lifecycle.errors import Refusal, WrongStage
from lifecycle.idempotency import FormKey
from regulation.articles import article_label
from review.models import Recommendation, SendBack, SendBackItem
from review.models.recommending import ACT, ACTS
from review.selectors.intake import evidence_of
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
class Doubt:
    """What the district must look at again; ``part`` and ``key`` as in ``SendBackItem``."""

    part: str
    key: str
    text: str


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
    doubts: Sequence[Doubt],
    note: str = "",
    due_on: date | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> SendBack:
    """退回县区, item by item, with a term of its own to recommend again (default: as long as the city's intake term, and never
    before the end of the district's time, which is the same for all).

    The district answers every item with its new word. Raises ValidationError for no items, an item without words or named
    twice, a shorter term, or an unpublished year.
    """
    _checked(doubts)
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        application.sent_back_due_at = _due_at(application, due_on)
        returned = _recommended(application)
        made = SendBack.objects.create(
            application=application,
            version=returned.version,
            recommendation=returned,
            due_at=application.sent_back_due_at,
            note=note.strip(),
            made_by=actor.person,
            made_at=clock.now(),
        )
        items = [SendBackItem(send_back=made, part=one.part, key=one.key, text=one.text.strip()) for one in doubts]
        SendBackItem.objects.bulk_create(items)
        end_recommendation(application, Recommendation.Ended.SENT_BACK)
        data = {"recommendation": str(returned.uuid), "send_back": str(made.uuid), **_fingerprint(application)}
        act.take(application, "send_back", reason=_words(made, items), data=data)
    return made


def _recommended(application: Application) -> Recommendation:
    found = application.recommendations.filter(withdrawn_at__isnull=True, recommended=True).first()
    if found is None:
        raise WrongStage(engine.last_word(application))
    return found


def _checked(doubts: Sequence[Doubt]) -> None:
    if not doubts:
        raise ValidationError("请至少列明一项需县区核实的内容。")
    for one in doubts:
        if one.part == ACT and one.key not in ACTS:
            raise ValidationError("没有这一项县区办理事项，请重新选择。")
        if not one.text.strip():
            raise ValidationError("请逐项写明需县区核实的内容。")
    if len({(one.part, one.key) for one in doubts}) < len(doubts):
        raise ValidationError("同一部分请合并为一项填写。")


def _words(made: SendBack, items: Sequence[SendBackItem]) -> str:
    listed = "；".join(f"{number}. {one.label}：{one.text}" for number, one in enumerate(items, 1))
    until = chinese_deadline(made.due_at)
    return f"请于{until}前核实以下{len(items)}项，重新推荐或不予推荐：{listed}" + (
        f"。{made.note}" if made.note else ""
    )


def find_ineligible(
    *,
    actor: Actor,
    application: Application,
    ground: str,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """不符合申报条件: which item of Art. 7 or 8 is not met, and why, with the figures of the assessment for that item."""
    if ground not in GROUNDS:
        raise ValidationError({"ground": "请选择不符合的条件。"})
    reason = required(reason, "reason", "请写明不符合该条件的事实和理由。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        shown = evidence_of(application, ground)
        data = {
            "article": ground,
            "evidence": [f"{one.key}:{one.verdict}" for one in shown],
            **_fingerprint(application),
        }
        figures = f"。核对数据：{'；'.join(one.figure for one in shown)}" if shown else ""
        words = f"不符合{article_label(ground)}：{reason.rstrip('。')}{figures}。"
        act.take(application, "find_ineligible", reason=words, data=data)
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
        end_recommendation(application, Recommendation.Ended.FALSIFIED)
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
    call, workdays = application.call, application.call.parameters.rule("intake_workdays")
    try:
        own = deadlines.end_of_workdays(clock.today(), call.parameters.intake_workdays)
    except UnknownYear as unknown:
        raise ValidationError({"due_on": str(unknown)}) from unknown
    shortest = max(own, call.district_due_at_for(application.district_id))
    if due_on and end_of_day(due_on) < shortest:
        raise ValidationError(
            {
                "due_on": f"重新推荐的期限不得少于{workdays.shown}，也不得早于县区推荐截止，最早为{chinese_deadline(shortest)}。"
            }
        )
    return end_of_day(due_on) if due_on else shortest
