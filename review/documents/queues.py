"""A queue taken away as a workbook: what the page lists, of all pages; contacts masked, text never a formula."""

from collections.abc import Sequence

from accounts import formats
from accounts.actors import Actor
from files import issuing
from files.excel import Sheet, write_workbook
from files.masks import Secret, mask
from files.models import IssuedDocument
from files.purposes import Purpose
from review.selectors.queues import Row
from timekeeping import clock

KIND = "queue_export"
HEADER = (
    "受理编号", "平台名称", "申报单位", "统一社会信用代码", "年度", "县（市）区", "状态", "最近提交", "经办人", "待核实提示",
    "办理事项", "期限", "还剩工作日", "联系人", "联系电话",
)  # fmt: skip
WIDTHS = (16, 30, 30, 22, 8, 12, 18, 17, 10, 10, 12, 12, 12, 10, 14)


def as_workbook(actor: Actor, rows: Sequence[Row], *, name: str, filters: str) -> IssuedDocument:
    """The rows as xlsx, kept under the person who took them with what was filtered by: two exports are two documents.

    The file has no address of its own; it is handed to that person in the same answer, and auditors find it among the issued.
    """
    assert actor.user is not None and actor.capacity is not None
    now = clock.now()
    title = f"{name}（{filters}）{now.astimezone(clock.SHANGHAI):%Y%m%d%H%M%S} {actor.name}导出{len(rows)}件"
    lines = [line_of(row) for row in rows]
    sheet = Sheet(
        title=name,
        header=HEADER,
        rows=lines,
        widths=WIDTHS,
        text_columns=frozenset({0, 3, 14}),
        landscape=True,
    )
    return issuing.issue(
        kind=KIND,
        subject_type="capacity",
        subject_id=actor.capacity.uuid,
        source={"at": now, "rows": lines},
        make=lambda: write_workbook([sheet]),
        title=title,
        extension="xlsx",
        purpose=Purpose.EXPORT,
        made_for=actor.user,
    )


def line_of(row: Row) -> list[object]:
    """One case as the workbook lists it; ``--`` for what is not known."""
    one, body, due = row.application, row.application.organisation, row.due
    counted = one.flag_count if hasattr(one, "flag_count") else None
    return [
        one.receipt_number, one.platform_name, body.name, body.credit_code, one.call.year, one.district.name,
        one.status.label, formats.iso(one.current_version.submitted_at if one.current_version else None),
        row.handling.officer.name if row.handling else "未分派", counted.open if counted else formats.NOTHING,
        due.row.label if due else "", due.last_day if due else None, _left(row),
        mask(Secret.PERSON, body.contact_name), mask(Secret.PHONE, body.contact_phone),
    ]  # fmt: skip


def _left(row: Row) -> object:
    if row.due is None:
        return ""
    return "已逾期" if row.due.overdue else "放假安排未公布" if row.due.workdays_left is None else row.due.workdays_left
