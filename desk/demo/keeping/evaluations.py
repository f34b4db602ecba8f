"""Evaluations commissioned by the city, rectifications ordered from failed ones, and one that failed for good (Art. 18, 19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.actors import Actor
from desk.demo.city import City
from desk.demo.keeping.holder import Holder
from desk.demo.materials import upload
from desk.demo.timeline import Story
from files.purposes import Purpose
from regulation import evaluation as rules
from supervision.models import Evaluation, Rectification
from supervision.services import evaluations, rectifications
from supervision.services.evaluations import Entries, Terms
from supervision.services.rectifications import Recheck
from timekeeping import clock

CITY = "city2"
BODY = "示例省企业服务评估中心"
ASSIGNMENT = "对平台的运营、服务业绩、制度和公益性服务进行测评，抽访服务企业不少于二十家。"
GOOD = "查阅台账、合同和签到记录，抽访服务企业，情况属实。"
UNMET = {
    "performance": "抽查的三十项服务记录中有十一项没有企业签字，服务企业数不能印证。",
    "benefit": "公示的免费项目中有两项实际收费。",
}


@dataclass
class Task:
    """One evaluation of one platform by one person."""

    city: City
    number: int
    evaluator: str
    evaluation: Evaluation | None = None

    @property
    def holder(self) -> Holder:
        return Holder(self.city, self.number)

    @property
    def actor(self) -> Actor:
        return self.city.cast[self.evaluator]

    @property
    def now(self) -> Evaluation:
        """The evaluation as it stands."""
        assert self.evaluation
        found = Evaluation.objects.select_related(
            "title__platform__organisation", "title__platform__district", "evaluator"
        )
        return found.get(pk=self.evaluation.pk)

    def commission(self, days: int = 15) -> None:
        """Asked for, due after so many working days."""
        known, today = self.city.timeline.calendar, self.city.timeline.today
        terms = Terms(
            evaluator=self.actor.person, body=BODY, assignment=ASSIGNMENT, contract_from=today,
            contract_to=today + timedelta(days=3 * days), due_on=known.add(today, days), team="测评组长一人、组员二人",
        )  # fmt: skip
        self.evaluation = evaluations.commission(
            actor=self.city.cast[CITY],
            title=self.holder.title,
            terms=terms,
            paper=upload("commission", Purpose.EVIDENCE),
        )

    def begin(self) -> None:
        """No interest declared; the platform's files open."""
        evaluations.begin(actor=self.actor, evaluation=self.now)

    def entries(self, unmet: Mapping[str, str]) -> Entries:
        """Findings for every criterion; ``unmet`` ones in their own words."""
        findings = {
            item.key: (rules.UNMET, unmet[item.key]) if item.key in unmet else (rules.MET, GOOD)
            for item in self.now.criteria_set.items
        }
        proposal, opinion = (
            (rules.FAIL, "建议责令限期整改。") if unmet else (rules.PASS, "平台运行良好，建议测评合格。")
        )
        return Entries(findings, proposal, opinion, report=upload("evaluation_report", Purpose.EVIDENCE))

    def submit(self, unmet: Mapping[str, str]) -> None:
        """The report handed in."""
        evaluations.submit(actor=self.actor, evaluation=self.now, entries=self.entries(unmet))

    def order(self) -> Rectification:
        """Everything found wanting is to be put right within the shortest lawful time."""
        evaluation = self.now
        asked = {one.criterion: "请在期限内整改到位，并附证明材料。" for one in rectifications.wanting(evaluation)}
        return rectifications.order(
            actor=self.city.cast[CITY], evaluation=evaluation, requirements=asked,
            grounds="测评不合格，依据办法第十九条责令限期整改。", due_on=rectifications.earliest_due(),
        )  # fmt: skip


def schedule(city: City) -> None:
    """Put the evaluations on the timeline."""
    for story in (passed, failed_for_good, under_rectification, under_way, asked, recused):
        city.timeline.add(story(city))


def passed(city: City) -> Story:
    """An ordinary evaluation that passes."""
    task = Task(city, 42, "expert9")
    yield city.timeline.on(date(2025, 4, 14))
    task.commission()
    yield city.timeline.in_workdays(2)
    task.begin()
    yield city.timeline.in_workdays(8)
    task.submit({})
    yield city.timeline.in_workdays(3)
    evaluations.conclude_pass(actor=city.cast[CITY], evaluation=task.now, reason="测评报告完整，结论有据。")


def failed(task: Task) -> Story:
    """From the commission to the city's conclusion 不合格."""
    timeline = task.city.timeline
    task.commission()
    yield timeline.in_workdays(2)
    task.begin()
    yield timeline.in_workdays(8)
    task.submit(UNMET)
    yield timeline.in_workdays(3)
    reason = "服务业绩和公益性服务两项不合格，事实清楚。"
    evaluations.conclude_fail(actor=task.city.cast[CITY], evaluation=task.now, reason=reason)
    yield timeline.in_workdays(2)


def failed_for_good(city: City) -> Story:
    """Rectified in words, sent back, found failing: a ground of Art. 19 that ``endings`` takes up."""
    task, timeline = Task(city, 44, "evaluator"), city.timeline
    yield timeline.on(date(2026, 4, 13))
    yield from failed(task)
    ordered = task.order()
    yield timeline.in_workdays(18, hour=15)
    report(task, ordered, "已组织学习，今后加强管理。")
    yield timeline.in_workdays(3)
    words = "没有逐项说明整改措施，也没有证明材料，请补充。"
    rectifications.send_back(actor=city.cast[CITY], rectification=fresh(ordered), reason=words)
    yield timeline.in_workdays(6, hour=15)
    report(task, ordered, "已补签部分服务记录，收费项目仍在研究调整。")
    yield timeline.in_workdays(5)
    recheck = Recheck(timeline.today, "市局经办人二人", "抽查二十项服务记录仍有九项无企业签字，两项免费服务仍在收费。")
    rectifications.find_failing(actor=city.cast[CITY], rectification=fresh(ordered), recheck=recheck)


def under_rectification(city: City) -> Story:
    """Failed last month; the platform has a few weeks left to put things right."""
    task = Task(city, 39, "evaluator")
    yield city.timeline.on(city.timeline.before_present(33))
    yield from failed(task)
    task.order()


def under_way(city: City) -> Story:
    """Begun, half of the criteria found and kept as a draft."""
    task, timeline = Task(city, 12, "evaluator"), city.timeline
    yield timeline.on(timeline.before_present(12), hour=14)
    task.commission(days=20)
    yield timeline.in_workdays(2)
    task.begin()
    yield timeline.in_workdays(5)
    half = dict(list(task.entries({}).findings.items())[:5])
    evaluations.save_draft(actor=task.actor, evaluation=task.now, entries=Entries(half))


def asked(city: City) -> Story:
    """Commissioned, not begun."""
    task = Task(city, 24, "evaluator")
    yield city.timeline.on(city.timeline.before_present(3), hour=14)
    task.commission(days=18)


def recused(city: City) -> Story:
    """The expert asked stepped aside; the city has to ask somebody else."""
    task, timeline = Task(city, 48, "expert2"), city.timeline
    yield timeline.on(timeline.before_present(9), hour=14)
    task.commission(days=20)
    yield timeline.in_workdays(2)
    evaluations.recuse(actor=task.actor, evaluation=task.now, reason="本人曾为该平台承办单位授课，申请回避。")


def report(task: Task, ordered: Rectification, text: str) -> None:
    """The platform says what it has put right."""
    rectifications.report(
        actor=task.holder.filer, rectification=fresh(ordered), text=text, received_at=clock.now(),
        uploads=[upload("rectification_report", Purpose.EVIDENCE)],
    )  # fmt: skip


def fresh(rectification: Rectification) -> Rectification:
    """The rectification as it stands now."""
    found = Rectification.objects.select_related(
        "title__platform__organisation", "title__platform__district", "evaluation"
    )
    return found.get(pk=rectification.pk)
