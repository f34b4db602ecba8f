"""What officers find out about flags, on record by version; and the count of open flags by which queues are filtered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications.models import Application
from lifecycle import engine
from review.models import FlagAnswer, FlagCount
from review.selectors import flags
from review.services.clashes import Clash, Kept
from review.services.district.measuring import CHECKING, may_work
from timekeeping import clock


@dataclass(frozen=True)
class Noted:
    """What an officer writes about one flag. ``seen`` is the answer the page showed (``Told.seen``)."""

    note: str
    seen: str = ""


def answer_flags(
    *, actor: Actor, application: Application, notes: Mapping[str, Noted], version: int | None = None
) -> list[FlagAnswer]:
    """Keep 核实情况 on flags of the current version, all or none; returns the new answers. An empty note changes nothing.

    Raises ValidationError for a flag that is no longer there, Clash when a colleague has written something else meanwhile.
    """
    with engine.act(actor=actor) as act:
        [application] = act.lock((application, version))
        may_work(actor, application, CHECKING)
        present = {one.flag.key for one in flags.found_in(application)}
        if notes.keys() - present:
            raise ValidationError("部分提示已随材料或其他申报变化，请刷新页面后再填写。")
        given = flags.answers_of(application)
        new = {key: one.note.strip() for key, one in notes.items() if _is_new(one, given.get(key))}
        _refuse_clashes(new, notes, given)
        written = _write(actor, application, new, given)
        count(application)
    return written


def _is_new(noted: Noted, kept: FlagAnswer | None) -> bool:
    return bool(noted.note.strip()) and (kept is None or kept.note != noted.note.strip())


def _refuse_clashes(new: Iterable[str], notes: Mapping[str, Noted], given: Mapping[str, FlagAnswer]) -> None:
    others = {key: kept for key in new if (kept := given.get(key)) and str(kept.pk) != notes[key].seen}
    if others:
        raise Clash(
            {
                key: Kept(one.note, one.answered_by.name, one.answered_at, token=str(one.pk))
                for key, one in others.items()
            }
        )


def _write(
    actor: Actor, application: Application, new: Mapping[str, str], given: Mapping[str, FlagAnswer]
) -> list[FlagAnswer]:
    now, version = clock.now(), application.current_version
    former = [given[key].pk for key in new if key in given and given[key].version_id == application.current_version_id]
    FlagAnswer.objects.filter(pk__in=former).update(replaced_at=now)
    return FlagAnswer.objects.bulk_create(
        FlagAnswer(version=version, flag=key, note=note, answered_by=actor.person, answered_at=now)
        for key, note in new.items()
    )


def count(application: Application) -> FlagCount:
    """Count the flags of the current version anew."""
    assert application.current_version
    found = flags.found_in(application)
    answered = flags.answers_of(application).keys()
    others = sorted({one.other.pk for one in found if one.other})
    counted, _ = FlagCount.objects.update_or_create(
        application=application,
        defaults={
            "version": application.current_version,
            "open": sum(one.flag.key not in answered for one in found),
            "total": len(found),
            "shared_with": others,
            "counted_at": clock.now(),
        },
    )
    return counted
