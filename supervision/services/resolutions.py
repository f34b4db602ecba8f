"""The collective decision on matters of supervision: entered from the minutes, confirmed by a second officer (default rule)."""

from collections.abc import Sequence
from dataclasses import dataclass

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
from supervision.selectors import endings as selectors
from supervision.selectors import separation
from supervision.services import plaques as plates
from timekeeping import clock
from timekeeping.dates import chinese_date

Outcome = ResolutionItem.Outcome


@dataclass(frozen=True)
class Ruling:
    """What the minutes say of one case. ``recall_plaque`` counts for a revocation only: a cancellation always recalls it."""

    ending: Ending
    outcome: str
    reason: str
    recall_plaque: bool = False

    @property
    def step(self) -> str:
        """The step of the table on the case."""
        return self.ending.decision_step if self.outcome == Outcome.END else "keep"


def enter(*, actor: Actor, minutes: Minutes, rulings: Sequence[Ruling], key: FormKey | None = None) -> Resolution:
    """Enter a meeting and its rulings; nothing takes effect before another officer confirms.

    Raises ValidationError when the minutes do not hold together or a ruling is not allowed yet.
    """
    _check(actor, minutes, rulings)
    resolution = Resolution(
        kind=minutes.kind, held_on=minutes.held_on, minutes_number=minutes.number, minutes=minutes.file,
        attendance=minutes.attendance, recusals=minutes.recusals, vote=minutes.vote, entered_by=actor.person,
    )  # fmt: skip
    plain = [{"ending": str(r.ending.uuid), "outcome": r.outcome, "plaque": r.recall_plaque} for r in rulings]
    with engine.act(actor=actor, key=key) as act:
        act.lock(*[ruling.ending for ruling in rulings])
        act.create(resolution, "enter", data={"minutes": minutes.file.sha256, "rulings": plain})
        ResolutionItem.objects.bulk_create(
            ResolutionItem(
                resolution=resolution,
                ending=r.ending,
                outcome=r.outcome,
                reason=r.reason,
                recall_plaque=r.recall_plaque,
            )
            for r in rulings
        )
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
    items = list(resolution.items.select_related("ending__title").order_by("pk"))
    titles = [item.ending.title for item in items]
    with engine.act(actor=actor, key=key) as act:
        everything = _subjects(items, titles)
        resolution, *locked = act.lock((resolution, version), *everything)
        fresh = {(subject.SUBJECT, subject.pk): subject for subject in locked}
        resolution.confirmed_by = actor.user
        act.take(resolution, "confirm", data={"minutes": resolution.minutes.sha256})
        for item in items:
            ending = fresh["ending", item.ending_id]
            if item.outcome == Outcome.KEEP:
                act.take(ending, "keep", reason=item.reason, data={"resolution": str(resolution.uuid)})
                continue
            title = fresh["title", ending.title_id]
            plaques = [s for s in locked if isinstance(s, Plaque) and s.title_id == title.pk]
            _end(act, resolution, item, (ending, title, plaques))
    return resolution


def _subjects(items: list[ResolutionItem], titles: list[Title]) -> list:
    return [*[item.ending for item in items], *titles, *Plaque.objects.filter(title__in=titles)]


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
    if len({ruling.ending.pk for ruling in rulings}) != len(rulings):
        problems["rulings"].append("同一件出现两次。")
    problems["rulings"].extend(separation.hands(actor.user, [r.ending for r in rulings]))
    for ruling in rulings:
        problems["rulings"].extend(_forbidden(actor, minutes, ruling))
    problems = {name: words for name, words in problems.items() if words}
    if problems:
        raise ValidationError(problems)


def _forbidden(actor: Actor, minutes: Minutes, ruling: Ruling) -> list[str]:
    ending, name = ruling.ending, ruling.ending.title.platform_name
    words = engine.blockers(ending, ruling.step, actor)
    referred = StepRecord.objects.filter(subject_type="ending", subject_id=ending.uuid, step="refer").first()
    day = referred.at.astimezone(clock.SHANGHAI).date() if referred else clock.today()
    if minutes.held_on < day:
        words.append(f"“{name}”于{chinese_date(day)}提请集体决策，会议不能早于该日")
    if not ruling.reason.strip():
        words.append(f"请写明对“{name}”作出决定的理由")
    words += selectors.on_other_minutes([ending]).get(ending.pk, [])
    return list(dict.fromkeys(words))
