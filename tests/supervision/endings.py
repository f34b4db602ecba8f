"""Titles on their way out: a city of 2026 whose officers open, notify, hear, decide and announce, through the services."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.actors import Actor, acting
from accounts.models import Capacity, Role
from applications.models import Application
from files import intake
from files.models import StoredFile
from lifecycle import engine
from registry.models import Title
from registry.services import titles
from regulation import parameters
from regulation.evaluation import DEFAULT_CRITERIA
from review.services.meetings import Minutes
from supervision.models import Ending, Evaluation, Invitation, Rectification, Resolution
from supervision.services import activities, endings, evaluations, invitations, rectifications, resolutions
from supervision.services.endings import Announcement, Delivery, Findings, Order
from supervision.services.resolutions import Ruling
from tests import cast, drafts
from tests.kept import kept
from tests.review import stage
from tests.review.chamber import Chamber
from timekeeping import clock
from timekeeping.dates import start_of_day

GRANTED = clock.shanghai(2026, 6, 18, 9)
FACTS = date(2026, 7, 1)
EARLIER = date(2023, 9, 1)
OPENING = clock.shanghai(2026, 7, 6, 9)
# Monday 6 July 2026 and five working days: the reply is due to the end of Monday 13 July.
AFTER_REPLY = clock.shanghai(2026, 7, 14, 9)
PORTAL = "https://gxj.km.gov.cn/decision.html"


class Bench:
    """A certified title and the officers of the city; ``proposer`` finds the facts, ``clerk`` enters, ``second`` confirms."""

    @kept
    def __init__(self, name: str = "甲平台", granted_at: datetime = GRANTED) -> None:
        with clock.frozen(granted_at):
            self.clerk, self.second = cast.city_officer("clerk"), cast.city_officer("second")
            self.proposer = cast.city_officer("proposer")
            self.district = cast.district_officer("district_panlong")
            self.title = granted(name, self.clerk)
        self.numbers = 100

    @classmethod
    def over(cls, town: Chamber, application: Application) -> "Bench":
        """The title of an applicant of ``town``, granted three years before and ending this year."""
        bench = cls.__new__(cls)
        with clock.frozen(stage.MORNING):
            bench.clerk, bench.second, bench.proposer = town.officer, town.second, cast.city_officer("proposer")
            with engine.act(actor=town.officer) as act:
                bench.title = titles.grant(
                    act=act, organisation=application.organisation, platform_name=application.platform_name,
                    district=application.district, functions=[], decided_on=EARLIER, parameters=parameters.at(EARLIER),
                )  # fmt: skip
        bench.numbers = 200
        return bench

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


@kept
def granted(name: str, officer: Actor) -> Title:
    """An announced title with its plaque and people of its own, decided on the clock's day."""
    body = cast.organisation(f"{name}运营有限公司")
    cast.filer(body, f"{name}经办人"), cast.signatory(body, f"{name}签字人")
    with engine.act(actor=officer) as act:
        title = titles.grant(
            act=act, organisation=body, platform_name=name, district=body.district, functions=["information"],
            decided_on=clock.today(), parameters=parameters.at(clock.today()),
        )  # fmt: skip
    Title.objects.filter(pk=title.pk).update(document_number=f"昆工信通〔{title.year}〕{title.pk}号")
    return Title.objects.get(pk=title.pk)


def findings(ground: str = "unlawful", **says: Any) -> Findings:
    """Facts of 1 July 2026 with one file."""
    given = {"facts_on": FACTS, "words": "经查，该平台存在有关情形。", "files": [cast.stored_file("证据.pdf")], **says}
    return Findings(ground=ground, **given)


def order(authority: str = "昆明铁路运输法院", **says: Any) -> Order:
    given = {"reference": "（2026）云71行初1号", "made_on": clock.today(), "file": cast.stored_file("裁定.pdf"), **says}
    return Order(authority=authority, **given)


def decision_copy() -> StoredFile:
    """A signed copy that the gate lets through."""
    return intake.receive(drafts.upload("决定书.pdf", "signed"), purpose="signed", uploaded_by=None)


def failed_evaluation(title: Title, city: Actor, name: str = "测评人甲") -> Evaluation:
    """An evaluation commissioned today, in which one criterion is not met, concluded as failed."""
    evaluator = cast.person(name, Role.EVALUATOR)
    today = clock.today()
    terms = evaluations.Terms(
        evaluator=evaluator.user, body="示例测评中心", assignment="全面测评", contract_from=today,
        contract_to=today + timedelta(days=60), due_on=today + timedelta(days=30),
    )  # fmt: skip
    paper = drafts.upload("委托书.pdf", "signed")
    made = evaluations.commission(actor=city, title=title, terms=terms, paper=paper)
    made = evaluations.begin(actor=evaluator, evaluation=made)
    verdicts = {item.key: ("met", "查阅台账，属实。") for item in DEFAULT_CRITERIA.items}
    entries = evaluations.Entries(
        findings={**verdicts, "operation": ("unmet", "连续六个月没有服务记录。")}, proposal="fail", opinion="测评不合格。",
        report=drafts.upload("测评报告.pdf", "signed"),
    )  # fmt: skip
    made = evaluations.submit(actor=evaluator, evaluation=made, entries=entries)
    return evaluations.conclude_fail(actor=city, evaluation=made, reason="服务中断。")


def failed_rectification(title: Title, city: Actor) -> Rectification:
    """A failed evaluation of today, and its rectification rechecked in vain on the first day after its term."""
    failed = failed_evaluation(title, city)
    due = rectifications.earliest_due()
    ordered = rectifications.order(
        actor=city,
        evaluation=failed,
        requirements={"operation": "恢复服务，补齐记录。"},
        grounds="服务中断。",
        due_on=due,
    )
    with clock.frozen(start_of_day(due + timedelta(days=1)) + timedelta(hours=9)):
        recheck = rectifications.Recheck(clock.today(), "赵六、钱七", "仍无服务记录。")
        return rectifications.find_failing(actor=city, rectification=ordered, recheck=recheck)


def missed(city: Actor, title: Title, times: int = 1) -> list[Invitation]:
    """Municipal activities on the days after today, to which the title was invited and did not come."""
    found = []
    for day in range(1, times + 1):
        plan = activities.Plan(
            name=f"政策宣讲会{day}", level="city", organiser="昆明市工业和信息化局", starts_at=clock.now() + timedelta(days=day),
            place="市级会议中心", content="政策宣讲。", contact="赵六",
        )  # fmt: skip
        invitation = invitations.serve(actor=city, activity=activities.announce(actor=city, plan=plan), title=title)
        with clock.frozen(clock.now() + timedelta(days=day, hours=2)):
            found.append(invitations.absent(actor=city, invitation=invitation))
    return found
