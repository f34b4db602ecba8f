"""An administrator enters the next year's arrangement; nobody else does, and nonsense is refused at the field."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Role
from lifecycle.models import WorkCalendarYear
from lifecycle.workdays import calendar
from tests import cast

pytestmark = pytest.mark.django_db

YEAR = 2029
GOOD = {
    "year": YEAR,
    "document_number": "国办发明电〔2028〕1号",
    "days": "2029-01-01 放假 元旦\n2029-01-06 上班 元旦调休\n",
}


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
    assert browser(Role.SYSADMIN).post("/desk/workdays/enter/", GOOD).status_code == 302
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
    client.post("/desk/workdays/enter/", GOOD)
    assert "已经录入" in client.post("/desk/workdays/enter/", GOOD).content.decode()


@pytest.mark.parametrize(("role", "reads"), [(Role.CITY_OFFICER, 200), (Role.AUDITOR, 200), (Role.FILER, 403)])
def test_others_read_at_most(role: Role, reads: int) -> None:
    scope = {"organisation": cast.organisation()} if role == Role.FILER else {}
    client = Client()
    client.force_login(cast.person("x", role, **scope).user)
    assert client.get("/desk/workdays/").status_code == reads
    assert client.post("/desk/workdays/enter/", GOOD).status_code == 403
