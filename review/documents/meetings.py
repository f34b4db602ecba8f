"""The draft of the decision for the bureau's office system, which gives it its number and signature (Art. 10, 15)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from files import pdf
from files.models import IssuedDocument
from lifecycle.chain import digest
from review.models import Meeting, MeetingItem
from review.selectors.decisions import is_supplementary
from timekeeping.dates import chinese_date

HONOUR = "昆明市中小企业公共服务示范平台"


def decision_draft(meeting: Meeting) -> IssuedDocument:
    """The draft as PDF, without number and head: those come from the office system."""
    context = _content(meeting)
    return pdf.issue(
        kind="decision_draft", subject_type=meeting.SUBJECT, subject_id=meeting.uuid, template="documents/decision_draft.html",
        context=context, title=context["title"],
    )  # fmt: skip


def decision_text(meeting: Meeting) -> str:
    """The same words as plain text, to be pasted into the office system; the list is separated by tabs."""
    content = _content(meeting)
    rows = ["\t".join(content["columns"]), *("\t".join(row) for row in content["rows"])]
    parts = [content["title"], content["addressee"], *content["paragraphs"], f"附件：{content['list_title']}"]
    return "\r\n".join([*parts, content["signed_by"], "", content["list_title"], *rows, ""])


def _content(meeting: Meeting) -> dict[str, Any]:
    granted = [
        item
        for item in meeting.items.select_related("title__district").order_by("title__sequence")
        if item.outcome == MeetingItem.Outcome.CERTIFY
    ]
    year, bureau = meeting.call.year, settings.SITE["bureau"]
    more = "补充" if is_supplementary(meeting) else ""
    content: dict[str, Any] = {
        "title": f"{bureau}关于{more}认定{year}年度{HONOUR}的通知",
        "addressee": "各县(市)区、开发(度假)区中小企业主管部门，各有关单位：",
        "paragraphs": _paragraphs(meeting, len(granted), more),
        "list_title": f"{year}年度{HONOUR}{more}认定名单",
        "columns": ["序号", "证号", "平台名称", "运营单位", "所属县(市)区", "有效期"],
        "rows": _rows(granted),
        "signed_by": bureau,
    }
    mark = digest(content)
    return {**content, "fingerprint_line": f"文稿　供办公系统套红、编号、签发　指纹 {mark[:16]}"}


def _paragraphs(meeting: Meeting, number: int, more: str) -> list[str]:
    kind, day, terms = meeting.get_kind_display(), chinese_date(meeting.held_on), meeting.call.parameters
    return [
        f"根据《{HONOUR}认定管理办法（修订）》，经单位申报、县区推荐、专家评审、现场核查、社会公示，并经{day}{kind}集体研究，"
        f"决定{more}授予{number}家平台“{HONOUR}”称号，现予公告。",
        f"称号有效期为{terms.title_years}年，起止日期见附件。有效期内，各示范平台应于每年1月底前将上年度工作总结和当年工作计划报送所属县(市)区、"
        f"开发(度假)区中小企业主管部门；名称、地址、法定代表人等重大事项变更的，应在完成后{terms.change_filing_workdays}个工作日内备案。",
        "各县(市)区、开发(度假)区中小企业主管部门要加强指导、督促和检查，推动示范平台提升服务质量，发挥示范带动作用。",
    ]


def _rows(granted: Sequence[MeetingItem]) -> list[list[str]]:
    titles = [item.title for item in granted if item.title]
    return [
        [str(number), title.number, title.platform_name, title.operator_name, title.district.name,
         f"{title.valid_from}至{title.valid_to}"]
        for number, title in enumerate(titles, 1)
    ]  # fmt: skip
