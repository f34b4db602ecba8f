"""An administrator enters the next year's arrangement; nobody else does, and nonsense is refused at the field."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import Role
from lifecycle import workdays
from lifecycle.models import WorkCalendarYear
from lifecycle.workdays import calendar, enter_year
from tests import cast

pytestmark = pytest.mark.django_db

YEAR = 2029
GOOD = {
    "year": YEAR,
    "document_number": "国办发明电〔2028〕1号",
    "days": "2029-01-01 放假 元旦\n2029-01-06 上班 元旦调休\n",
}


CHECKED = GOOD | {"do": "enter"}


def browser(role: Role) -> Client:
    client = Client()
    client.force_login(cast.person("admin", role).user)
    return client


@pytest.fixture(autouse=True)
def in_2028() -> object:
    from timekeeping import clock

    with clock.frozen(clock.shanghai(2028, 11, 20, 9)):
        yield


def test_a_year_is_entered_and_counts_at_once() -> None:
    assert browser(Role.SYSADMIN).post("/desk/workdays/enter/", CHECKED).status_code == 302
    entered = WorkCalendarYear.objects.get(year=YEAR)
    assert (entered.document_number, entered.entered_by.username) == ("国办发明电〔2028〕1号", "admin")
    assert calendar().count(date(YEAR, 1, 1), date(YEAR, 1, 7)) == 5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": "2029-01-01 休息 元旦"}, "第1行"),
        ({"days": "2029-01-01 放假 元旦\n2029-01-02 上班 补班"}, "不需要标为调休上班"),
        ({"days": "2028-01-01 放假 元旦"}, "不在2029年内"),
        ({"days": "2029-01-01 放假 元旦\n2029-01-01 放假 元旦"}, "出现两次"),
        ({"days": "2029-01-06 上班 元旦"}, "没有任何放假日"),
        ({"year": 2031}, "只公布到下一年度"),
        ({"document_number": ""}, "请填写"),
    ],
)
def test_nonsense_is_refused_and_what_was_typed_stays(change: dict[str, object], words: str) -> None:
    response = browser(Role.SYSADMIN).post("/desk/workdays/enter/", GOOD | change)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert str((GOOD | change)["days"]).split("\n")[0] in page
    assert not WorkCalendarYear.objects.filter(year__gte=YEAR).exists()


def test_a_year_is_not_entered_twice() -> None:
    client = browser(Role.SYSADMIN)
    client.post("/desk/workdays/enter/", CHECKED)
    for again in (GOOD, CHECKED):
        assert "已经录入" in client.post("/desk/workdays/enter/", again).content.decode()
    assert WorkCalendarYear.objects.filter(year=YEAR).count() == 1


def test_a_year_that_a_colleague_enters_at_the_same_moment_is_said_at_the_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workdays, "problems_of", lambda *_: [])
    client = browser(Role.SYSADMIN)
    first, late = (client.post("/desk/workdays/enter/", CHECKED) for _ in range(2))
    assert (first.status_code, late.status_code, "已经录入" in late.content.decode()) == (302, 422, True)
    assert WorkCalendarYear.objects.filter(year=YEAR).count() == 1


def test_what_was_read_is_shown_before_it_counts() -> None:
    client = browser(Role.SYSADMIN)
    shown = client.post("/desk/workdays/enter/", GOOD)
    page = BeautifulSoup(shown.content, "html.parser")
    rows = [[cell.get_text() for cell in row.select("td")] for row in page.select("tbody tr")]
    assert rows == [["2029-01-01", "星期一", "放假", "元旦"], ["2029-01-06", "星期六", "调休上班", "元旦调休"]]
    # 2029 has 261 days from Monday to Friday; one is free, one Saturday is worked.
    assert "全年工作日261 天" in page.select_one("main").get_text()
    assert (shown.status_code, WorkCalendarYear.objects.filter(year=YEAR).exists()) == (200, False)
    form = page.select_one("main form")
    sent = {one["name"]: one.get("value") or one.get_text() for one in form.select("input, textarea")}
    back = client.post("/desk/workdays/enter/", sent | {"do": "change"}).content.decode()
    assert "2029-01-06 上班 元旦调休" in back and not WorkCalendarYear.objects.filter(year=YEAR).exists()
    assert client.post("/desk/workdays/enter/", sent | {"do": "enter"}).status_code == 302
    assert WorkCalendarYear.objects.get(year=YEAR).days.count() == 2


def test_the_administrators_desk_asks_for_the_year_that_is_missing() -> None:
    client = browser(Role.SYSADMIN)
    for year in (2027, 2028):
        enter_year(year=year, document_number="测试", days=[(date(year, 1, 1), "holiday", "元旦")], entered_by=None)
    assert "2029年放假安排尚未录入" in client.get("/desk/").content.decode()
    assert 'value="2029"' in client.get("/desk/workdays/enter/").content.decode()
    client.post("/desk/workdays/enter/", CHECKED)
    assert "放假安排尚未录入" not in client.get("/desk/").content.decode()
    officer = Client()
    officer.force_login(cast.city_officer().user)
    assert "放假安排尚未录入" not in officer.get("/desk/").content.decode()


@pytest.mark.parametrize(("role", "reads"), [(Role.CITY_OFFICER, 200), (Role.AUDITOR, 200), (Role.FILER, 403)])
def test_others_read_at_most(role: Role, reads: int) -> None:
    scope = {"organisation": cast.organisation()} if role == Role.FILER else {}
    client = Client()
    client.force_login(cast.person("x", role, **scope).user)
    assert client.get("/desk/workdays/").status_code == reads
    assert client.post("/desk/workdays/enter/", GOOD).status_code == 403
