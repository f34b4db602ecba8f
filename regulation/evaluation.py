"""What an evaluation of a platform's operation and services looks at (Art. 18), as data that each evaluation pins.

Article 18 names the object (运营、服务情况) and no criteria; these are a default built from what Articles 7, 17 and 19 ask of
a platform. Every criterion is found 合格 or 不合格 with words; the whole is proposed and concluded by people, never computed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from regulation.articles import article_label
from regulation.rules import DEFAULT

MET, UNMET = "met", "unmet"
VERDICTS = ((MET, "合格"), (UNMET, "不合格"))
LABELS = dict(VERDICTS)
PASS, FAIL = "pass", "fail"
PROPOSALS = ((PASS, "测评合格"), (FAIL, "测评不合格"))


@dataclass(frozen=True)
class Criterion:
    """One thing to look at; ``article`` is where its substance comes from, or ``DEFAULT``."""

    key: str
    label: str
    asks: str
    article: str = DEFAULT

    @property
    def basis(self) -> str:
        """第七条第（三）项, or 默认规则."""
        return "默认规则" if self.article == DEFAULT else f"参照{article_label(self.article)}"


@dataclass(frozen=True)
class Criteria:
    """A whole set. Construction refuses repeated keys and an empty set."""

    key: str
    items: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        if not self.items or len({item.key for item in self.items}) != len(self.items):
            raise ValueError("测评指标为空或者重复")

    def check(self, findings: Mapping[str, tuple[str, str]]) -> dict[str, str]:
        """What is wrong with the findings (verdict, words) by criterion, in words for the field; empty when they are complete."""
        wrong = {key: "测评指标中没有这一项" for key in findings if key not in {item.key for item in self.items}}
        for item in self.items:
            verdict, text = findings.get(item.key, ("", ""))
            if verdict not in LABELS:
                wrong[item.key] = "请选择合格或者不合格"
            elif not text.strip():
                wrong[item.key] = "请写明测评情况和所依据的材料"
        return wrong

    def label_of(self, key: str) -> str:
        """The label of a criterion. Raises KeyError for an unknown key."""
        return {item.key: item.label for item in self.items}[key]

    def pin(self) -> dict[str, Any]:
        """A JSON-serialisable copy that ``from_pin`` turns back into an equal set."""
        return {"key": self.key, "items": [asdict(item) for item in self.items]}


def from_pin(pin: Mapping[str, Any]) -> Criteria:
    """The criteria an evaluation pinned."""
    return Criteria(pin["key"], tuple(Criterion(**row) for row in pin["items"]))


# fmt: off
DEFAULT_CRITERIA = Criteria("default-2022", (
    Criterion("operation", "运营状况", "经营管理规范，财务和信用状况正常，持续开展服务", "7(2)"),
    Criterion("premises", "服务场所和设施", "场所固定、持续开放，设备设施与服务相称", "7(4)"),
    Criterion("rules", "管理制度和服务质量", "管理制度、服务流程、收费标准和服务质量保证齐全，并有执行记录", "7(5)"),
    Criterion("performance", "服务业绩", "服务中小企业的数量、活动次数真实，能以服务记录、合同、签到印证", "7(3)"),
    Criterion("satisfaction", "用户满意度", "有回访和评价机制，满意度调查方法可靠，投诉得到处理", "7(3)"),
    Criterion("benefit", "公益性和低收费服务", "公益性或低收费服务占比真实，免费和低收费项目公开", "7(5)"),
    Criterion("team", "专职服务人员", "专职人员在岗，专业结构与服务功能相称", "7(6)"),
    Criterion("resources", "社会服务资源", "与签约服务机构的合作仍在持续，有共同服务的实绩", "7(7)"),
    Criterion("plan", "年度计划执行", "年度工作总结属实，当年工作计划按进度执行", "17"),
    Criterion("duties", "配合公共服务活动", "按要求参加省市中小企业主管部门组织的公共服务活动，配合指导检查", "19"),
))
# fmt: on
