"""The collective decision on matters of supervision: entered from the minutes, confirmed by a second officer (default rule)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from lifecycle import engine
from lifecycle.engine import Act
from lifecycle.idempotency import FormKey
from lifecycle.models import StepRecord
from registry.models import Plaque, Title
from registry.services import bans
from registry.services import titles as book
from regulation.terms import ban_period
from review.services.meetings import Minutes
from supervision.models import Ending, Resolution, ResolutionItem
from supervision.selectors import candidates, separation
from supervision.selectors import resolutions as selectors
from supervision.selectors.separation import Case, key_of
from supervision.services import operators
from supervision.services import plaques as plates
from timekeeping import clock
from timekeeping.dates import chinese_date

Outcome = ResolutionItem.Outcome
STEPS = {Outcome.KEEP: "keep", Outcome.APPROVE: "approve_operator", Outcome.REFUSE: "refuse_operator"}


@dataclass(frozen=True)
class Ruling:
    """What the minutes say of one case. ``recall_plaque`` counts for a revocation only: a cancellation always recalls it."""

    case: Case
    outcome: str
    reason: str
    recall_plaque: bool = False

    @property
    def step(self) -> str:
        """The step of the table on the case."""
        ending = self.case if isinstance(self.case, Ending) else None
        return ending.decision_step if ending and self.outcome == Outcome.END else STEPS[Outcome(self.outcome)]


def enter(*, actor: Actor, minutes: Minutes, rulings: Sequence[Ruling], key: FormKey | None = None) -> Resolution:
    """Enter a meeting and its rulings; nothing takes effect before another officer confirms.

    Raises ValidationError when the minutes do not hold together or a ruling is not allowed yet.
    """
    _check(actor, minutes, rulings)
    resolution = Resolution(
        kind=minutes.kind, held_on=minutes.held_on, minutes_number=minutes.number, minutes=minutes.file,
        attendance=minutes.attendance, recusals=minutes.recusals, vote=minutes.vote, entered_by=actor.person,
    )  # fmt: skip
    plain = [{"case": str(r.case.uuid), "outcome": r.outcome, "plaque": r.recall_plaque} for r in rulings]
    with engine.act(actor=actor, key=key) as act:
        act.lock(*[ruling.case for ruling in rulings])
        act.create(resolution, "enter", data={"minutes": minutes.file.sha256, "rulings": plain})
        ResolutionItem.objects.bulk_create(_item(resolution, ruling) for ruling in rulings)
    return resolution


def reject(
    *, actor: Actor, resolution: Resolution, reason: str, key: FormKey | None = None, version: int | None = None
) -> Resolution:
    """Send back what does not match the minutes; it is entered anew."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明与会议纪要不符之处。"})
    with engine.act(actor=actor, key=key) as act:
        [resolution] = act.lock((resolution, version))
        act.take(resolution, "reject", reason=reason)
    return resolution


def confirm(
    *, actor: Actor, resolution: Resolution, key: FormKey | None = None, version: int | None = None
) -> Resolution:
    """Give every ruling its effect in one act, all of them or none.

    Cancellation (Art. 19): title, plaque and ban of three years from the day of the meeting. Revocation (Art. 16): the
    title alone, the plaque only when the meeting ordered it.
    """
    items = list(resolution.items.select_related("ending__title", "change__title").order_by("pk"))
    with engine.act(actor=actor, key=key) as act:
        resolution, *locked = act.lock((resolution, version), *_subjects(items))
        resolution.confirmed_by = actor.user
        act.take(resolution, "confirm", data={"minutes": resolution.minutes.sha256})
        for item in items:
            _give_effect(act, resolution, item, locked)
    return resolution


def _item(resolution: Resolution, ruling: Ruling) -> ResolutionItem:
    ended = isinstance(ruling.case, Ending)
    case = {"ending": ruling.case} if ended else {"change": ruling.case}
    recall = ruling.recall_plaque and ended
    return ResolutionItem(
        resolution=resolution, outcome=ruling.outcome, reason=ruling.reason, recall_plaque=recall, **case
    )


def _subjects(items: list[ResolutionItem]) -> list[Any]:
    titles = {item.case.title_id: item.case.title for item in items}
    ended = [item.ending for item in items if item.ending and item.outcome == Outcome.END]
    evidence = {key_of(source): source for ending in ended for source in candidates.sources_of(ending)}
    plaques = Plaque.objects.filter(title__in=titles)
    return [*[item.case for item in items], *titles.values(), *plaques, *evidence.values()]


def _give_effect(act: Act, resolution: Resolution, item: ResolutionItem, locked: list[Any]) -> None:
    fresh = {(subject.SUBJECT, subject.pk): subject for subject in locked}
    case = fresh[key_of(item.case)]
    title = fresh[Title.SUBJECT, case.title_id]
    if item.outcome == Outcome.KEEP:
        act.take(case, "keep", reason=item.reason, data={"resolution": str(resolution.uuid)})
    elif item.outcome == Outcome.APPROVE:
        operators.approve(act=act, change=case, title=title, reason=item.reason)
    elif item.outcome == Outcome.REFUSE:
        operators.refuse(act=act, change=case, reason=item.reason)
    else:
        plaques = [s for s in locked if isinstance(s, Plaque) and s.title_id == title.pk]
        _end(act, resolution, item, (case, title, plaques))


def _end(act: Act, resolution: Resolution, item: ResolutionItem, case: tuple[Ending, Title, list[Plaque]]) -> None:
    ending, title, plaques = case
    data = {"resolution": str(resolution.uuid)}
    ending.decided_on, ending.title_was, ending.title_ended_on = resolution.held_on, title.state, title.ended_on
    act.take(ending, ending.decision_step, reason=item.reason, data=data)
    book.end(title, resolution.held_on)
    if ending.kind == Ending.Kind.REVOKE:
        act.take(title, "revoke", reason=item.reason, data=data)
        if item.recall_plaque:
            plates.recall(act, plaques, "order_back", ending.pinned_parameters)
        return
    act.take(title, "cancel", reason=item.reason, data=data)
    plates.recall(act, plaques, "recall", ending.pinned_parameters)
    period = ban_period(resolution.held_on, ending.pinned_parameters)
    bans.impose(title=title, period=period, reason=ending.get_ground_display())


def _check(actor: Actor, minutes: Minutes, rulings: Sequence[Ruling]) -> None:
    problems: dict[str, list[str]] = {"rulings": []}
    if minutes.held_on > clock.today():
        problems["held_on"] = ["会议日期不能晚于今天。"]
    same = Resolution.objects.filter(kind=minutes.kind, minutes_number=minutes.number)
    if same.exclude(state="rejected").exists():
        problems["minutes_number"] = ["这份会议纪要已经录入。"]
    if not rulings:
        problems["rulings"].append("请至少录入一件的决定。")
    if len({key_of(ruling.case) for ruling in rulings}) != len(rulings):
        problems["rulings"].append("同一件出现两次。")
    problems["rulings"].extend(separation.hands(actor.user, [r.case for r in rulings]))
    for ruling in rulings:
        problems["rulings"].extend(_forbidden(actor, minutes, ruling))
    problems = {name: words for name, words in problems.items() if words}
    if problems:
        raise ValidationError(problems)


def _forbidden(actor: Actor, minutes: Minutes, ruling: Ruling) -> list[str]:
    case, name = ruling.case, ruling.case.title.platform_name
    words = engine.blockers(case, ruling.step, actor)
    referred = StepRecord.objects.filter(subject_type=case.SUBJECT, subject_id=case.uuid, step="refer").last()
    day = referred.at.astimezone(clock.SHANGHAI).date() if referred else clock.today()
    if minutes.held_on < day:
        words.append(f"“{name}”于{chinese_date(day)}提请集体决策，会议不能早于该日")
    if not ruling.reason.strip():
        words.append(f"请写明对“{name}”作出决定的理由")
    words += selectors.on_other_minutes([case]).get(key_of(case), [])
    return list(dict.fromkeys(words))
