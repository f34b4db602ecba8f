"""Breaking a long title into lines of about the same length, never inside a word of the trade (GB/T 9704: 词意完整)."""

import math
import re

CHARACTERS_PER_LINE = 20
_WORDS = re.compile(
    r"昆明市|中小企业|公共服务|示范平台|管理办法|汇总表|申请表|申报|材料|认定|推荐|名单|公示|公告|通知|决定|意见|结果|报告|补正|现场|核查|"
    r"评审|年度|异议|答复|单位|受理|不予|凭证|信息|查询|服务|平台|企业|\d+|[A-Za-z]+|《[^》]*》|〔\d+〕\d+号|."
)
_CLINGS = "的、，）》」和与及第"


def balanced(title: str) -> list[str]:
    """The title in as few lines as fit, of nearly equal length."""
    lines = math.ceil(len(title) / CHARACTERS_PER_LINE)
    if lines < 2:
        return [title]
    target = len(title) / lines
    result: list[str] = []
    line = ""
    for word in _WORDS.findall(title):
        full = len(line) + len(word) / 2 > target and len(result) < lines - 1
        if full and line and word[0] not in _CLINGS:
            result.append(line)
            line = ""
        line += word
    return [*result, line]
