"""附件2 edited as a workbook: kept for comparison, then the chosen cells taken over in one act. Nothing is written before."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from files import intake
from files.purposes import Purpose
from lifecycle import engine
from lifecycle.errors import Stale, WrongStage
from lifecycle.idempotency import FormKey
from review.models import Recommendation, SummaryImport, SummarySheet
from review.selectors import summaries
from review.selectors.summary_differences import Difference, compare
from review.services.district.forwarding import may_edit
from review.services.district.recommending import hold_sheets
from timekeeping import clock

CHANGED = "您核对期间，汇总表已有变动（推荐、撤回或他人的修改），本次没有写入任何内容。请重新核对差异后确认。"


def upload(*, actor: Actor, sheet: SummarySheet, upload: UploadedFile | ContentFile) -> SummaryImport:
    """Keep an edited workbook for comparison. Raises files.errors.Refused when it is no workbook of 附件2."""
    may_edit(actor, sheet)
    stored = intake.receive(upload, purpose=Purpose.LIST, uploaded_by=actor.person)
    compare(sheet, summaries.rows_of(sheet), stored)
    with engine.act(actor=actor) as act:
        [fresh] = act.lock(sheet)
        may_edit(actor, fresh)
        return SummaryImport.objects.create(sheet=fresh, file=stored, uploaded_by=actor.person)


def revise(
    *,
    actor: Actor,
    taken: SummaryImport,
    chosen: Collection[str],
    seen: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> SummarySheet:
    """Take over the chosen cells (``Difference.key``) of an edited workbook.

    ``seen`` is the fingerprint of the rows the person compared with: Stale when they are others by now. Raises
    ValidationError for no or unknown cells, or places given twice; WrongStage for a locked sheet or a second confirmation.
    """
    rows = summaries.rows_of(taken.sheet)
    picked = _picked(compare(taken.sheet, rows, taken.file).takeable, chosen)
    with engine.act(actor=actor, key=key) as act:
        hold_sheets(taken.sheet.district)
        [sheet] = act.lock((taken.sheet, version))
        may_edit(actor, sheet)
        taken = SummaryImport.objects.select_for_update(of=("self",)).select_related("file").get(pk=taken.pk)
        if taken.confirmed_at:
            raise WrongStage("这份文件已经导入。需要再修改的，请重新下载、修改、上传。")
        now = summaries.rows_of(sheet)
        if seen != summaries.fingerprint(sheet, now) or now != rows:
            raise Stale(CHANGED)
        _write(sheet, picked)
        after = summaries.fingerprint(sheet, summaries.rows_of(sheet))
        data = {"file": taken.file.sha256, "cells": len(picked), "before": seen, "after": after}
        act.take(sheet, "revise", data=data)
        taken.confirmed_at = clock.now()
        taken.changes = [{"cell": one.key, "old": one.old, "new": one.new} for one in picked]
        taken.save(update_fields=["confirmed_at", "changes"])
    revised: SummarySheet = sheet
    return revised


def _picked(takeable: list[Difference], chosen: Collection[str]) -> list[Difference]:
    picked = [one for one in takeable if one.key in chosen]
    if len(picked) != len(set(chosen)):
        raise ValidationError("所选内容与文件不符，请刷新页面后重新选择。")
    if not picked:
        raise ValidationError("请至少选择一处修改。")
    return picked


def _write(sheet: SummarySheet, picked: list[Difference]) -> None:
    """Write the cells; places are cleared first, so that two of them can change sides."""
    made = {str(one.uuid): one for one in summaries.standing(sheet)}
    moved = {one.recommendation for one in picked if one.column.key == "order"}
    _places_stay_single(sheet, made, picked)
    Recommendation.objects.filter(uuid__in=moved).update(order=None)
    for change in picked:
        one = made[change.recommendation]
        if change.column.key == "order":
            one.order = int(change.new)
        else:
            one.summary[change.column.key] = change.new
        if change.column.key == "opinion":
            one.opinion = change.new
    for one in {change.recommendation: made[change.recommendation] for change in picked}.values():
        one.save(update_fields=["order", "summary", "opinion"])


def _places_stay_single(sheet: SummarySheet, made: dict[str, Recommendation], picked: list[Difference]) -> None:
    places = {uuid: one.order for uuid, one in made.items()}
    places |= {one.recommendation: int(one.new) for one in picked if one.column.key == "order"}
    others = summaries.in_force(sheet.district, sheet.call).exclude(uuid__in=made).values_list("order", flat=True)
    given = [*places.values(), *others]
    if twice := sorted({place for place in given if place is not None and given.count(place) > 1}):
        raise ValidationError(f"推荐顺序{'、'.join(map(str, twice))}会重复；对调顺序的两处请一并选择。")
