"""What must be true of a notice before it is drafted, published, extended or corrected (Art. 14); ValidationError otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError

from applications.models import Application, Call
from files import publish as gate
from files.models import IssuedDocument, StoredFile
from lifecycle.workdays import calendar
from regulation import terms
from regulation.identifiers import find_personal_data
from regulation.parameters import Parameters
from regulation.terms import Period
from review.models import Notice, NoticeItem
from review.selectors import notices as selectors
from timekeeping import clock
from timekeeping.workdays import UnknownYear


@dataclass(frozen=True)
class Draft:
    """What a notice says besides its list. Both dates are printed and counted; ``planned_on`` is the day of publication."""

    title: str
    planned_on: date
    starts_on: date
    ends_on: date
    phone: str
    supervision_phone: str
    address: str
    email: str = ""
    letter_rule: str = "信函以到达日期为准"


@dataclass(frozen=True)
class Portal:
    """The record of the publication on the bureau's portal: address, moment, capture of the page."""

    url: str
    published_at: datetime
    capture: StoredFile


def of_draft(call: Call, applications: Sequence[Application], says: Draft, notice: Notice | None) -> None:
    problems: dict[str, list[str]] = {}
    free = {application.pk for application in selectors.free_for_notice(call, notice)}
    if not applications:
        problems["applications"] = ["请至少选择一家拟认定平台。"]
    for application in applications:
        if application.pk not in free:
            problems.setdefault("applications", []).append(
                f"“{application.platform_name}”不能列入：不属于本次申报的拟认定名单，或已在另一份公示稿中。"
            )
    if faults := _faults(Period(says.starts_on, says.ends_on), says.planned_on, call.parameters):
        problems["starts_on"] = faults
    if problems:
        raise ValidationError(problems)


def of_portal(notice: Notice, portal: Portal) -> None:
    problems: dict[str, list[str]] = {}
    if not portal.url.startswith(("https://", "http://")):
        problems["portal_url"] = ["请填写门户网站公示页面的完整网址。"]
    if portal.published_at > clock.now():
        problems["published_at"] = ["发布时间不能晚于现在，请在门户网站发布后再登记。"]
    published_on = portal.published_at.astimezone(clock.SHANGHAI).date()
    if faults := _faults(notice.period, published_on, notice.pinned_parameters):
        problems.setdefault("published_at", []).extend(f"{words}，请先修改公示稿再发布" for words in faults)
    if problems:
        raise ValidationError(problems)


def of_document(notice: Notice, document: IssuedDocument, override_reason: str) -> bool:
    """Whether the PDF shows personal data that a named officer lets through; ValidationError when nobody does."""
    if document.subject_id != notice.uuid:
        raise ValidationError("公开文件不是这份公示的文件，请重新打开页面。")
    finding = gate.inspect(document.file)
    if finding.blocks and not override_reason.strip():
        raise ValidationError({"override_reason": f"{finding.words}确需公开的，请写明理由，由您署名负责。"})
    return finding.blocks


def of_correction(item: NoticeItem, after: dict[str, str], reason: str) -> None:
    problems = {name: "请填写。" for name, value in after.items() if not value}
    if not reason.strip():
        problems["reason"] = "请写明更正的原因，原因会公开。"
    if after == {"platform_name": item.platform_name, "operator_name": item.operator_name}:
        problems["platform_name"] = "与现在公示的内容相同，没有需要更正之处。"
    if problems:
        raise ValidationError(problems)
    refuse_personal_data({**after, "reason": reason})


def refuse_personal_data(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if found := find_personal_data(text):
            raise ValidationError({name: f"此处会公开，请删去{found[0].kind}（{found[0].masked}）。"})


def _faults(period: Period, published_on: date, parameters: Parameters) -> list[str]:
    if period.last < period.first:
        return ["公示止不能早于公示起"]
    try:
        return list(terms.notice_faults(period, published_on, parameters, calendar()))
    except UnknownYear as unknown:
        return [str(unknown)]


def counted(period: Period, name: str) -> int:
    try:
        return calendar().count(period.first, period.last)
    except UnknownYear as unknown:
        raise ValidationError({name: str(unknown)}) from unknown
