"""How the filing year stands: what a district officer, the city and the auditor read as pictures (Art. 10, 11).

Everything is counted from the applications the person may see, by a constant number of queries; nothing of another district is
in any figure of a district officer's page.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from statistics import median
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.actors import Actor
from accounts.models import District, Role
from applications import selectors as applications
from applications.models import Application, Call, Correction, CorrectionItem
from applications.wording import part_label
from desk import charts
from lifecycle import deadlines
from lifecycle.models import StepRecord
from lifecycle.workdays import calendar
from review import checklist
from review.models import Sample
from supervision.reporting import days
from timekeeping import clock
from timekeeping.workdays import UnknownYear, WorkCalendar

BEFORE_FILING = ("draft", "awaiting_signature")
# fmt: off
# The road as its steps: who took the step has reached the stage, whatever came after.
STAGES: tuple[tuple[str, str], ...] = (
    ("submit",          "提交申报"),
    ("accept",          "县区受理"),
    ("recommend",       "县区推荐"),
    ("admit",           "市级受理"),
    ("shortlist",       "列入推荐认定名单"),
    ("pass_inspection", "现场核查通过"),
    ("publish",         "社会公示"),
    ("certify",         "认定"),
)
# A state in which somebody must act, and the parameter that gives the term in working days (empty: until a date of the call).
WAITS: tuple[tuple[str, str, str], ...] = (
    ("submitted",   "县区受理",     "accept_workdays"),
    ("returned",    "申报单位补正", "correction_workdays"),
    ("accepted",    "县区初审推荐", ""),
    ("recommended", "县区报送",     ""),
    ("forwarded",   "市级受理",     "intake_workdays"),
)
# fmt: on


@dataclass(frozen=True)
class Stage:
    """How many applications ever reached a stage, of those that reached the one before and of all."""

    label: str
    count: int
    before: int
    all: int

    @property
    def conversion(self) -> Fraction | None:
        return Fraction(self.count, self.before) if self.before else None

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.count, self.all) if self.all else None


@dataclass(frozen=True)
class Wait:
    """Working days used in a state by the stays that have ended; ``running`` stays go on, ``unknown`` cannot be counted yet."""

    label: str
    term: int | None
    used: tuple[int, ...] = ()
    running: int = 0
    unknown: int = 0

    @property
    def middle(self) -> float | None:
        return median(self.used) if self.used else None

    @property
    def middle_words(self) -> str:
        """The middle as people read it: 3, 2.5, or nothing."""
        return "" if self.middle is None else f"{self.middle:g}"

    @property
    def longest(self) -> int | None:
        return max(self.used, default=None)

    @property
    def beyond(self) -> int | None:
        """How many stays were longer than the term."""
        return None if self.term is None else sum(one > self.term for one in self.used)


@dataclass(frozen=True)
class Satisfaction:
    """A closed sample."""

    sample: Sample

    @property
    def share(self) -> Fraction:
        return Fraction(self.sample.satisfied or 0, self.sample.reached or 1)


@dataclass(frozen=True)
class Place:
    """A district on the tile diagram."""

    district: District
    filed: int
    recommended: int
    shade: str


@dataclass(frozen=True)
class Figures:
    """Everything on the page."""

    call: Call
    stages: tuple[Stage, ...]
    waits: tuple[Wait, ...]
    satisfaction: tuple[Satisfaction, ...]
    unanswered: int
    reasons: tuple[tuple[str, int], ...]
    spans: tuple[charts.Span, ...]
    places: tuple[Place, ...] = field(default=())


def calls(actor: Actor) -> list[Call]:
    """The calls there may be figures of, newest first."""
    return list(Call.objects.exclude(state="draft").prefetch_related("extensions", "notices").order_by("-year"))


def figures(actor: Actor, call: Call, district: District | None = None) -> Figures:
    """The figures of one call within what the person may see, narrowed to a district where one is given."""
    visible = applications.visible_to(actor).filter(call=call).exclude(state__in=BEFORE_FILING).order_by()
    cases = visible.filter(district=district) if district else visible
    records = _records(cases)
    samples = list(_samples(cases))
    own = district or actor.district
    return Figures(
        call=call,
        stages=tuple(_stages(records)),
        waits=tuple(_waits(records, call)),
        satisfaction=tuple(Satisfaction(one) for one in samples if one.reached),
        unanswered=sum(not one.reached for one in samples),
        reasons=tuple(_reasons(cases)),
        spans=tuple(_spans(call, own, cases)),
        places=tuple(_places(visible, records_of_district(visible))) if actor.role != Role.DISTRICT_OFFICER else (),
    )


Line = tuple[UUID, str, str, str, datetime]


def _records(cases: QuerySet[Application]) -> list[Line]:
    """(application, step, from, to, at) of all steps, in order; one query."""
    found = StepRecord.objects.filter(subject_type=Application.SUBJECT, subject_id__in=cases.values("uuid"))
    names = ("subject_id", "step", "from_state", "to_state", "at")
    return list(found.order_by("sequence").values_list(*names))


def _stages(records: Iterable[Line]) -> Iterator[Stage]:
    reached: dict[str, set[UUID]] = defaultdict(set)
    for case, step, *_ in records:
        reached[step].add(case)
    filed = before = len(reached[STAGES[0][0]])
    for step, label in STAGES:
        count = len(reached[step])
        yield Stage(label, count, before, filed)
        before = count


def _waits(records: Iterable[Line], call: Call) -> Iterator[Wait]:
    """How long the cases stayed in each state, in working days of the published arrangements."""
    known = calendar()
    stays: dict[str, list[int | None]] = defaultdict(list)
    since: dict[UUID, tuple[str, datetime]] = {}
    for case, _, before, after, at in records:
        if before == after:
            continue
        if case in since:
            state, entered = since[case]
            stays[state].append(_workdays(known, entered, at))
        since[case] = (after, at)
    running = Counter(state for state, _ in since.values())
    for state, label, parameter in WAITS:
        used = tuple(one for one in stays[state] if one is not None)
        term = getattr(call.parameters, parameter) if parameter else None
        yield Wait(label, term, used, running[state], len(stays[state]) - len(used))


def _workdays(known: WorkCalendar, entered: datetime, left: datetime) -> int | None:
    """Working days after the day of entry up to the day of leaving; None where a year is not published."""
    first, last = (moment.astimezone(clock.SHANGHAI).date() for moment in (entered, left))
    try:
        return known.remaining(first, last)
    except UnknownYear:
        return None


def _samples(cases: QuerySet[Application]) -> QuerySet[Sample]:
    closed = Sample.objects.filter(application__in=cases, state="closed").select_related("application__district")
    return closed.order_by("application__district__order", "application__platform_name", "pk")


def _reasons(cases: QuerySet[Application]) -> list[tuple[str, int]]:
    """What applications were returned for, by item of the checklist (or the part where none was named), most often first."""
    found = CorrectionItem.objects.filter(correction__application__in=cases).order_by()
    named = {item.key: item.label for item in checklist.ITEMS}
    counted: Counter[str] = Counter()
    for part, key, item, number in found.values_list("part", "key", "item").annotate(number=Count("pk")):
        counted[named.get(item) or part_label(part, key)] += number
    return counted.most_common()


def _spans(call: Call, district: District | None, cases: QuerySet[Application]) -> Iterator[charts.Span]:
    """The year: filing, the district's review, running corrections, notices, and the yearly reports that follow."""
    pk = district.pk if district else None
    opens = call.opens_at.astimezone(clock.SHANGHAI).date()
    yield charts.Span("网上申报", opens, deadlines.last_day(call.closes_at_for(pk)), "第十条")
    yield charts.Span("县区初审推荐", opens, deadlines.last_day(call.district_due_at_for(pk)), "第十一条")
    yield from _corrections(cases)
    for notice in call.notices.all():
        if notice.state == "published":
            yield charts.Span("社会公示", notice.starts_on, notice.ends_on, "第十四条")
    yield from _reports(call.year)


def _corrections(cases: QuerySet[Application]) -> Iterator[charts.Span]:
    """The corrections that run now, as one period."""
    found = Correction.objects.filter(application__in=cases.filter(state="returned")).order_by("pk")
    running = {one.application_id: one for one in found}.values()
    if running:
        first = min(one.returned_at for one in running).astimezone(clock.SHANGHAI).date()
        last = max(deadlines.last_day(one.due_at) for one in running)
        yield charts.Span(f"补正中（{len(running)}件）", first, last, "第十一条")


def _reports(year: int) -> Iterator[charts.Span]:
    known = days.days_of(year, calendar())
    platform, district = known.platform.named, known.district.named
    yield charts.Span("平台年度报告", platform.replace(month=1, day=1), platform, "第十七条")
    yield charts.Span("县区汇总报送", platform.replace(month=1, day=1), district, "第十八条")


def records_of_district(cases: QuerySet[Application]) -> dict[int, int]:
    """District → applications that its district ever recommended."""
    steps = StepRecord.objects.filter(subject_type=Application.SUBJECT, step="recommend")
    taken = cases.filter(uuid__in=steps.values("subject_id")).values_list("district").annotate(number=Count("pk"))
    return dict(taken)


def _places(cases: QuerySet[Application], recommended: dict[int, int]) -> Iterator[Place]:
    """Every district and zone in its order, also those without an application."""
    filed = dict(cases.values_list("district").annotate(number=Count("pk")))
    most = max(filed.values(), default=0)
    for district in District.objects.order_by("order", "slug"):
        number = filed.get(district.pk, 0)
        shade = "many" if 2 * number > most else "some"
        yield Place(district, number, recommended.get(district.pk, 0), shade if number else "none")
