"""The officer's checklist: kept as a draft while it is filled in, by whichever officer of the district (Art. 11)."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications.models import Application
from lifecycle import engine
from review import checklist
from review.models import CheckItem
from review.services.clashes import Clash, Kept
from review.services.district.measuring import CHECKING, may_work
from timekeeping import clock

Answers = Mapping[str, tuple[str, str]]


def save_checks(
    *,
    actor: Actor,
    application: Application,
    answers: Answers,
    seen: Mapping[str, str] | None = None,
    otherwise: str = "",
    version: int | None = None,
) -> int:
    """Keep the answers (item → verdict, note) on the current version as a draft; returns how many changed.

    An empty verdict leaves the item open, or takes ``otherwise`` where nobody has answered. ``seen`` gives for each item the
    token of the answer that was on the page (``Answered.token``): what the officer left as it was is not written again, and
    what a colleague changed meanwhile raises Clash. An unknown item or verdict raises ValidationError.
    """
    with engine.act(actor=actor) as act:
        [application] = act.lock((application, version))
        may_work(actor, application, CHECKING)
        if unknown := answers.keys() - checklist.keys():
            raise ValidationError(f"没有这些核对事项：{'、'.join(sorted(unknown))}")
        kept = CheckItem.objects.filter(version=application.current_version).select_related("checked_by")
        present = {item.key: item for item in kept}
        given = _filled(answers, present, otherwise) if otherwise else answers
        if seen is not None:
            given = {key: said for key, said in given.items() if checklist.token_of(*said) != seen.get(key, "")}
            _refuse_clashes(given, seen, present)
        entered = [(present.get(key) or _blank(application, key), *said) for key, said in given.items()]
        changed = [item for item, verdict, note in entered if _changes(actor, item, verdict, checklist.tidy(note))]
        _write(changed)
    return len(changed)


def _filled(answers: Answers, present: Mapping[str, CheckItem], verdict: str) -> Answers:
    """Answers left blank filled in; one that a colleague has given meanwhile is let alone."""
    return {key: (said or verdict, note) for key, (said, note) in answers.items() if said or key not in present}


def _refuse_clashes(answers: Answers, seen: Mapping[str, str], present: Mapping[str, CheckItem]) -> None:
    """Raises Clash for items whose answer on file is neither the one seen nor the one given."""
    others = {}
    for key, said in answers.items():
        now = present[key].token if key in present else ""
        if now and now not in (seen.get(key, ""), checklist.token_of(*said)):
            others[key] = Kept(present[key].words, present[key].checked_by.name, present[key].checked_at, now)
    if others:
        raise Clash(others)


def _blank(application: Application, key: str) -> CheckItem:
    return CheckItem(application=application, version=application.current_version, key=key)


def _changes(actor: Actor, item: CheckItem, verdict: str, note: str) -> bool:
    """Enter an answer into its item; False when nothing changes."""
    if verdict not in ("", *CheckItem.Verdict.values):
        raise ValidationError({item.key: "请选择“符合”“需补正”或“不适用”。"})
    if (item.verdict, item.note) == (verdict, note) or not (verdict or item.pk):
        return False
    item.verdict, item.note = verdict, note
    item.revision += 1
    item.checked_by, item.checked_at = actor.person, clock.now()
    return True


def _write(items: list[CheckItem]) -> None:
    CheckItem.objects.bulk_create(item for item in items if item.pk is None)
    CheckItem.objects.bulk_update(
        [item for item in items if item.pk and item.verdict],
        ("verdict", "note", "revision", "checked_by", "checked_at"),
    )
    CheckItem.objects.filter(pk__in=[item.pk for item in items if item.pk and not item.verdict]).delete()
