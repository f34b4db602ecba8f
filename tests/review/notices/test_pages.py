"""The pages of the proposed list and the notices."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from lifecycle.workdays import enter_year
from review.models import Notice
from review.scans import notices as scan
from tests import cast
from tests.files import corpus
from tests.review import stage
from tests.review.stage import City, fresh
from timekeeping import clock


@pytest.fixture
def officer(city: City) -> Client:
    client = Client()
    client.force_login(city.officer.user)
    return client


def hidden(page: str, name: str) -> str:
    return str(BeautifulSoup(page, "html.parser").find(attrs={"name": name})["value"])


def test_several_platforms_are_chosen_at_once_with_a_result_each(city: City, officer: Client) -> None:
    chosen = [city.inspected() for _ in range(3)]
    address = f"/review/desk/notices/{city.call.uuid}/proposal/"
    query = {"do": "propose", "applications": [str(a.uuid) for a in chosen]}
    page = officer.get(address, query).content.decode()
    assert [a.platform_name in page for a in chosen] == [True] * 3
    typed: dict[str, Any] = {**query, **{f"{a.uuid}-version": a.version for a in chosen}}
    typed[f"{chosen[2].uuid}-version"] = 1
    answer = officer.post(address, typed, follow=True).content.decode()
    assert "2家平台已列入拟认定名单" in answer and f"“{chosen[2].platform_name}”没有办理" in answer
    assert [fresh(a).state for a in chosen] == ["proposed", "proposed", "inspection_passed"]


def test_every_platform_left_out_needs_its_own_reason(city: City, officer: Client) -> None:
    first, second = city.inspected(), city.inspected()
    address = f"/review/desk/notices/{city.call.uuid}/proposal/"
    typed = {
        "do": "not_propose",
        "applications": [str(first.uuid), str(second.uuid)],
        f"{first.uuid}-reason": "排名靠后",
    }
    assert officer.post(address, typed).status_code == 422
    assert [fresh(a).state for a in (first, second)] == ["inspection_passed", "inspection_passed"]
    officer.post(address, {**typed, f"{second.uuid}-reason": "场地不符"})
    assert [fresh(a).state for a in (first, second)] == ["not_proposed", "not_proposed"]


def test_a_notice_is_drafted_previewed_published_by_forms(city: City, officer: Client) -> None:
    application = city.proposed()
    address = f"/review/desk/notices/{city.call.uuid}/draft/"
    page = officer.get(address).content.decode()
    assert hidden(page, "starts_on") == "2026-06-02" and hidden(page, "ends_on") == "2026-06-15"
    says = {
        **vars(city.says()),
        "applications": [str(application.uuid)],
        "form_key": hidden(page, "form_key"),
        "do": "save",
    }
    notice_url = officer.post(address, says)["Location"]
    notice = Notice.objects.get()
    assert notice_url == notice.get_absolute_url()
    assert officer.get(f"{notice_url}preview.pdf").getvalue().startswith(b"%PDF")
    page = officer.get(f"{notice_url}publish/").content.decode()
    record = {
        "portal_url": "https://gxj.km.gov.cn/1.html", "published_at": "2026-06-01T08:30",
        "override_reason": "", "form_key": hidden(page, "form_key"), "version": hidden(page, "version"),
    }  # fmt: skip
    assert officer.post(f"{notice_url}publish/", record).status_code == 422
    capture = SimpleUploadedFile("页面.png", corpus.png(), "image/png")
    assert officer.post(f"{notice_url}publish/", {**record, "capture": capture}).status_code == 302
    assert fresh(notice).state == "published" and fresh(application).state == "on_notice"


def test_the_dates_are_calculated_on_request_and_nothing_is_saved(city: City, officer: Client) -> None:
    city.proposed()
    address = f"/review/desk/notices/{city.call.uuid}/draft/"
    page = officer.post(address, {"do": "dates", "planned_on": "2026-06-08", "title": "保留的标题"}).content.decode()
    assert (hidden(page, "starts_on"), hidden(page, "ends_on"), hidden(page, "title")) == (
        "2026-06-09",
        "2026-06-23",
        "保留的标题",
    )
    page = officer.post(address, {"do": "dates", "planned_on": "2026-12-25"}).content.decode()
    assert "2027年的节假日安排尚未录入" in page and Notice.objects.count() == 0


def test_the_public_page_counts_down_without_today(city: City) -> None:
    notice = city.published()
    page = Client().get(notice.public_url()).content.decode()
    assert page.index("还剩 <b>10</b> 个工作日") < page.index("<table")
    with stage.at(clock.shanghai(2026, 6, 15, 12)):
        assert "<b>今天</b>截止" in Client().get(notice.public_url()).content.decode()
    with stage.at(stage.AFTER):
        page = Client().get(notice.public_url()).content.decode()
        assert "公示已于2026年6月15日期满" in page and "还剩" not in page
        assert "公示期满" in Client().get("/review/notices/?tab=ended").content.decode()


def test_the_public_page_says_when_the_arrangement_is_not_published(city: City) -> None:
    enter_year(year=2027, document_number="测试", days=[(date(2027, 1, 1), "holiday", "元旦")], entered_by=None)
    with stage.at(clock.shanghai(2026, 12, 21, 9)):
        application = city.proposed()
        notice = city.published_with(
            application, planned_on=date(2026, 12, 21), starts_on=date(2026, 12, 22), ends_on=date(2027, 1, 5)
        )
        forget_2027()
        page = Client().get(notice.public_url())
        assert page.status_code == 200 and "放假安排未公布" in page.content.decode()


def forget_2027() -> None:
    from lifecycle.models import WorkCalendarDay, WorkCalendarYear

    WorkCalendarDay.objects.filter(year__year=2027).delete()
    WorkCalendarYear.objects.filter(year=2027).delete()


def test_drafts_are_invisible_and_published_notices_are_not(city: City) -> None:
    notice = city.drafted()
    urls = [notice.public_url(), f"{notice.public_url()}notice.pdf"]
    assert [Client().get(url).status_code for url in urls] == [404, 404]
    city.publish(notice)
    assert Client().get(urls[0]).status_code == 200
    assert Client().get(urls[1]).getvalue().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CITY_OFFICER, 200),
        (Role.AUDITOR, 200),
        (Role.DISTRICT_OFFICER, 302),
        (Role.FILER, 403),
        (Role.EXPERT, 403),
    ],
)
def test_the_desks_page_of_a_notice_opens_by_role(city: City, role: Role, status: int) -> None:
    notice = city.published()
    scope = {Role.DISTRICT_OFFICER: {"district": cast.district()}, Role.FILER: {"organisation": cast.organisation()}}
    person = cast.person("somebody", role, **scope.get(role, {}))
    client = Client()
    client.force_login(person.user)
    assert client.get(notice.get_absolute_url()).status_code == status
    assert client.post(f"{notice.get_absolute_url()}extend/").status_code == (422 if role == Role.CITY_OFFICER else 403)


def test_lists_need_the_same_number_of_queries_for_one_and_for_many(city: City, officer: Client) -> None:
    pages = {
        "/review/notices/": Client(), "/review/desk/notices/": officer, "/review/desk/objections/?tab=all": officer,
    }  # fmt: skip

    def queries() -> dict[str, int]:
        found = {}
        for address, client in pages.items():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(address).status_code == 200
            found[address] = len(captured)
        return found

    def grow() -> None:
        city.inspected()
        city.proposed()
        notice = city.published(city.proposed(), city.proposed())
        for item in notice.items.all():
            city.objection(notice, item.application, address=f"192.0.2.{item.pk}")

    grow()
    queries()
    one = queries()
    with stage.at(stage.MORNING + timedelta(hours=1)):
        grow()
        grow()
        assert queries() == one


def test_the_scan_tells_the_city_the_day_before_and_after_the_end_once(city: City) -> None:
    from lifecycle.models import Announcement

    notice = city.published()
    told = Announcement.objects.filter(subject_id=notice.uuid, kind__in=("notice_ends", "notice_ended"))
    for moment, kinds in (
        (clock.shanghai(2026, 6, 12, 9), []),
        (clock.shanghai(2026, 6, 14, 9), ["notice_ends"]),
        (clock.shanghai(2026, 6, 15, 9), ["notice_ends"]),
        (clock.shanghai(2026, 6, 16, 9), ["notice_ended", "notice_ends"]),
        (clock.shanghai(2026, 6, 17, 9), ["notice_ended", "notice_ends"]),
    ):
        with stage.at(moment):
            scan.scan(moment)
        assert sorted(set(told.values_list("kind", flat=True))) == kinds
    assert told.count() == 4
