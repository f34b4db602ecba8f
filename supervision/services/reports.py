"""The life of an annual report: begun, signed, filed by its platform, returned or accepted by the district (Art. 17, 18).

Time is judged by the receipt stamp of the request (``received_at``). The first complete filing fixes whether the report came in
time; a return for completion changes nothing about it.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.actors import Actor
from lifecycle import chain, engine, numbers
from lifecycle.errors import Blocked, NotAllowed, Stale
from lifecycle.idempotency import FormKey
from registry.models import Title
from supervision.models import AnnualReport, ReportVersion
from supervision.reporting import content
from supervision.services import report_content
from timekeeping import clock

RECEIPT = "annual_report"
CHANGED = "您核对之后，填报内容又有修改，页面上的内容指纹与目前的内容不一致。请重新核对后再报送；已签章的纸质件需按新内容重新打印。"
TWICE = "该年度的年度报告已经建立，请继续填写"


def proposed(*, actor: Actor, title: Title, year: int) -> AnnualReport:
    """The report that ``create`` would begin, unsaved, to ask for blockers."""
    if actor.user is None:
        raise NotAllowed("只有示范平台的人员可以填写年度报告。")
    return AnnualReport(title=title, district=title.platform.district, year=year, created_by=actor.user)


def create(*, actor: Actor, title: Title, year: int, key: FormKey | None = None) -> AnnualReport:
    """Begin the report on ``year``; lists that describe what stands are taken over from the last report or application.

    Raises Blocked when the title does not owe it, the year is not over, or it was begun already.
    """
    try:
        with engine.act(actor=actor, key=key) as act:
            [title] = act.lock(title)
            report: AnnualReport = act.create(
                proposed(actor=actor, title=title, year=year), "create", data={"year": year}
            )
            report_content.take_over(report, actor)
            return report
    except IntegrityError as error:
        raise Blocked([TWICE]) from error


def request_signature(
    *, actor: Actor, report: AnnualReport, key: FormKey | None = None, version: int | None = None
) -> AnnualReport:
    """Hand the complete draft to the signatory; it is closed for changes until signed or reopened."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((report, version))
        act.take(fresh, "request_signature")
        handed: AnnualReport = fresh
        return handed


def reopen(
    *, actor: Actor, report: AnnualReport, reason: str = "", key: FormKey | None = None, version: int | None = None
) -> None:
    """Give the draft back for editing before it is filed."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((report, version))
        act.take(fresh, "reopen", reason=reason.strip())


def submit(
    *, actor: Actor, report: AnnualReport, fingerprint: str, received_at: datetime, key: FormKey | None = None,
    version: int | None = None,
) -> ReportVersion:  # fmt: skip
    """File what the signatory has read with the platform's district, under a receipt number. Late reports are taken, and marked.

    Raises Stale when the content has changed since, Blocked when something is missing or the title has been ended.
    """
    with engine.act(actor=actor, key=key) as act:
        [fresh, title] = act.lock((report, version), report.title)
        fresh.title, fresh.received_at = title, received_at
        fresh.first_submitted_at, fresh.district = received_at, title.platform.district
        drawn_up = _as_read(fresh, actor, fingerprint, received_at)
        act.take(fresh, "submit", data=_evidence(drawn_up))
        _freeze(drawn_up)
        year = received_at.astimezone(clock.SHANGHAI).year
        fresh.receipt_number = receipt_number(year, numbers.take(RECEIPT, year))
        fresh.save(update_fields=["receipt_number"])
    return drawn_up


def receipt_number(year: int, sequence: int) -> str:
    """How the number of a filed report is written: NB-2027-0037."""
    return f"NB-{year}-{sequence:04d}"


def return_for_completion(
    *, actor: Actor, report: AnnualReport, reason: str, key: FormKey | None = None, version: int | None = None
) -> AnnualReport:
    """Say all at once what is missing; the platform completes it and files again. Raises ValidationError without words."""
    if not reason.strip():
        raise ValidationError({"reason": "请一次性写明需要补充或者更正的全部内容。"})
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((report, version))
        act.take(fresh, "return_for_completion", reason=reason.strip(), data=_judged(fresh))
        returned: AnnualReport = fresh
        return returned


def resubmit(
    *, actor: Actor, report: AnnualReport, fingerprint: str, received_at: datetime, key: FormKey | None = None,
    version: int | None = None,
) -> ReportVersion:  # fmt: skip
    """File the completed report as a new version under the same number; the first filing keeps its time."""
    with engine.act(actor=actor, key=key) as act:
        [fresh, title] = act.lock((report, version), report.title)
        fresh.title, fresh.received_at = title, received_at
        drawn_up = _as_read(fresh, actor, fingerprint, received_at)
        act.take(fresh, "resubmit", data=_evidence(drawn_up))
        _freeze(drawn_up)
    return drawn_up


def accept(
    *, actor: Actor, report: AnnualReport, key: FormKey | None = None, version: int | None = None
) -> AnnualReport:
    """The report is complete; it goes into the district's next report to the city."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((report, version))
        act.take(fresh, "accept", data=_judged(fresh))
        accepted: AnnualReport = fresh
        return accepted


def _as_read(report: AnnualReport, actor: Actor, fingerprint: str, received_at: datetime) -> ReportVersion:
    drawn_up = content.draw_up(report, actor, at=received_at)
    if drawn_up.fingerprint != fingerprint:
        raise Stale(CHANGED)
    return drawn_up


def _freeze(version: ReportVersion) -> None:
    report = version.report
    version.save(force_insert=True)
    report.current_version = version
    report.save(update_fields=["current_version"])


def _evidence(version: ReportVersion) -> dict[str, Any]:
    """What the record keeps of a filing: ids and hashes."""
    scan = content.scan_of(version.report, version.fingerprint)
    return {
        "version": str(version.uuid), "fingerprint": version.fingerprint, "scan": scan.file.sha256 if scan else "",
        "received_at": chain.instant(version.submitted_at),
    }  # fmt: skip


def _judged(report: AnnualReport) -> dict[str, str]:
    return {"fingerprint": report.current_version.fingerprint} if report.current_version else {}
