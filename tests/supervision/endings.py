"""Titles on their way out: a city of 2026 whose officers open, notify, hear, decide and announce, through the services."""

from datetime import date, timedelta
from typing import Any

from accounts.actors import Actor, acting
from accounts.models import Capacity, Role
from files.models import StoredFile
from registry.models import Title
from review.services.meetings import Minutes
from supervision.models import Ending, Resolution
from supervision.services import endings, resolutions
from supervision.services.endings import Announcement, Delivery, Findings, Order
from supervision.services.resolutions import Ruling
from tests import cast
from tests.review import chamber, stage
from timekeeping import clock

FACTS = date(2026, 7, 1)
OPENING = clock.shanghai(2026, 7, 6, 9)
# Monday 6 July 2026 and five working days: the reply is due to the end of Monday 13 July.
AFTER_REPLY = clock.shanghai(2026, 7, 14, 9)
PORTAL = "https://gxj.km.gov.cn/decision.html"


class Bench:
    """A certified title and the officers of the city; ``proposer`` finds the facts, ``clerk`` enters, ``second`` confirms."""

    def __init__(self, name: str = "甲平台") -> None:
        with stage.at(stage.MORNING):
            self.chamber = chamber.Chamber()
            self.title: Title = self.chamber.certified(name)
            self.proposer = cast.city_officer("proposer")
        self.clerk, self.second = self.chamber.officer, self.chamber.second
        self.numbers = 100

    def person(self, role: Role = Role.SIGNATORY) -> Actor:
        """A person of the platform."""
        return acting(Capacity.objects.get(organisation=self.title.platform.organisation, role=role))

    def opened(self, ground: str = "unlawful", **says: Any) -> Ending:
        return endings.open(actor=self.proposer, title=self.title, findings=findings(ground, **says))

    def notified(self, *args: Any, **says: Any) -> Ending:
        ending = self.opened(*args, **says)
        return endings.notify(actor=self.proposer, ending=ending, delivery=Delivery("system", clock.today()))

    def replied(self, *args: Any, **says: Any) -> Ending:
        ending = self.notified(*args, **says)
        return endings.reply(actor=self.person(), ending=ending, statement="情况属实，已经整改。")

    def referred(self, *args: Any, **says: Any) -> Ending:
        ending = self.replied(*args, **says)
        return endings.refer(actor=self.proposer, ending=ending, reason="事实清楚，申辩理由不成立。")

    def entered(self, *rulings: Ruling, **says: Any) -> Resolution:
        return resolutions.enter(actor=self.clerk, minutes=self.minutes(**says), rulings=rulings)

    def confirmed(self, *rulings: Ruling, **says: Any) -> Resolution:
        return resolutions.confirm(actor=self.second, resolution=self.entered(*rulings, **says))

    def decided(self, ground: str = "absences", *, outcome: str = "end", recall: bool = False) -> Ending:
        """A case heard and decided on the clock's day."""
        ending = self.referred(ground)
        self.confirmed(Ruling(ending, outcome, "经集体研究决定。", recall))
        return stage.fresh(ending)

    def announced(self, ground: str = "absences", **says: Any) -> Ending:
        ending = self.decided(ground, **says)
        return endings.announce(actor=self.clerk, ending=ending, announcement=self.announcement())

    def announcement(self, number: str = "") -> Announcement:
        self.numbers += 1
        given = number or f"昆工信通〔{clock.today().year}〕{self.numbers}号"
        return Announcement(given, clock.today(), PORTAL, decision_copy())

    def minutes(self, **says: Any) -> Minutes:
        self.numbers += 1
        given: dict[str, Any] = {
            "kind": "party_group", "held_on": clock.today(), "attendance": "示例局长、示例副局长",
            "number": f"监督{self.numbers}", "file": cast.stored_file("纪要.pdf"), **says,
        }  # fmt: skip
        return Minutes(**given)


def findings(ground: str = "unlawful", **says: Any) -> Findings:
    """Facts of 1 July 2026 with one file."""
    given = {"facts_on": FACTS, "words": "经查，该平台存在有关情形。", "files": [cast.stored_file("证据.pdf")], **says}
    return Findings(ground=ground, **given)


def order(authority: str = "昆明铁路运输法院", **says: Any) -> Order:
    given = {"reference": "（2026）云71行初1号", "made_on": clock.today(), "file": cast.stored_file("裁定.pdf"), **says}
    return Order(authority=authority, **given)


def decision_copy() -> StoredFile:
    """A signed copy that the gate lets through."""
    from files import intake
    from tests.drafts import upload

    return intake.receive(upload("决定书.pdf"), purpose="signed", uploaded_by=None)


def days(number: int) -> timedelta:
    return timedelta(days=number)
