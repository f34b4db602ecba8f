"""Forwarding 附件2 to the city: the sealed scan of exactly these rows, the letter's number, the rows frozen (Art. 11)."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from files.models import StoredFile
from lifecycle import engine
from lifecycle.errors import NotAllowed, Stale, WrongStage
from lifecycle.idempotency import FormKey
from regulation.identifiers import check_letter_number
from review.models import Recommendation, SummarySheet
from review.selectors import summaries
from review.services.district.recommending import end_recommendation, hold_sheets
from timekeeping import clock

CHANGED = "汇总表的内容刚刚有变动（推荐、撤回或修改），与您看到的不一致。请刷新页面，核对后重新打印、盖章。"
LOCKED = "推荐汇总表已报送市局，不能再修改；需要补充推荐的，推荐后列入下一次报送。"


def keep_scan(
    *, actor: Actor, sheet: SummarySheet, file: StoredFile, fingerprint: str, key: FormKey | None = None
) -> SummarySheet:
    """Keep the sealed scan of the rows that bear ``fingerprint``; a later one takes its place, both files stay and the record names them.

    Raises Stale when the rows are others by now, WrongStage when the sheet was forwarded.
    """
    with engine.act(actor=actor, key=key) as act:
        hold_sheets(sheet.district)
        [sheet] = act.lock(sheet)
        may_edit(actor, sheet)
        if summaries.fingerprint(sheet, summaries.rows_of(sheet)) != fingerprint:
            raise Stale(CHANGED)
        data = {"scan": file.sha256, "instead_of": _sha(sheet), "fingerprint": fingerprint}
        sheet.scan, sheet.scan_fingerprint = file, fingerprint
        act.take(sheet, "seal", data=data)
    return sheet


def may_edit(actor: Actor, sheet: SummarySheet) -> None:
    """Raise unless the actor's district may still change the sheet."""
    if actor.district_id != sheet.district_id:
        raise NotAllowed("推荐汇总表由推荐的县（市）区主管部门办理。")
    if sheet.state != "open":
        raise WrongStage(LOCKED)


def forward(
    *,
    actor: Actor,
    sheet: SummarySheet,
    letter_number: str,
    received_at: datetime | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> SummarySheet:
    """报送: every case on the sheet goes to the city, the rows are frozen with their hash.

    ``letter_number`` is that of the recommending letter, once per district; ``received_at`` the receipt stamp by which the
    term is judged. Raises ValidationError for the number, Blocked, Stale, or WrongStage when a colleague was faster.
    """
    received = received_at or clock.now()
    with engine.act(actor=actor, key=key) as act:
        hold_sheets(sheet.district)
        number = _checked(letter_number, sheet)
        made = summaries.standing(sheet)
        fresh, *cases = act.lock((sheet, version), *(one.application for one in made))
        rows = [summaries.row(one) for one in made]
        _fill(fresh, number, rows, actor, received)
        data = {"letter_number": number, "cases": len(rows), "fingerprint": fresh.fingerprint, "scan": _sha(fresh)}
        act.take(fresh, "forward", data=data)
        for case, one in zip(cases, made, strict=True):
            case.received_at = received
            act.take(case, "forward", data={"summary": str(fresh.uuid), "recommendation": str(one.uuid)})
        _leave_behind(fresh, made)
    forwarded: SummarySheet = fresh
    return forwarded


def _checked(letter_number: str, sheet: SummarySheet) -> str:
    try:
        number = check_letter_number(letter_number)
    except ValueError as wrong:
        raise ValidationError({"letter_number": f"{wrong}。"}) from wrong
    if SummarySheet.objects.filter(district=sheet.district, letter_number=number).exclude(pk=sheet.pk).exists():
        raise ValidationError({"letter_number": f"{number}已用于另一次报送，请核对。"})
    return number


def _fill(sheet: SummarySheet, number: str, rows: list[summaries.Row], actor: Actor, received: datetime) -> None:
    """Everything that is fixed by forwarding, on the locked sheet; the guards look at it as it will be."""
    sheet.received_at = sheet.forwarded_at = received
    sheet.forwarded_by = actor.person
    sheet.letter_number = number
    sheet.fingerprint = summaries.fingerprint(sheet, rows)
    sheet.rows = rows


def _sha(sheet: SummarySheet) -> str:
    return sheet.scan.sha256 if sheet.scan else ""


def _leave_behind(sheet: SummarySheet, made: list[Recommendation]) -> None:
    """Recommendations whose applicant withdrew before the sheet went: not forwarded, and ended."""
    left = sheet.recommendations.exclude(pk__in=[one.pk for one in made]).select_related("application")
    for one in left:
        end_recommendation(one.application, Recommendation.Ended.BY_APPLICANT)
    left.update(sheet=None)
