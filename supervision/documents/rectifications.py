"""责令限期整改通知书 (Art. 19)."""

from django.conf import settings

from files import pdf
from files.models import IssuedDocument
from lifecycle.models import ChainHead
from supervision.models import Rectification
from timekeeping.dates import chinese_date

HONOUR = "昆明市中小企业公共服务示范平台"


def order(rectification: Rectification) -> IssuedDocument:
    """The order as served, rendered once per content; the last day is the one in force now."""
    title, site = rectification.title, settings.SITE
    facts = {
        "addressee": title.operator_name,
        "opening": f"你单位运营的{title.platform_name}（证号{title.number}）经本局组织运行测评，结论为不合格。"
        f"依据《{HONOUR}认定管理办法（修订）》第十九条，责令你单位限期整改。",
        "grounds": rectification.grounds,
        "items": [[item.label, item.requirement] for item in rectification.items.all()],
        "deadline": f"请于{chinese_date(rectification.due_on)}24:00前完成整改，并登录系统提交整改报告和证明材料。",
        "consequence": "限期整改仍不达标的，本局将依据第十九条研究取消称号、收回牌匾；被取消的，三年内不得再次申报认定。",
        "contact": "，".join(
            part for part in (site["department"] or site["bureau"], site["phone"], site["address"]) if part
        ),
        "signed_by": site["bureau"],
        "signed_on": chinese_date(rectification.ordered_on),
    }
    head = ChainHead.objects.get(pk=1).hash
    return pdf.issue(
        kind="rectification_order", subject_type=rectification.SUBJECT, subject_id=rectification.uuid,
        template="documents/supervision/rectification_order.html",
        context={**facts, "number": rectification.number, "fingerprint_line": f"{rectification.number}　记录链摘要 {head}"},
        title="责令限期整改通知书", number=rectification.number, source=facts,
    )  # fmt: skip
