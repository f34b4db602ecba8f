"""What the guide says, drawn from the regulation and the values in force, so that it never drifts from them."""

from itertools import groupby
from typing import Any

from regulation import articles, parameters
from timekeeping import clock

CONDITIONS = 7
FUNCTIONS = 8
MATERIALS = 9

# Stage, what happens, article, names of the values that govern it.
# fmt: off
ROAD: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("发布申报通知", "市工业和信息化局每年组织一次申报，通知写明时间和要求。", 10, ("calls_per_year",)),
    ("网上申报", "申报单位按属地原则向县(市)区、开发(度假)区中小企业主管部门申报，由法定代表人或授权签字人确认提交。", 10, ()),
    ("初审推荐", "主管部门核对真实性、完整性，进行测评和满意度随机抽查，作出推荐或不予推荐。", 11,
     ("accept_workdays", "correction_workdays", "sample_share")),
    ("专家评审", "市局组织专家评审，择优提出推荐认定名单。", 12, ("experts_per_case",)),
    ("现场核查", "对推荐认定名单逐一现场核查，提出核查意见。", 13, ("min_inspectors",)),
    ("社会公示", "拟认定名单通过门户网站向社会公示，有异议的调查核实。", 14, ("notice_workdays",)),
    ("认定授牌", "公示无异议或者经核实没有问题的，经集体决策后授予称号、颁发牌匾。", 15, ()),
    ("有效期内", "称号有效期内每年报送总结和计划，期满当年可以再次申报。", 16, ("title_years", "platform_report_month")),
)
# fmt: on


def guide() -> dict[str, Any]:
    """Context of the guide: conditions, functions, materials and the road with the values in force today."""
    values = parameters.at(clock.today())
    return {
        "conditions": articles.article(CONDITIONS).items,
        "functions": articles.article(FUNCTIONS).items,
        "materials": articles.article(MATERIALS).items,
        "road": [
            {"label": label, "text": text, "article": number, "cite": articles.article_label(str(number)),
             "rules": [values.rule(name) for name in names]}
            for label, text, number, names in ROAD
        ],
        "revision": articles.REVISION_2022,
    }  # fmt: skip


def chapters() -> list[tuple[str, list[dict[str, Any]]]]:
    """The articles by chapter, with their labels."""
    numbered = [{"article": a, "label": articles.article_label(str(a.number))} for a in articles.REVISION_2022.articles]
    return [(name, list(group)) for name, group in groupby(numbered, key=lambda row: row["article"].chapter)]
