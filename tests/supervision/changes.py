"""A platform with a title, its people, its district and the city, and changes filed through the services."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from accounts.actors import Actor
from accounts.models import Role
from lifecycle import engine
from registry.models import Title
from regulation.identifiers import make_credit_code
from supervision.models import Change
from supervision.services import changes
from supervision.services.changes import Filing
from tests import cast
from tests.kept import kept
from timekeeping import clock

# 2026-06-18 is the working day on which the title is decided; 19 to 21 June is the Dragon Boat holiday.
GRANTED = clock.shanghai(2026, 6, 18, 9)
COMPLETED = date(2026, 7, 1)
LAST_DAY = date(2026, 7, 15)
FILED = clock.shanghai(2026, 7, 15, 23, 59, 59)
LATE = clock.shanghai(2026, 7, 16)


@dataclass
class Town:
    """Two districts, one platform in 盘龙区 with an announced title, and everybody who deals with it."""

    @kept
    def __post_init__(self) -> None:
        with clock.frozen(GRANTED):
            self.body = cast.organisation("示例创新服务有限公司")
            self.filer = cast.filer(self.body)
            self.signatory = cast.signatory(self.body)
            self.city = cast.city_officer()
            self.second = cast.city_officer("second")
            self.old = cast.district_officer()
            self.new = cast.district_officer("wuhua", "wuhua")
            self.title = granted(self.city, self.body)

    @cached_property
    def stranger(self) -> Actor:
        return cast.filer(cast.organisation("不相干单位", "wuhua"), "stranger")

    @cached_property
    def auditor(self) -> Actor:
        return cast.person("auditor", Role.AUDITOR)

    def filed(self, kind: str = "platform_name", at: datetime = FILED, **values: str) -> Change:
        """A change filed at the moment; without values the platform is renamed."""
        values = values or {"platform_name": "新示例平台"}
        with clock.frozen(at):
            says = Filing(COMPLETED, values, "登记机关已办结", (cast.stored_file("执照.pdf"),))
            return changes.file(actor=self.filer, title=self.title, kind=kind, says=says)

    def registered(self, kind: str = "platform_name", **values: str) -> Change:
        """A change filed, checked and registered on the day after."""
        change = self.filed(kind, **values)
        with clock.frozen(LATE):
            change = changes.examine(actor=self.old, change=change, opinion="材料齐全，情况属实。")
            return changes.register(actor=self.city, change=change, conclusion="同意备案。")

    def another_operator(self) -> dict[str, str]:
        """What is filed when another legal person takes over."""
        return {
            "operator_name": "承接示例有限公司", "credit_code": make_credit_code("91530100000999001"),
            "legal_representative": "承接法人", "registered_address": "盘龙区承接路2号",
        }  # fmt: skip

    def fresh(self) -> Title:
        return Title.objects.get(pk=self.title.pk)


@kept
def granted(officer: Actor, body: object, name: str = "示例平台") -> Title:
    """A title for three years from today, announced."""
    from registry.services import titles
    from regulation import parameters

    with engine.act(actor=officer) as act:
        title = titles.grant(
            act=act, organisation=body, platform_name=name, district=body.district, functions=["training"],
            decided_on=clock.today(), parameters=parameters.at(clock.today()),
        )  # fmt: skip
    Title.objects.filter(pk=title.pk).update(document_number="昆工信通〔2026〕12号")
    return Title.objects.get(pk=title.pk)
