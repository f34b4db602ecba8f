"""A city with two of everything, and one bare subject of every life put into any state past the machine.

Only the exhaustive matrices write states: they ask the engine about stages that no story reaches cheaply.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property

from django.db import connection

from accounts import actors
from accounts.actors import Actor
from accounts.models import Capacity, Role
from applications.models import Application, ApplicationVersion, Call
from files.models import StoredFile
from lifecycle.subject import Subject, model_of
from registry.models import Claim, Plaque, Platform, Title, TitleImport
from regulation.evaluation import DEFAULT_CRITERIA
from review.models import (
    Complaint,
    IdentityOpening,
    Inspection,
    Inspector,
    Meeting,
    Notice,
    Objection,
    Panel,
    PanelCase,
    Sample,
    ScoreSheet,
    SummarySheet,
)
from supervision.models import (
    Activity,
    AnnualReport,
    Change,
    Check,
    DistrictReport,
    Ending,
    Evaluation,
    Invitation,
    Rectification,
    ReportExcuse,
    Resolution,
)
from tests import cast
from timekeeping import clock

OUT_OF_REACH = {
    "other filer", "other signatory", "other district", "other expert", "other inspector", "evaluator",
}  # fmt: skip


class World:
    """Persons who do or do not reach the case of one organisation in 盘龙区."""

    def __init__(self) -> None:
        self.body = cast.organisation()
        self.other_body = cast.organisation("另一示例单位", "wuhua")
        self.personas: dict[str, Actor] = {
            "own filer": cast.filer(self.body),
            "own signatory": cast.signatory(self.body),
            "other filer": cast.filer(self.other_body, "other_filer"),
            "other signatory": cast.signatory(self.other_body, "other_signatory"),
            "own district": cast.district_officer(),
            "other district": cast.district_officer("wuhua", "wuhua"),
            "city officer": cast.city_officer(),
            "assigned expert": cast.person("expert", Role.EXPERT),
            "other expert": cast.person("other_expert", Role.EXPERT),
            "assigned inspector": cast.person("inspector", Role.INSPECTOR),
            "other inspector": cast.person("other_inspector", Role.INSPECTOR),
            "evaluator": cast.person("evaluator", Role.EVALUATOR),
            "auditor": cast.person("auditor", Role.AUDITOR),
            "sysadmin": cast.person("sysadmin", Role.SYSADMIN),
            "public": actors.public,
            "system": actors.system,
        }
        # The same person is assigned as expert and as third party.
        expert = self.personas["assigned expert"].user
        self.personas["assigned evaluator"] = actors.acting(Capacity.objects.create(user=expert, role=Role.EVALUATOR))

    def subject(self, life: str, state: str) -> Subject:
        """A subject of the life in the state; the same row every time, the state written past the machine."""
        subject = getattr(self, life)
        table = model_of(life)._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET state = %s WHERE id = %s", [state, subject.pk])  # noqa: S608
        return model_of(life)._default_manager.get(pk=subject.pk)

    def fresh(self, life: str) -> Subject:
        """An unsaved subject of the life, for its creating steps."""
        return FRESH[life](self)

    def _saved(self, life: str) -> Subject:
        """A stored subject in its first state."""
        subject = self.fresh(life)
        subject.__dict__["state"] = FIRST[life]
        subject.save()
        return subject

    @cached_property
    def file(self) -> StoredFile:
        return cast.stored_file()

    @cached_property
    def call(self) -> Subject:
        return self._saved("call")

    @cached_property
    def application(self) -> Subject:
        return self._saved("application")

    @cached_property
    def version(self) -> ApplicationVersion:
        return ApplicationVersion.objects.create(
            application=self.application, number=1, content={}, fingerprint="0" * 64, submitted_at=clock.now(),
            submitted_by=self.personas["own signatory"].user,
        )  # fmt: skip

    @cached_property
    def summary(self) -> Subject:
        return self._saved("summary")

    @cached_property
    def sample(self) -> Subject:
        return self._saved("sample")

    @cached_property
    def panel(self) -> Subject:
        return self._saved("panel")

    @cached_property
    def case(self) -> PanelCase:
        return PanelCase.objects.create(panel=self.panel, application=self.application)

    @cached_property
    def score_sheet(self) -> Subject:
        return self._saved("score_sheet")

    @cached_property
    def inspection(self) -> Subject:
        inspection = self._saved("inspection")
        Inspector.objects.create(inspection=inspection, user=self.personas["assigned inspector"].user, is_lead=True)
        return inspection

    @cached_property
    def notice(self) -> Subject:
        return self._saved("notice")

    @cached_property
    def objection(self) -> Subject:
        return self._saved("objection")

    @cached_property
    def meeting(self) -> Subject:
        return self._saved("meeting")

    @cached_property
    def platform(self) -> Platform:
        return Platform.objects.create(organisation=self.body, name="示例平台", district=self.body.district)

    @cached_property
    def claim(self) -> Subject:
        return self._saved("claim")

    @cached_property
    def title_import(self) -> Subject:
        return self._saved("title_import")

    @cached_property
    def title(self) -> Subject:
        return self._saved("title")

    @cached_property
    def plaque(self) -> Subject:
        return self._saved("plaque")

    @cached_property
    def check(self) -> Subject:
        return self._saved("check")

    @cached_property
    def activity(self) -> Subject:
        return self._saved("activity")

    @cached_property
    def invitation(self) -> Subject:
        return self._saved("invitation")

    @cached_property
    def complaint(self) -> Subject:
        return self._saved("complaint")

    @cached_property
    def disclosure(self) -> Subject:
        return self._saved("disclosure")

    @cached_property
    def change(self) -> Subject:
        return self._saved("change")

    @cached_property
    def ending(self) -> Subject:
        return self._saved("ending")

    @cached_property
    def resolution(self) -> Subject:
        return self._saved("resolution")

    @cached_property
    def annual_report(self) -> Subject:
        return self._saved("annual_report")

    @cached_property
    def report_excuse(self) -> Subject:
        return self._saved("report_excuse")

    @cached_property
    def district_report(self) -> Subject:
        return self._saved("district_report")

    @cached_property
    def evaluation(self) -> Subject:
        return self._saved("evaluation")

    @cached_property
    def rectification(self) -> Subject:
        return self._saved("rectification")


def _call(world: World) -> Call:
    now = clock.now()
    return Call(
        year=now.year, title="申报通知", opens_at=now, closes_at=now + timedelta(days=1), requirements="见通知",
        district_due_at=now + timedelta(days=2), contact="0871-63135193",
    )  # fmt: skip


def _application(world: World) -> Application:
    return Application(
        call=world.call, organisation=world.body, district=world.body.district, platform_name="示例平台",
        created_by=world.personas["own filer"].user,
    )  # fmt: skip


def _summary(world: World) -> SummarySheet:
    return SummarySheet(
        call=world.call, district=world.body.district, number=1, scan=world.file, letter_number="盘工信〔2026〕1号",
        fingerprint="0" * 64, forwarded_at=clock.now(), forwarded_by=world.personas["own district"].user,
    )  # fmt: skip


def _sample(world: World) -> Sample:
    return Sample(
        application=world.application, application_version=world.version, frame_size=100, required=10, reserve=10, seed="seed",
        frame_hash="0" * 64, drawn_by=world.personas["own district"].user,
    )  # fmt: skip


def _panel(world: World) -> Panel:
    due = clock.now() + timedelta(days=5)
    return Panel(call=world.call, name="专家组", declare_due_at=due, score_due_at=due)


def _score_sheet(world: World) -> ScoreSheet:
    return ScoreSheet(case=world.case, expert=world.personas["assigned expert"].user, total=80, locked_at=clock.now())


def _inspection(world: World) -> Inspection:
    return Inspection(
        application=world.application, visit_on=clock.today(), place="示例路1号", conclusion="pass", opinion="属实"
    )


def _notice(world: World) -> Notice:
    return Notice(
        call=world.call, title="公示", planned_on=clock.today(), starts_on=clock.today(), ends_on=clock.today() + timedelta(days=15), phone="1",
        supervision_phone="2", address="锦绣大街1号", portal_url="http://localhost/notice", portal_published_at=clock.now(),
        capture=world.file,
    )  # fmt: skip


def _objection(world: World) -> Objection:
    return Objection(
        receipt_number="YY-1",
        year=2026,
        sequence=1,
        notice=world.notice,
        application=world.application,
        signed="person",
        content="不实",
    )


def _meeting(world: World) -> Meeting:
    return Meeting(
        call=world.call, kind="party_group", held_on=clock.today(), minutes_number="1", minutes=world.file,
        attendance="全体", entered_by=world.personas["city officer"].user,
    )  # fmt: skip


def _title(world: World) -> Title:
    return Title(
        platform=world.platform, number="KM-1", year=2026, sequence=1, platform_name="示例平台", operator_name="示例单位",
        credit_code=world.body.credit_code, district=world.body.district, decided_on=clock.today(),
        valid_from=clock.today(), valid_to=clock.today() + timedelta(days=1095),
    )  # fmt: skip


def _plaque(world: World) -> Plaque:
    return Plaque(title=world.title, serial="P-1", year=2026, sequence=1)


def _annual_report(world: World) -> AnnualReport:
    return AnnualReport(
        title=world.title, district=world.body.district, year=clock.today().year - 1, first_submitted_at=clock.now(),
        created_by=world.personas["own filer"].user,
    )  # fmt: skip


def _report_excuse(world: World) -> ReportExcuse:
    filed_by = world.personas["own filer"].user
    return ReportExcuse(title=world.title, year=clock.today().year - 1, reason="系统故障", filed_by=filed_by)


def _district_report(world: World) -> DistrictReport:
    return DistrictReport(
        district=world.body.district, year=clock.today().year - 1, number=1, forwarded_at=clock.now(),
        forwarded_by=world.personas["own district"].user,
    )  # fmt: skip


def _claim(world: World) -> Claim:
    return Claim(
        organisation=world.body, receipt_number="RL-1", year=2026, sequence=1, role="filer", name="认领人", phone="13800000009",
        email="claim@example.com", letter=world.file,
    )  # fmt: skip


def _title_import(world: World) -> TitleImport:
    return TitleImport(file=world.file, source="历年文件", uploaded_by=world.personas["sysadmin"].user)


def _complaint(world: World) -> Complaint:
    return Complaint(
        receipt_number="TS-1",
        year=2026,
        sequence=1,
        about="platform",
        title=world.title,
        signed="anonymous",
        content="不实",
    )


def _disclosure(world: World) -> IdentityOpening:
    auditor = world.personas["auditor"]
    return IdentityOpening(complaint=world.complaint, opened_by=auditor.user, role=auditor.role, reason="监督检查")


def _change(world: World) -> Change:
    return Change(
        title=world.title, organisation=world.body, district=world.body.district, kind="platform_name",
        values={"platform_name": "新名称"}, before={"platform_name": "示例平台"}, completed_on=clock.today(), year=2026,
        district_sequence=1, city_sequence=1, district_receipt="Q-1", city_receipt="S-1",
        filed_by=world.personas["own filer"].user,
    )  # fmt: skip


def _ending(world: World) -> Ending:
    return Ending(
        title=world.title, kind="cancel", ground="absences", facts_on=clock.today(), findings="两次无故缺席", delivered_on=clock.today(),
        reply_due_at=clock.now(), opened_by=world.personas["city officer"].user,
    )  # fmt: skip


def _resolution(world: World) -> Resolution:
    return Resolution(
        kind="party_group", held_on=clock.today(), minutes_number="1", minutes=world.file, attendance="全体",
        entered_by=world.personas["city officer"].user,
    )  # fmt: skip


def _check(world: World) -> Check:
    return Check(
        title=world.title, district=world.body.district, kind="visit", checked_on=clock.today(), people="两人", findings="正常",
        follow_up_by=clock.today(), followed_up_on=clock.today(), recorded_by=world.personas["own district"].user,
    )  # fmt: skip


def _activity(world: World) -> Activity:
    return Activity(
        name="政策宣讲会", level="city", organiser="市工业和信息化局", starts_at=clock.now() + timedelta(days=1), place="会议中心",
        content="政策宣讲", contact="0871-63135193", announced_by=world.personas["city officer"].user,
    )  # fmt: skip


def _invitation(world: World) -> Invitation:
    city = world.personas["city officer"].user
    return Invitation(
        activity=world.activity, title=world.title, way="system", served_on=clock.today(), served_by=city, marked_by=city,
        marked_at=clock.now(),
    )  # fmt: skip


def _evaluation(world: World) -> Evaluation:
    today = clock.today()
    return Evaluation(
        title=world.title, evaluator=world.personas["assigned expert"].user, body="示例测评机构", assignment="按指标测评",
        commission_paper=world.file, contract_from=today, contract_to=today + timedelta(days=60), due_on=today + timedelta(days=30),
        criteria=DEFAULT_CRITERIA.pin(), commissioned_by=world.personas["city officer"].user, declared_at=clock.now(),
        submitted_at=clock.now(), proposal="pass",
    )  # fmt: skip


def _rectification(world: World) -> Rectification:
    today = clock.today()
    return Rectification(
        title=world.title, evaluation=world.evaluation, number="ZG-1", grounds="见测评报告", ordered_on=today,
        ordered_by=world.personas["city officer"].user, due_on=today + timedelta(days=60), rechecked_on=today, findings="属实",
    )  # fmt: skip


FRESH: dict[str, Callable[[World], Subject]] = {
    "call": _call, "application": _application, "summary": _summary, "sample": _sample, "panel": _panel, "score_sheet": _score_sheet,
    "inspection": _inspection, "notice": _notice, "objection": _objection, "meeting": _meeting, "title": _title,
    "title_import": _title_import, "claim": _claim,
    "plaque": _plaque, "annual_report": _annual_report, "report_excuse": _report_excuse, "district_report": _district_report,
    "check": _check, "activity": _activity, "invitation": _invitation,
    "ending": _ending, "resolution": _resolution,
    "evaluation": _evaluation, "rectification": _rectification,
    "change": _change, "complaint": _complaint, "disclosure": _disclosure,
}  # fmt: skip
FIRST = {
    "call": "draft", "application": "draft", "summary": "open", "sample": "open", "panel": "forming", "score_sheet": "assigned",
    "inspection": "planned", "notice": "draft", "objection": "received", "meeting": "entered", "title": "granted",
    "title_import": "uploaded", "claim": "filed",
    "plaque": "allotted", "annual_report": "draft", "report_excuse": "filed", "district_report": "forwarded",
    "check": "recorded", "activity": "announced", "invitation": "served",
    "ending": "opened", "resolution": "entered",
    "evaluation": "commissioned", "rectification": "ordered",
    "change": "filed", "complaint": "received", "disclosure": "opened",
}  # fmt: skip
