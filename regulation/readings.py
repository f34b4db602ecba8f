"""How each figure is counted, in words: the readings that stand where the articles are silent, beside every answer.

Everything here is a default (mission §3): the regulation gives the threshold, these sentences say what is counted for it.
"""

from collections.abc import Callable

from regulation.parameters import Parameters

NOT_COMPUTABLE = "不可计算，须人工判断并说明理由"
GROWTH = {
    "last_over_before": "增长率＝（上年度－前一年度）÷前一年度",
    "each_year": "上年度比前一年度、前一年度比再前一年度，两个增长率都要达到",
    "two_year_total": "增长率＝（上年度－再前一年度）÷再前一年度",
    "yearly_average": "两年年均增长率＝√（上年度÷再前一年度）－1",
}
_ACTIVITIES = "上一自然年度内开展的活动，同名同日的计一次"
_BY_CODE = "按统一社会信用代码去重，一家企业服务多次计一家"


def _years(parameters: Parameters) -> str:
    years = parameters.platform_years
    return (
        f"自平台启动服务之日起算，至申报截止日满{years}年；启动日在{years}年后的对应日当天即为满，"
        f"2月29日启动而当年没有这一天的，以2月28日为对应日"
    )


def _growth(parameters: Parameters) -> str:
    reading = GROWTH[parameters.growth_reading]
    return f"{reading}；按精确值比较，不四舍五入；基期为零的{NOT_COMPUTABLE}。三个年度的数都列出"


def _several(parameters: Parameters) -> str:
    return (
        f"{parameters.several_functions}项以上功能达标即为多种，或者{parameters.distinctive_functions}项达标并作为特色申报；"
        "申报了但没有达标的功能不影响其他功能"
    )


_WORDS: dict[str, str | Callable[[Parameters], str]] = {
    "platform_years": _years,
    "min_assets": "取上年末资产负债表的资产总额，精确到分",
    "min_smes": f"上一自然年度服务的中小企业，{_BY_CODE}；个体工商户另列，大型企业和本单位不计入",
    "min_specialised": "是上述中小企业中的一部分，同样按统一社会信用代码去重",
    "min_satisfaction": "县区随机抽查结束前为自评，结束后以抽查为准，满意度＝（很满意＋满意）÷有效答卷；按精确值比较，不四舍五入",
    "min_growth": _growth,
    "min_public_share": "（公益性服务量＋低收费服务量）÷总服务量；三个数用同一计量单位，按服务量而不按收入，同一次服务只计一类",
    "min_staff": "从事为中小企业服务的专职人员，一人计一次；兼职的不计",
    "min_qualified_share": "专职人员中具备本科及以上学历或者中级及以上职称之一的人数÷专职人数；两者都具备的只计一人（人员并集，不是两列相加）",
    "min_institutions": "申报截止日（含当日）协议有效的签约机构，按统一社会信用代码去重，不含本单位",
    "information_enterprises": f"上一自然年度接受该项服务的企业，{_BY_CODE}；本项条文称“企业”，个体工商户、大型企业也计入",
    "training_person_times": "上一自然年度培训活动的参加人次：同一人参加两次计两人次，不是人数；同名同日的活动计一次",
    "financing_amounts": "上一自然年度内；活动次数达标，并且融资总额、新增担保额有一项达标",
    "several_or_distinctive": _several,
}


def words(key: str, parameters: Parameters) -> str:
    """How the figure behind a finding is counted; empty where nothing is counted."""
    if key.endswith("_activities"):
        return _ACTIVITIES
    said = _WORDS.get(key, "")
    return said if isinstance(said, str) else said(parameters)
