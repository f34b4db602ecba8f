"""City intake, expert review, inspection and the proposed list (Art. 11 to 14), with a second platform beside the first."""

from decimal import Decimal

from applications.models import Application, Call
from regulation.rubric import DEFAULT_RUBRIC
from review.services import district as district_desk
from tests import cast
from tests.journey.people import EXPERTS, Journey, acting, buttons, done, follow, on
from tests.pages import Page, Visitor
from tests.review import build

SECOND = "示例翠湖服务平台"
POINTS = {"expert1": "0.9", "expert2": "0.8", "expert3": "0.85"}


def second_is_recommended(journey: Journey) -> None:
    """Another platform of the district, taken by the services to the same point of the road."""
    officer = acting("district")
    with on(8, 26):
        body = cast.organisation("示例翠湖创新有限公司")
        filer, signatory = cast.filer(body, "second filer"), cast.signatory(body, "second signatory")
        draft = cast.complete_draft(Call.objects.get(), body, filer, SECOND)
        application = cast.submit(signatory, cast.request_signature(filer, draft))
    with on(8, 27):
        application = build.ready(officer, application)
        district_desk.recommend(actor=officer, application=application, opinion="同意推荐。", order=2)


def cases_are_admitted(journey: Journey) -> None:
    """The city opens one from its desk and takes it in, and the other from the list."""
    with on(8, 31):
        city, bench = journey.owes("city", "核对推荐材料，受理或退回县区")
        done(city.submit(follow(city, bench, "市级受理"), "市级受理"), "已受理")
        page = follow(city, city.get("/desk/"), "市级受理", "批量受理")
        preview = city.submit(page, "核对后受理", {"case": values(page, "case")})
        done(city.submit(preview, "确认受理"), "已受理")
    assert set(Application.objects.values_list("state", flat=True)) == {"admitted"}


def values(page: Page, name: str) -> list[str]:
    """What the boxes of this name stand for: all are ticked."""
    return [str(one["value"]) for one in page.soup.select(f"main input[name={name}]")]


def panel_is_started(journey: Journey) -> None:
    """Three experts are drawn, both cases distributed, the review started."""
    with on(9, 1):
        city, desk = journey.desk("city")
        form = follow(city, desk, "专家评审", "组建专家组")
        terms = {"declare_due_on": "2026-09-04", "score_due_on": "2026-09-11"}
        panel = done(city.submit(form, "抽取并组建专家组", terms), "专家组已组建，共3人")
        done(city.submit(panel, "自动分派所选申报", {"application": values(panel, "application")}), "分派结果")
        city, panel = journey.owes("city", "分派齐专家后启动评审")
        done(city.submit(follow(city, panel, "启动评审"), "启动评审"), "评审已启动")


def sheets_are_locked(journey: Journey) -> None:
    """Each expert sees both cases, declares, reads the dossier, scores and submits."""
    with on(9, 3):
        for name in EXPERTS:
            for _ in range(2):
                _score(journey, name)
            assert "目前没有待办事项" in journey.desk(name)[1].heading


def _score(journey: Journey, name: str) -> None:
    expert, page = journey.owes(name, "声明利益关系后打开材料")
    assert "打开申报材料" not in " ".join(words for words, _ in page.every_link())
    sheet = done(expert.submit(page, "声明无利益关系，打开材料", {"clear": "yes"}), "已声明无利益关系")
    follow(expert, sheet, next(words for words, _ in sheet.every_link() if words.startswith("打开申报材料")))
    typed = {f"points-{item.key}": _points(item.maximum, POINTS[name]) for item in DEFAULT_RUBRIC.items}
    draft = done(expert.submit(sheet, "保存草稿", typed), "草稿已保存")
    done(
        expert.submit(draft, "提交评分（提交后不能改）", {"opinion": "材料齐全，成效明显。"}), "的评分已提交，不能再改"
    )


def _points(maximum: Decimal, share: str) -> str:
    grid = Decimal("0.5")
    return str(maximum * Decimal(share) // grid * grid)


def list_is_concluded(journey: Journey) -> None:
    """Both are put on the recommended list with the reason of the cut."""
    with on(9, 14):
        city, panel = journey.owes("city", "评分到齐后确定推荐认定名单")
        page = follow(city, panel, "确定推荐认定名单")
        ticked = {str(one["name"]): "on" for one in page.soup.select("main input[type=checkbox][name^=selected-]")}
        typed = ticked | {str(one["name"]): "服务成效突出。" for one in page.soup.select("[name^=tie-]")}
        done(city.submit(page, "确定推荐认定名单", typed | {"cut_reason": "平均分70分以上。"}), "推荐认定名单已确定")
    assert set(Application.objects.values_list("state", flat=True)) == {"shortlisted"}


def inspections_are_planned(journey: Journey) -> None:
    """The city plans a visit to each, two inspectors, the first leading."""
    with on(9, 15):
        for _ in range(2):
            city, desk = journey.desk("city")
            plan = follow(city, _unplanned(city, desk), "安排现场核查")
            people = values(plan, "inspectors")
            typed = {"visit_on": "2026-09-17", "inspectors": people, "lead": people[0]}
            done(city.submit(plan, "安排并通知", typed), "已安排现场核查")


def _unplanned(city: Visitor, desk: Page) -> Page:
    """The first case of the duty that nobody has planned yet."""
    for words, address in desk.every_link():
        if words == "安排现场核查，依核查意见确认结果":
            bench = city.get(address)
            if "安排现场核查" in bench.links:
                return bench
    raise AssertionError("every visit is planned")


def visits_are_made(journey: Journey) -> None:
    """The leader works through the checklist of each visit and writes the opinion; the city follows it."""
    with on(9, 17):
        for _ in range(2):
            _visit(journey)
    with on(9, 18):
        city, desk = journey.desk("city")
        index = follow(city, desk, "现场核查")
        done(city.submit(index, "按意见办理所选申报", {"application": values(index, "application")}), "办理结果")
    assert set(Application.objects.values_list("state", flat=True)) == {"inspection_passed"}


def _visit(journey: Journey) -> None:
    inspector, visit = journey.owes("inspector1", "按约定日期到现场核查")
    item = inspector.submit(visit, "开始核查")
    while "保存，下一项" in buttons(item):
        item = inspector.submit(item, "保存，下一项", {"result": "consistent"})
        assert item.status == 200, item.errors
    done(inspector.submit(item, "保存", {"result": "consistent"}))
    inspector, visit = journey.owes("inspector1", "逐项核对，提出现场核查意见")
    page = follow(inspector, visit, "提出现场核查意见")
    said = {
        "conclusion": "pass", "opinion": "现场情况与申报一致。", "inspector_signature": "inspector1、inspector2",
        "applicant_signature": "赵法人",
    }  # fmt: skip
    done(inspector.submit(page, "提交现场核查意见", said), "现场核查意见已提交市局")
