"""What the guide says, drawn from the regulation and the values in force, so that it never drifts from them."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from applications.listforms import LISTS
from desk import public as face
from desk.questions import QUESTIONS, Asked
from lifecycle.workdays import calendar
from regulation import articles, functions, parameters, readings
from regulation.claims import CLAIMS
from regulation.materials import CLASSES
from regulation.parameters import Parameters
from timekeeping import clock

CONDITIONS = 7
FUNCTIONS = 8

# Stage, what happens, article, names of the values that govern it.
# fmt: off
ROAD: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("发布申报通知", "市工业和信息化局每年组织一次申报，通知写明时间和要求。", 10, ("calls_per_year",)),
    ("网上申报", "单位注册后填报、上传材料，由法定代表人或授权签字人确认，在截止前提交所属县(市)区、开发(度假)区中小企业主管部门。提交后得到受理编号和回执。", 10, ()),
    ("受理和补正", "主管部门一次性告知需要补正的内容，只改所列各处，补正期内不影响申报时间。", 11, ("accept_workdays", "correction_workdays")),
    ("初审推荐", "主管部门核对真实性、完整性，进行测评和满意度随机抽查，作出推荐或不予推荐。", 11, ("sample_share",)),
    ("市级受理", "市局核对推荐材料，受理或者退回主管部门。", 11, ("intake_workdays",)),
    ("专家评审", "市局组织专家评审，择优提出推荐认定名单。", 12, ("experts_per_case",)),
    ("现场核查", "对推荐认定名单逐一现场核查，提出核查意见。请备好原件。", 13, ("min_inspectors", "clarification_workdays")),
    ("社会公示", "拟认定名单通过门户网站向社会公示，有异议的调查核实。", 14, ("notice_workdays",)),
    ("认定授牌", "公示无异议或者经核实没有问题的，经集体决策后授予称号、颁发牌匾，并公告。", 15, ()),
    ("有效期内", "称号有效期内每年报送总结和计划，重大变更及时备案，期满当年可以再次申报。", 16, ("title_years", "platform_report_month", "change_filing_workdays")),
)
REMEDIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("对公示名单有异议", "公示期内实名提出，附证据；凭回执编号查办理情况。", ("objection_intake_workdays", "objection_workdays")),
    ("投诉举报", "反映示范平台或者主管部门的问题，随时可以提出。", ("complaint_intake_workdays", "complaint_workdays")),
    ("对取消、撤销称号的决定不服", "决定前可以陈述申辩，决定后可以依法申请行政复议或者提起行政诉讼。", ("reply_workdays", "reconsideration_days", "litigation_months")),
)
LETTERS = (
    ("申报回执", "提交后：受理编号、接下来办什么、什么时候前办"),
    ("补正通知书", "需要补正时：逐项内容和截止日期"),
    ("结果告知书", "不予推荐、不符合申报条件、未列入名单、不予认定等：理由和依据"),
    ("认定公告、牌匾", "认定后：公告在本网站公布，牌匾由市局颁发"),
    ("认定信息查询凭证", "有效期内随时下载，扫码显示称号现在的状态"),
)
# fmt: on


def guide() -> dict[str, Any]:
    """Context of the guide with the values in force: those the open call has pinned, today's without one."""
    today, call = clock.today(), face.current_call()
    values = call.parameters if call else parameters.at(today)
    return {
        "call": call,
        "call_due": face.call_due(call, calendar()) if call else None,
        "conditions": [_condition(number, text, values) for number, text in _items(CONDITIONS)],
        "functions": [_function(rule, values) for rule in functions.FUNCTIONS.values()],
        "materials": CLASSES,
        "lists": LISTS.values(),
        "road": [_stage(stage, values) for stage in ROAD],
        "remedies": [(label, text, _rules(names, values)) for label, text, names in REMEDIES],
        "letters": LETTERS,
        "questions": [_answered(asked, values) for asked in QUESTIONS],
        "places": face.districts(today),
        "who": articles.article_text("3"),
        "ban_years": values.ban_years,
        "revision": articles.REVISION_2022,
    }


def _items(number: int) -> Iterable[tuple[int, str]]:
    return enumerate(articles.article(number).items, 1)


def _condition(number: int, text: str, values: Parameters) -> dict[str, Any]:
    """One item of Art. 7: its words, its numbers with how they are counted, and what proves the rest."""
    citation = f"{CONDITIONS}({number})"
    return {
        "text": text,
        "numbers": _numbers(citation, values),
        "proofs": [claim for claim in CLAIMS.values() if claim.citation == citation],
    }


def _function(rule: functions.FunctionRule, values: Parameters) -> dict[str, Any]:
    return {
        "label": rule.label,
        "text": articles.article_text(rule.citation),
        "numbers": _numbers(rule.citation, values),
        "proofs": rule.preconditions,
    }


def _numbers(citation: str, values: Parameters) -> list[dict[str, str]]:
    return [
        {"label": rule.label, "shown": rule.shown, "reading": readings.words(rule.name, values)}
        for rule in values.as_rows()
        if rule.article == citation
    ]


def _stage(stage: tuple[str, str, int, tuple[str, ...]], values: Parameters) -> dict[str, Any]:
    label, text, number, names = stage
    return {
        "label": label, "text": text, "article": number, "cite": articles.article_label(str(number)),
        "rules": _rules(names, values),
    }  # fmt: skip


def _rules(names: tuple[str, ...], values: Parameters) -> list[parameters.Rule]:
    return [values.rule(name) for name in names]


def _answered(asked: Asked, values: Parameters) -> dict[str, str]:
    """A question with its answer: the demand and its article, how the figure is counted, and a word more."""
    parts = []
    if asked.rule:
        rule = values.rule(asked.rule)
        parts.append(f"要求不少于{rule.shown}（{rule.article_label}）。")
    if asked.key and (reading := readings.words(asked.key, values)):
        parts.append(f"{reading}（默认规则）。")
    return {"question": asked.question, "answer": "".join([*parts, asked.more])}


def chapters() -> list[tuple[str, list[dict[str, Any]]]]:
    """The articles by chapter, with their labels."""
    numbered = [{"article": a, "label": articles.article_label(str(a.number))} for a in articles.REVISION_2022.articles]
    return [(name, list(group)) for name, group in groupby(numbered, key=lambda row: row["article"].chapter)]
