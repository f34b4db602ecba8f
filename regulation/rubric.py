"""The experts' rubric of 100 points (default; Art. 12 names no weights), as data that each call pins.

Points rank the cases that meet Art. 7; they never make up for a condition that is not met.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FULL_MARKS = Decimal(100)
STEP = Decimal("0.5")
PERFORMANCE = "performance"


@dataclass(frozen=True)
class Anchor:
    """What a share of an item's points looks like: from this many points up."""

    points: Decimal
    text: str


@dataclass(frozen=True)
class Item:
    """One scored line of the sheet; ``part`` groups lines (业绩 has five)."""

    key: str
    part: str
    part_label: str
    label: str
    maximum: Decimal
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True)
class Rubric:
    """A whole sheet. Construction refuses weights that do not sum to 100 and repeated keys."""

    key: str
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        if len({item.key for item in self.items}) != len(self.items):
            raise ValueError("评分项目重复")
        if any(item.maximum <= 0 for item in self.items):
            raise ValueError("每项分值应大于0")
        weight = sum((item.maximum for item in self.items), Decimal(0))
        if weight != FULL_MARKS:
            raise ValueError(f"各项分值之和应为100分，现为{weight}分")

    def check(self, scores: Mapping[str, Decimal]) -> dict[str, str]:
        """What is wrong with a sheet, by item key, in words for the field; empty when it may be locked."""
        wrong = {key: "评分表中没有这一项" for key in scores if key not in {item.key for item in self.items}}
        for item in self.items:
            points = scores.get(item.key)
            if points is None:
                wrong[item.key] = "请评分"
            elif not 0 <= points <= item.maximum:
                wrong[item.key] = f"请填0至{item.maximum}之间的分数"
            elif points % STEP:
                wrong[item.key] = f"分数以{STEP}分为一档"
        return wrong

    def total(self, scores: Mapping[str, Decimal]) -> Decimal:
        """The points of a complete sheet. Raises ValueError for a sheet ``check`` finds fault with."""
        self._refuse_faulty(scores)
        return sum((scores[item.key] for item in self.items), Decimal(0))

    def part_total(self, scores: Mapping[str, Decimal], part: str) -> Decimal:
        """The points of one part of a complete sheet. Raises ValueError as ``total``."""
        self._refuse_faulty(scores)
        return sum((scores[item.key] for item in self.items if item.part == part), Decimal(0))

    def pin(self) -> dict[str, Any]:
        """A JSON-serialisable copy that ``from_pin`` turns back into an equal rubric."""
        return {
            "key": self.key,
            "items": [
                {
                    **vars(item),
                    "maximum": str(item.maximum),
                    "anchors": [[str(anchor.points), anchor.text] for anchor in item.anchors],
                }
                for item in self.items
            ],
        }

    def _refuse_faulty(self, scores: Mapping[str, Decimal]) -> None:
        wrong = self.check(scores)
        if wrong:
            raise ValueError("；".join(f"{key}：{reason}" for key, reason in wrong.items()))


def from_pin(pin: Mapping[str, Any]) -> Rubric:
    """The rubric a call pinned; raises ValueError when its weights do not sum to 100."""
    items = [
        Item(
            **{
                **row,
                "maximum": Decimal(row["maximum"]),
                "anchors": tuple(Anchor(Decimal(points), text) for points, text in row["anchors"]),
            }
        )
        for row in pin["items"]
    ]
    return Rubric(pin["key"], tuple(items))


def _item(part: str, part_label: str, key: str, label: str, maximum: int, good: str, fair: str, poor: str) -> Item:
    """Anchors at 85 %, 60 % and 0 of the maximum, on the half-point grid."""
    full = Decimal(maximum)
    anchors = (
        Anchor(_on_grid(full * 85 / 100), good),
        Anchor(_on_grid(full * 60 / 100), fair),
        Anchor(Decimal(0), poor),
    )
    return Item(key, part, part_label, label, full, anchors)


def _on_grid(points: Decimal) -> Decimal:
    return points // STEP * STEP


# fmt: off
DEFAULT_RUBRIC = Rubric("default-2022", (
    _item("basics", "基础条件与规范管理", "basics", "基础条件与规范管理", 15, "制度、流程、收费、质量保证齐全并有执行记录，财务和信用良好", "制度基本齐全，执行记录不完整", "制度缺失较多或管理混乱"),
    _item("facilities", "设施与信息化", "facilities", "服务设施与信息化手段", 10, "场所固定、设备与服务相称，线上系统持续更新、可在线办理", "场所设备够用，信息更新不够及时", "设施不足，信息化手段流于形式"),
    _item("team", "人才队伍", "team", "管理团队与专职服务人员", 15, "团队稳定、专业结构合理，高学历或高职称人员承担主要服务", "人数达标，专业结构一般", "人员不稳定或专业能力不足"),
    _item(PERFORMANCE, "服务业绩", "volume", "服务中小企业数量", 8, "数量明显超过100家且服务有深度", "达到100家，服务记录完整", "数量不实或服务记录薄弱"),
    _item(PERFORMANCE, "服务业绩", "specialised", "服务“专精特新”中小企业", 6, "数量较多并有典型成效", "达到3家，有服务记录", "服务内容与企业需求关联不大"),
    _item(PERFORMANCE, "服务业绩", "growth", "服务数量增长", 5, "增长明显且来源真实", "增长达到10%", "增长依据不充分"),
    _item(PERFORMANCE, "服务业绩", "satisfaction", "用户满意度", 6, "抽查满意度95%以上，评价机制完善", "抽查满意度80%以上", "抽查反映的问题较多"),
    _item(PERFORMANCE, "服务业绩", "functions", "服务功能达标情况", 5, "多项功能达标或特色功能突出", "功能达标，成效一般", "功能勉强达标"),
    _item("resources", "资源集聚", "resources", "带动社会服务资源", 10, "签约机构多、合作稳定且共同服务有实绩", "签约达到3家，合作有记录", "合作停留在协议"),
    _item("benefit", "公益性", "benefit", "公益性和低收费服务", 8, "公益性服务占比高、覆盖面广、公开透明", "占比达到20%", "公益性服务内容单薄"),
    _item("distinctiveness", "特色与示范性", "distinctiveness", "特色与示范带动作用", 12, "服务模式有创新，经验可复制推广，带动作用明显", "有一定特色", "特色不明显"),
))
# fmt: on
