"""What each step on an ending asks, does and says; one row per page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms

from supervision.forms import endings as asked
from supervision.services import endings as services


class StepPage(NamedTuple):
    """The form of a step, who performs it, its effect before it is done, what is said afterwards."""

    form: type[forms.Form]
    perform: Callable[..., Any]
    effect: str
    done: str
    tone: str = "primary"


CITY_STEPS = {
    "notify": StepPage(
        asked.NotifyForm, services.notify,
        "示范平台和县(市)区主管部门会收到通知，平台可以在期限内陈述申辩。送达后事实和依据不再修改。",
        "已送达。示范平台可以在期限内陈述申辩。",
    ),
    "refer": StepPage(
        asked.ReferForm, services.refer,
        "提请后列入监督事项集体决策的议题。您是提出人的，不能录入或者复核该件的集体决策。",
        "已提请集体决策。",
    ),
    "drop": StepPage(
        asked.DropForm, services.drop, "程序终止，称号不受影响，理由告知示范平台。", "程序已终止。", "return"
    ),
    "announce": StepPage(
        asked.AnnounceForm, services.announce,
        "公告后，决定在“公示公告”公开，名录和核验页面显示决定文号。决定书应写明行政复议和行政诉讼的途径。",
        "已公告。",
    ),
    "stay": StepPage(
        asked.OrderForm, services.stay,
        "停止执行期间，称号按有效期计，禁止申报和牌匾交回暂停；原日期不变。",
        "已登记，决定停止执行。",
    ),
    "resume": StepPage(
        asked.OrderForm, services.resume, "决定恢复执行，禁止申报期仍按原日期届满，牌匾交回期限重新起算。", "已登记，决定恢复执行。"
    ),
    "overturn": StepPage(
        asked.OrderForm, services.overturn,
        "称号恢复到决定前的状态，有效期不变；禁止申报解除，牌匾发还。此操作不能撤回，请核对法律文书。",
        "已登记，称号已恢复。", "return",
    ),
}  # fmt: skip
REPLY = StepPage(
    asked.ReplyForm, services.reply, "陈述申辩提交后不能修改，市局将逐项复核。", "已提交陈述申辩，市局将复核。"
)
# The button of a step whose row depends on the state: a decision not announced yet resumes by another row.
SHOWN_AS = {"resume_unannounced": "resume"}
PRIMARY = {
    "opened": "notify", "notified": "refer", "replied": "refer", "decided": "announce", "stayed": "resume",
}  # fmt: skip
