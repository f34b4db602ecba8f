"""The text of a notice, assembled from its data (Art. 14): the same words on the preview, in the PDF and on the public page."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from lifecycle.workdays import calendar
from regulation.articles import REVISIONS
from review.models import Notice, NoticeItem
from review.selectors import notices
from timekeeping.dates import chinese_date
from timekeeping.workdays import UnknownYear

TITLE = "关于{year}年昆明市中小企业公共服务示范平台拟认定名单的公示"
HOW = (
    "任何单位和个人对公示名单有异议的，请在公示期内以书面形式反映。以单位名义反映的，应加盖公章并留下联系人和联系电话；"
    "以个人名义反映的，应署真实姓名（手写）和联系方式，并附证据材料。匿名、冒名或者逾期反映的，不作为异议受理。"
)
SECRET = "对反映人的身份和所反映的情况，依法保密。"  # noqa: S105 - a promise, not a password


def default_title(year: int) -> str:
    return TITLE.format(year=year)


def printed(notice: Notice) -> dict[str, Any]:
    """Everything the notice says, as plain data: paragraphs, contacts, the annexed list."""
    items = [item for item in notices.items_of(notice) if item.removed_at is None]
    return {
        "title": notice.title,
        "opening": _opening(notice, len(items)),
        "period": _period(notice),
        "how": f"{HOW}{notice.letter_rule}。{SECRET}",
        # The list's address, not the notice's own: a UUID can look like a mobile number and would stop at the gate.
        "online": f"异议可以在网上提出：{settings.BASE_URL}{reverse('review:notices')}",
        "contacts": contacts(notice),
        "rows": [_row(number, item, notice) for number, item in enumerate(items, start=1)],
        "signed_by": settings.SITE["bureau"],
        "signed_on": chinese_date(notice.planned_on),
    }


def contacts(notice: Notice) -> list[list[str]]:
    """Where objections go: label and value."""
    rows = [
        ["受理电话", notice.phone],
        ["监督电话（派驻纪检监察组）", notice.supervision_phone],
        ["通信地址", notice.address],
        ["电子邮箱", notice.email],
    ]
    return [row for row in rows if row[1]]


def workdays_of(notice: Notice) -> int | None:
    """Working days of the printed period, both dates counted; None when a year is not published."""
    try:
        return calendar().count(notice.starts_on, notice.ends_on)
    except UnknownYear:
        return None


def _opening(notice: Notice, number: int) -> str:
    call = notice.call
    titles = {revision.key: revision.title for revision in REVISIONS}
    basis = titles.get(call.revision, REVISIONS[-1].title)
    document = f"《{call.title}》{f'（{call.document_number}）' if call.document_number else ''}"
    return (
        f"根据《{basis}》和{document}，经单位申报，县(市)区、开发(度假)区中小企业主管部门初审推荐，专家评审和现场核查，"
        f"确定{number}家昆明市中小企业公共服务示范平台拟认定名单，现予以公示。"
    )


def _period(notice: Notice) -> str:
    days = workdays_of(notice)
    counted = f"（{days}个工作日）" if days is not None else ""
    return f"公示期：{chinese_date(notice.starts_on)}至{chinese_date(notice.ends_on)}{counted}，首尾两日均计入。"


def _row(number: int, item: NoticeItem, notice: Notice) -> list[str]:
    own = (item.starts_on, item.ends_on) != (notice.starts_on, notice.ends_on)
    period = f"{chinese_date(item.starts_on)}至{chinese_date(item.ends_on)}" if own else ""
    return [str(number), item.platform_name, item.operator_name, item.district.name, period]
