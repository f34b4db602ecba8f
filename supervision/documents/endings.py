"""事先告知书 for the platform, and the draft of the decision with the routes of review for the office system (Art. 16, 19)."""

from typing import Any

from django.conf import settings

from files import pdf
from files.models import IssuedDocument
from lifecycle.chain import digest
from lifecycle.models import ChainHead
from regulation.articles import article_label
from supervision.models import Ending, ResolutionItem
from timekeeping import clock
from timekeeping.dates import chinese_date, chinese_deadline

HONOUR = "昆明市中小企业公共服务示范平台"
LAW = f"《{HONOUR}认定管理办法（修订）》"


def notice(ending: Ending) -> IssuedDocument:
    """The notice as it was (or will be) served; rendered once per content."""
    facts = _notice(ending)
    head = ChainHead.objects.get(pk=1).hash
    context = {**facts, "fingerprint_line": f"{'文稿，尚未送达　' if not ending.delivered_on else ''}记录链摘要 {head}"}
    return pdf.issue(
        kind="ending_notice", subject_type=ending.SUBJECT, subject_id=ending.uuid,
        template="documents/supervision/ending_notice.html", context=context, title=facts["title"], source=facts,
    )  # fmt: skip


def decision_draft(ending: Ending) -> IssuedDocument:
    """The draft as PDF, without number: that comes from the office system."""
    content = decision(ending)
    context = {**content, "fingerprint_line": f"文稿　供办公系统套红、编号、签发　指纹 {digest(content)[:16]}"}
    return pdf.issue(
        kind="ending_decision_draft", subject_type=ending.SUBJECT, subject_id=ending.uuid,
        template="documents/supervision/ending_decision.html", context=context, title=content["title"],
    )  # fmt: skip


def decision_text(ending: Ending) -> str:
    """The same words as plain text, to be pasted into the office system."""
    content = decision(ending)
    parts = [content["title"], f"{content['addressee']}："]
    for heading, paragraphs in content["sections"]:
        parts += [heading, *paragraphs]
    return "\r\n".join([*parts, content["signed_by"], ""])


def decision(ending: Ending) -> dict[str, Any]:
    """Everything the decision says, as plain data."""
    ruling = ending.rulings.filter(resolution__state="confirmed").select_related("resolution").latest("pk")
    title, bureau = ending.title, settings.SITE["bureau"]
    return {
        "title": f"关于{ending.verb}{title.platform_name}市级示范平台称号的决定",
        "addressee": title.operator_name,
        "sections": [
            ["一、事实和理由", [*_paragraphs(ending.findings), *_paragraphs(ruling.reason), _heard(ending)]],
            ["二、依据和决定", _ruled(ending, ruling)],
            ["三、救济途径", [_remedies(ending)]],
        ],
        "signed_by": bureau,
    }


def _notice(ending: Ending) -> dict[str, Any]:
    title, terms = ending.title, ending.pinned_parameters
    until = f"（{chinese_deadline(ending.reply_due_at)}前）" if ending.reply_due_at else ""
    bureau = settings.SITE["bureau"]
    return {
        "title": f"{ending.get_kind_display()}事先告知书",
        "addressee": title.operator_name,
        "opening": f"你单位运营的{title.platform_name}于{chinese_date(title.decided_on)}被授予“{HONOUR}”称号"
        f"（证号{title.number}，有效期{chinese_date(title.valid_from)}至{chinese_date(title.valid_to)}）。"
        f"本局拟{ending.verb}该称号，现依照程序将有关事项告知如下。",
        "findings": _paragraphs(ending.findings),
        "lines": [found["words"] for found in ending.evidence if found["words"] not in ending.findings],
        "basis": f"上述情形属于“{ending.get_ground_display()}”。依据{LAW}{article_label(ending.article)}，{_planned(ending)}",
        "rights": f"你单位可以自收到本告知书次日起{terms.reply_workdays}个工作日内{until}登录系统或者以书面形式向本局陈述申辩，"
        "并可以到本局查阅有关证据材料。逾期未提出的，视为放弃陈述申辩，本局将按程序提请集体决策。",
        "contact": _contact(),
        "signed_by": bureau,
        "signed_on": chinese_date(ending.delivered_on or clock.today()),
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]


def _planned(ending: Ending) -> str:
    if ending.kind == Ending.Kind.REVOKE:
        return "本局拟撤销该称号。"
    years = ending.pinned_parameters.ban_years
    return f"本局拟取消该称号，收回已颁发的牌匾，且{years}年内不得再次申报认定。"


def _heard(ending: Ending) -> str:
    served = chinese_date(ending.delivered_on) if ending.delivered_on else ""
    if ending.replied_at is None:
        return f"本局于{served}送达事先告知书，你单位在规定期限内没有提出陈述申辩。"
    replied = chinese_date(ending.replied_at.astimezone(clock.SHANGHAI).date())
    return f"本局于{served}送达事先告知书，你单位于{replied}提出陈述申辩，本局已经复核并提交会议研究。"


def _ruled(ending: Ending, ruling: ResolutionItem) -> list[str]:
    held = ruling.resolution
    title = ending.title
    decided = (
        f"依据{LAW}{article_label(ending.article)}，经{chinese_date(held.held_on)}{held.get_kind_display()}集体研究，"
        f"决定{ending.verb}{title.platform_name}“{HONOUR}”称号（证号{title.number}），自{chinese_date(held.held_on)}起生效。"
    )
    days = ending.pinned_parameters.plaque_return_workdays
    hand_in = f"请于决定生效次日起{days}个工作日内将牌匾交到所属县(市)区主管部门或者本局；逾期未交回的，公告作废。"
    if ending.kind == Ending.Kind.REVOKE:
        return [decided, *([f"责令交回已颁发的牌匾。{hand_in}"] if ruling.recall_plaque else [])]
    ban = title.bans.filter(lifted_at__isnull=True).first()
    barred = (
        [f"自{chinese_date(ban.starts_on)}至{chinese_date(ban.ends_on)}（含当日）不得再次申报认定。"] if ban else []
    )
    return [decided, f"收回已颁发的牌匾。{hand_in}", *barred]


def _remedies(ending: Ending) -> str:
    terms = ending.pinned_parameters
    return (
        f"你单位如不服本决定，可以自收到本决定书之日起{terms.reconsideration_days}日内向昆明市人民政府申请行政复议，"
        f"也可以自收到本决定书之日起{terms.litigation_months}个月内依法向有管辖权的人民法院提起行政诉讼。"
        "复议、诉讼期间，除法律另有规定外，本决定不停止执行。"
    )


def _contact() -> str:
    site = settings.SITE
    return "，".join(part for part in (site["department"] or site["bureau"], site["phone"], site["address"]) if part)
