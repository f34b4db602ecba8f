"""The district checks its platforms and looks again; others read their own (Art. 18)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.models import Announcement
from supervision.models import Check, CheckFile
from supervision.selectors import checks as selectors
from supervision.services import checks
from tests import cast, drafts
from tests.pages import Visitor
from tests.supervision import oversight
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The days these tests name lie around 23 November 2026, whatever date the suite believes in."""
    with clock.frozen(clock.shanghai(2026, 11, 23, 9)):
        yield


def test_a_check_tells_the_platform_and_is_looked_at_again() -> None:
    title, officer = build.titled("示范平台"), cast.district_officer()
    check = oversight.checked(officer, title, follow_up_in=10)
    assert (check.state, check.district, check.recorded_by) == ("recorded", officer.district, officer.user)
    told = set(Announcement.objects.filter(subject_id=check.uuid).values_list("user__name", flat=True))
    assert told == {"示范平台经办人", "示范平台签字人"}
    with clock.frozen(clock.now() + timedelta(days=5)):
        day = clock.today()
        checks.follow_up(actor=officer, check=check, followed_up_on=day, people="李明", result="台账已补齐。")
    check.refresh_from_db()
    assert (check.state, check.followed_up_on, check.result) == ("followed_up", day, "台账已补齐。")


def test_only_the_own_district_checks_a_platform() -> None:
    title = build.titled()
    with pytest.raises(NotAllowed):
        oversight.checked(cast.district_officer("wuhua", "wuhua"), title)
    assert oversight.checked(cast.district_officer(), title).state == "recorded"


def test_a_title_out_of_force_on_the_day_is_not_checked_as_one() -> None:
    officer = cast.district_officer()
    old = build.titled(valid=(date(2023, 11, 22), date(2026, 11, 22)))
    last = build.titled(valid=(date(2023, 11, 23), date(2026, 11, 23)))
    with pytest.raises(Blocked, match="不在有效期内"):
        oversight.checked(officer, old)
    assert oversight.checked(officer, last).state == "recorded"


def test_a_second_look_is_taken_once_and_only_where_asked_for() -> None:
    officer, day = cast.district_officer(), clock.today()
    idle = oversight.checked(officer, build.titled())
    with pytest.raises(Blocked, match="没有要求复查"):
        checks.follow_up(actor=officer, check=idle, followed_up_on=day, people="李明", result="好")
    asked = oversight.checked(officer, build.titled(), follow_up_in=0)
    done = checks.follow_up(actor=officer, check=asked, followed_up_on=day, people="李明", result="好")
    with pytest.raises(WrongStage):
        checks.follow_up(actor=officer, check=done, followed_up_on=day, people="李明", result="好")
    with pytest.raises(Stale):
        checks.follow_up(actor=officer, check=done, followed_up_on=day, people="李明", result="好", version=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "inspection"),
        ("checked_on", date(2026, 11, 24)),
        ("people", "  "),
        ("findings", ""),
        ("advice", ""),
        ("follow_up_by", date(2026, 11, 22)),
        ("follow_up_by", date(2028, 6, 21)),
    ],
)
def test_a_check_names_day_people_findings_and_what_to_look_at_again(field: str, value: object) -> None:
    given = {
        "kind": "visit", "checked_on": date(2026, 11, 23), "people": "李明", "findings": "正常", "advice": "继续",
        "follow_up_by": date(2026, 11, 23),
    }  # fmt: skip
    title, officer = build.titled(), cast.district_officer()
    with pytest.raises(ValidationError) as refused:
        checks.record(actor=officer, title=title, **{**given, field: value})
    assert list(refused.value.error_dict) == [field]
    assert checks.record(actor=officer, title=title, **given).follow_up_by == date(2026, 11, 23)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
def test_a_second_look_lies_between_the_check_and_today(day: date) -> None:
    officer = cast.district_officer()
    check = oversight.checked(officer, build.titled(), follow_up_in=3)
    with pytest.raises(ValidationError, match="检查日期至今天之间"):
        checks.follow_up(actor=officer, check=check, followed_up_on=day, people="李明", result="好")


def test_each_sees_the_own_checks() -> None:
    mine, other = build.titled("甲平台"), build.titled("乙平台", "wuhua")
    officer, second = cast.district_officer(), cast.district_officer("wuhua", "wuhua")
    first, foreign = oversight.checked(officer, mine), oversight.checked(second, other)
    seen = {
        "filer": build.person(mine), "district": officer, "second": second, "city": cast.city_officer("city2"),
        "auditor": cast.person("auditor", Role.AUDITOR), "evaluator": cast.person("evaluator", Role.EVALUATOR),
    }  # fmt: skip
    found = {name: set(selectors.visible_to(actor)) for name, actor in seen.items()}
    assert found == {
        "filer": {first}, "district": {first}, "second": {foreign}, "city": {first, foreign},
        "auditor": {first, foreign}, "evaluator": set(),
    }  # fmt: skip


def test_the_district_records_and_follows_up_through_the_pages_with_files() -> None:
    title, officer = build.titled("示范平台"), cast.district_officer()
    other = build.titled("别区平台", "wuhua")
    visitor = Visitor(officer)
    page = visitor.get(visitor.get(title.get_absolute_url()).links["记录一次检查"])
    assert page.soup.select_one("option[selected]")["value"] == str(title.uuid)
    assert other.platform_name not in page.text
    typed = {
        "title": str(title.uuid), "kind": "visit", "people": "李明、王芳", "findings": "台账不全。", "advice": "",
        "follow_up_by": "2026-12-01",
    }  # fmt: skip
    refused = visitor.submit(page, "记录检查", typed)
    assert (refused.status, refused.errors) == (422, ["需要复查的，请在指导意见中写明应当改进的内容。"])
    assert "台账不全。" in refused.text
    photos = [drafts.upload("现场.pdf"), drafts.upload("台账.pdf")]
    done = visitor.submit(refused, "记录检查", {**typed, "advice": "补齐台账。"}, files=photos)
    check = Check.objects.get()
    assert (done.status, check.follow_up_by) == (200, date(2026, 12, 1))
    assert [one.file.name for one in check.files.all()] == ["现场.pdf", "台账.pdf"]
    again = visitor.submit(
        visitor.get(f"/supervision/checks/{check.uuid}/follow-up/"),
        "记录复查",
        {"people": "李明", "result": "已补齐。"},
    )
    assert (again.status, "已补齐。" in again.text) == (200, True)
    check.refresh_from_db()
    assert check.state == "followed_up"


def test_the_platform_reads_its_check_and_files_and_no_other() -> None:
    title, other = build.titled("甲平台"), build.titled("乙平台")
    officer = cast.district_officer()
    upload = drafts.upload("现场.pdf")
    given = {"kind": "visit", "checked_on": clock.today(), "people": "李明", "findings": "正常", "files": [upload]}
    check = checks.record(actor=officer, title=title, **given)
    [file] = CheckFile.objects.all()
    addresses = [f"/supervision/checks/{check.uuid}/", f"/supervision/checks/{check.uuid}/files/{file.uuid}/"]
    for actor, status in ((build.person(title), 200), (build.person(other), 404)):
        visitor = Visitor(actor)
        assert [visitor.get(address).status for address in addresses] == [status, status]
        assert ("甲平台" in visitor.get("/supervision/checks/").text) is (status == 200)


def test_the_list_of_checks_costs_the_same_for_one_and_for_many() -> None:
    officer = cast.district_officer()
    oversight.checked(officer, build.titled(), follow_up_in=3)
    one = oversight.queries(officer, "/supervision/checks/")
    for _ in range(4):
        oversight.checked(officer, build.titled(), follow_up_in=3)
    assert oversight.queries(officer, "/supervision/checks/") == one
