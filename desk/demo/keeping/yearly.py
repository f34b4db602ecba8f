"""The yearly reports (Art. 17, 18): in time, late, excused, returned, missing; districts forward, one of them late."""

from dataclasses import dataclass, field
from datetime import date

from accounts.models import District
from desk.demo.city import City
from desk.demo.keeping import yearly_content
from desk.demo.keeping.holder import Holder
from desk.demo.materials import upload
from desk.demo.timeline import Story
from files.purposes import Purpose
from supervision.models import AnnualReport, DistrictReport, ReportExcuse
from supervision.reporting import content
from supervision.selectors import completeness
from supervision.services import districts, excuses, report_content, reports
from timekeeping import clock


@dataclass(frozen=True)
class Year:
    """Who reports on a year, and how it goes for those who are not simply in time; ``silent`` never report."""

    holders: tuple[int, ...]
    late: tuple[int, ...] = ()
    excused: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()


# By the year reported on. Districts forward in February, the one named in LATE_DISTRICTS in March.
YEARS: dict[int, Year] = {
    2022: Year((47, 48), late=(48,)),
    2023: Year((40, 41, 42, 45, 46, 47, 48), late=(42,), excused=(46,)),
    2024: Year((40, 41, 42, 43, 44, 45, 46, 47, 48), late=(43,), returned=(45,)),
    2025: Year((12, 19, 24, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48), late=(44,), excused=(46,), returned=(12,), silent=(43,)),
}  # fmt: skip
LATE_DISTRICTS = {2025: "dongchuan"}
REASON = "财务人员因病住院，决算数据迟至二月中旬才能核定，附医院证明。"
INCOMPLETE = "服务企业清单缺少两家企业的服务日期，典型案例未写明成效，请一次补齐。"


@dataclass
class Turn:
    """One platform's report on one year."""

    holder: Holder
    year: int
    report: AnnualReport = field(init=False)

    def fresh(self) -> AnnualReport:
        """The report as it stands now."""
        return AnnualReport.objects.select_related("title__platform__district").get(pk=self.report.pk)

    def fill(self) -> None:
        """Everything the form asks, handed to the signatory."""
        filer, body = self.holder.filer, self.holder.body
        self.report = reports.create(actor=filer, title=self.holder.title, year=self.year)
        for key, data in yearly_content.sections(body, self.year).items():
            report_content.save_section(actor=filer, report=self.report, key=key, data=data, revision=0)
        for kind, rows in yearly_content.lists(body, self.year).items():
            report_content.write_list(actor=filer, report=self.report, kind=kind, rows=rows)
        reports.request_signature(actor=filer, report=self.fresh())

    def sign(self) -> None:
        """The signed scan bound to the fingerprint, and the report filed, or filed again."""
        report, signatory = self.fresh(), self.holder.signatory
        mark = content.fingerprint(content.content_of(report))
        scan = upload("signed_annual_report", Purpose.SIGNED)
        report_content.attach_scan(actor=signatory, report=report, upload=scan, fingerprint=mark)
        send = reports.resubmit if report.state == "returned" else reports.submit
        send(actor=signatory, report=report, fingerprint=mark, received_at=clock.now())

    def complete(self) -> None:
        """What the district asked for, put in and filed again."""
        data = yearly_content.sections(self.holder.body, self.year)["performance"]
        data |= {"cases": "帮助示例精密机械企业完成产线改造，交付周期由四十天缩短到二十八天。"}
        report_content.save_section(
            actor=self.holder.filer, report=self.fresh(), key="performance", data=data, revision=1
        )
        self.sign()


def schedule(city: City) -> None:
    """Put every January and February on the timeline."""
    for year, plan in YEARS.items():
        city.timeline.add(january(city, year, plan))


def january(city: City, year: int, plan: Year) -> Story:
    """One round of reports, from the first working days of January to the city's receipt."""
    timeline = city.timeline
    yield timeline.on(date(year + 1, 1, 4))
    city.say(f"{year}年度总结和{year + 1}年计划：报送、退回、逾期、说明、县区报送")
    for place, number in enumerate(plan.holders):
        if number not in plan.silent:
            timeline.add(report(Turn(Holder(city, number), year), plan, place))
    for district in District.objects.order_by("order", "slug"):
        timeline.add(forward(city, district, year))


def report(turn: Turn, plan: Year, place: int) -> Story:
    """One platform's report, up to the district's acceptance."""
    timeline, number, year = turn.holder.timeline, turn.holder.number, turn.year
    if number in plan.excused:
        yield timeline.on(date(year + 1, 1, 28), hour=11)
        excuse = excuses.file(
            actor=turn.holder.filer, title=turn.holder.title, year=year, reason=REASON, evidence=upload("findings")
        )
        yield timeline.on(date(year + 1, 2, 5), hour=10)
        excuses.accept(actor=turn.holder.city.cast["city3"], excuse=ReportExcuse.objects.get(pk=excuse.pk))
    late = number in plan.late or number in plan.excused
    yield timeline.on(date(year + 1, 2, 16) if late else date(year + 1, 1, 5 + place % 6), hour=10, minute=number)
    turn.fill()
    yield timeline.in_workdays(1, hour=15, minute=number)
    turn.sign()
    yield timeline.in_workdays(2, hour=9, minute=number)
    officer = turn.holder.officer
    if number in plan.returned:
        reports.return_for_completion(actor=officer, report=turn.fresh(), reason=INCOMPLETE)
        yield timeline.in_workdays(3, hour=14)
        turn.complete()
        yield timeline.in_workdays(1, hour=16)
    reports.accept(actor=officer, report=turn.fresh())


def forward(city: City, district: District, year: int) -> Story:
    """The district's report to the city, a supplementary one for what came later, and the city's receipt of both."""
    timeline, officer = city.timeline, city.cast.officer(district)
    late = LATE_DISTRICTS.get(year) == district.slug
    yield timeline.on(date(year + 1, 3, 4) if late else date(year + 1, 2, 12), hour=15, minute=district.pk)
    whole = completeness.of_district(district, year)
    if not whole.owed:
        return
    sent = [districts.forward(actor=officer, year=year, note="已逐一核对，未报送的已书面催报。")]
    yield timeline.in_workdays(9, hour=10, minute=district.pk)
    if completeness.accepted(district, year):
        sent.append(districts.forward(actor=officer, year=year, note="补充报送逾期收到的年度报告。"))
    yield timeline.in_workdays(3, hour=11, minute=district.pk)
    for one in sent:
        districts.receive(actor=city.cast["city2"], report=DistrictReport.objects.get(pk=one.pk))
