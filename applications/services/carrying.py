"""Taking over what an earlier application of the same organisation said, and confirming it part by part."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Max

from accounts.actors import Actor
from applications.carrying import Part, Plan
from applications.checking import LIST, MATERIAL, SECTION
from applications.drafts import draft_of
from applications.editing import DRAFT, editing
from applications.listforms import LISTS
from applications.models import Application, ApplicationVersion, ListBatch, Material, Section
from files import intake
from lifecycle.errors import NotAllowed, WrongStage
from timekeeping import clock


def carry(*, actor: Actor, application: Application, version: ApplicationVersion, keep: Collection[str]) -> list[Part]:
    """Copy the parts named in ``keep`` (``Part.name``) that the draft does not have yet; all or none. Returns what was copied.

    Every copy is marked as carried and 待核对. Raises NotAllowed for a version of another organisation or this very
    application, WrongStage outside a first draft, Refused when the files would exceed the quota.
    """
    with editing(actor=actor, application=application, part=SECTION, key="identity") as fresh:
        if fresh.state != DRAFT:
            raise WrongStage("只有填报中的申报可以沿用以往内容。")
        if version.application.organisation_id != fresh.organisation_id or version.application_id == fresh.pk:
            raise NotAllowed("只能沿用本单位以往的申报。")
        chosen = [part for part in Plan(draft_of(fresh), version).offered if part.name in keep]
        for part in chosen:
            _COPY[part.part](actor, fresh, version, part)
        return chosen


def keep(*, actor: Actor, application: Application, part: str, key: str) -> int:
    """Confirm what was carried into a section, a list or a class of material; returns how many rows were waiting for it."""
    with editing(actor=actor, application=application, part=part, key=key) as fresh:
        waiting = _WAITING[part](fresh, key).filter(carried_from__isnull=False, kept_at=None)
        return int(waiting.update(kept_at=clock.now()))


def _section(actor: Actor, application: Application, version: ApplicationVersion, part: Part) -> None:
    Section.objects.create(
        application=application,
        key=part.key,
        data=part.payload,
        revision=1,
        saved_by=actor.person,
        carried_from=version,
    )


def _list(actor: Actor, application: Application, version: ApplicationVersion, part: Part) -> None:
    form = LISTS[part.key]
    last = application.batches.filter(kind=part.key).aggregate(last=Max("number"))["last"] or 0
    batch = ListBatch.objects.create(
        application=application, kind=part.key, number=last + 1, made_by=actor.person, carried_from=version
    )
    form.model._default_manager.bulk_create(
        form.model(batch=batch, **row | {"position": position}) for position, row in enumerate(part.payload, 1)
    )


def _material(actor: Actor, application: Application, version: ApplicationVersion, part: Part) -> None:
    present = application.materials.filter(removed_at=None).select_related("file")
    stored = [one.file for one in present]
    last = max((one.position for one in present), default=0)
    for place, old in enumerate(part.payload, last + 1):
        intake.check_quota(stored, adding=old.file.size)
        stored.append(old.file)
        Material.objects.create(
            application=application, category=old.category, document=old.document, file=old.file, note=old.note,
            position=place, uploaded_by=actor.person, carried_from=version,
        )  # fmt: skip


_COPY: dict[str, Callable[[Actor, Application, ApplicationVersion, Part], None]] = {
    SECTION: _section, LIST: _list, MATERIAL: _material,
}  # fmt: skip
_WAITING: dict[str, Callable[[Application, str], Any]] = {
    SECTION: lambda application, key: application.sections.filter(key=key),
    LIST: lambda application, key: application.batches.filter(kind=key),
    MATERIAL: lambda application, key: application.materials.filter(category=key, removed_at=None),
}
