"""Planning, the checklist on the phone, clarification, opinion and the city's step, all by the forms of the pages."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from files.pdf import fonts_of, text_of
from review.documents import inspections as papers
from review.inspection_items import ITEMS, KEYS
from review.models import Inspection
from review.selectors import inspections
from tests import cast
from tests.pages import Page, Visitor
from tests.review import making
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> list[Actor]:
    return [cast.person(name, Role.INSPECTOR) for name in ("核查员甲", "核查员乙")]


@pytest.fixture
def application(call: Call, city: Actor) -> Application:
    return making.shortlisted(call, city)


@pytest.fixture
def planned(application: Application, city: Actor, group: list[Actor]) -> Inspection:
    return making.planned(city, application, group)


def jpeg() -> SimpleUploadedFile:
    picture = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(picture, "JPEG")
    return SimpleUploadedFile("现场.jpg", picture.getvalue(), "image/jpeg")


def answer_all(inspector: Visitor, page: Page, **results: str) -> Page:
    """Fill in the items one after the other, each led to by the one before."""
    for item in ITEMS:
        button = "保存，下一项" if item.key != KEYS[-1] else "保存"
        result = results.get(item.key, "consistent")
        page = inspector.submit(page, button, {"result": result, "note": "" if result == "consistent" else "未见原件"})
    return page


def test_a_visit_from_its_planning_to_the_city_step(application: Application, city: Actor, group: list[Actor]) -> None:
    officer, inspector = Visitor(city), Visitor(group[0])
    page = officer.get(officer.get("/review/inspections/").links[application.platform_name])
    people = [str(actor.user.uuid) for actor in group]
    typed = {"visit_on": clock.today().isoformat(), "inspectors": people, "lead": people[0]}
    page = officer.submit(page, "安排并通知", typed)
    inspection = Inspection.objects.get()
    assert (page.heading, inspection.place) == (application.platform_name, application.organisation.service_address)
    page = inspector.get(inspector.get("/review/inspections/").links[application.platform_name])
    page = inspector.submit(page, "开始核查")
    assert page.heading == "服务场所"
    assert "620" in page.text
    page = inspector.submit(
        page, "上传照片", {"latitude": "24.880000", "longitude": "102.830000", "accuracy": "12"}, photo=jpeg()
    )
    assert "±12 米" in page.text
    page = answer_all(inspector, page, contracts="clarify")
    page = inspector.submit(inspector.get(page.links["要求申报单位说明"]), "发出说明要求")
    applicant = Visitor(making.applicant(application))
    page = applicant.get(inspection.get_absolute_url())
    page = applicant.submit(applicant.get(page.links["提交说明"]), "提交说明", {"text": "原件存于档案馆。"})
    assert "原件存于档案馆。" in page.text
    page = inspector.get(f"{inspection.get_absolute_url()}items/contracts/")
    page = inspector.submit(page, "保存，下一项", {"result": "consistent", "existed_at_closing": "on"})
    page = inspector.get(inspector.get(inspection.get_absolute_url()).links["提出现场核查意见"])
    page = inspector.submit(page, "提交现场核查意见", {"conclusion": "pass", "applicant_signature": "示例法人"})
    assert "现场核查意见" in page.links
    page = officer.submit(
        officer.get("/review/inspections/"), "按意见办理所选申报", {"application": str(application.uuid)}
    )
    assert "现场核查通过" in page.text
    application.refresh_from_db()
    assert application.state == "inspection_passed"


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(
    planned: Inspection, group: list[Actor]
) -> None:
    inspector = Visitor(group[0])
    page = inspector.submit(inspector.get(planned.get_absolute_url()), "开始核查")
    empty = inspector.submit(page, "保存，下一项")
    assert list(empty.soup.select_one(".error-summary").stripped_strings) == [
        "有 1 处需要更正", "请选择核查结果",
    ]  # fmt: skip
    page = inspector.submit(page, "保存，下一项", {"result": "inconsistent"})
    assert (page.status, page.errors) == (422, [e for e in page.errors if "请记录看到的情况" in e])
    assert page.soup.select_one("input[name=result][value=inconsistent]").has_attr("checked")


def test_a_file_that_is_no_picture_is_refused(planned: Inspection, group: list[Actor]) -> None:
    inspector = Visitor(group[0])
    page = inspector.submit(inspector.get(planned.get_absolute_url()), "开始核查")
    page = inspector.submit(page, "上传照片", photo=SimpleUploadedFile("现场.jpg", b"%PDF-1.4 no picture"))
    assert (page.status, len(page.errors)) == (415, 1)


def test_who_may_look(planned: Inspection, application: Application, group: list[Actor]) -> None:
    address = planned.get_absolute_url()
    stranger = cast.person("stranger", Role.INSPECTOR)
    other = cast.filer(cast.organisation("另一单位"), "other")
    expert = making.expert("nosy")
    statuses = [Visitor(actor).get(address).status for actor in (stranger, other, expert)]
    assert statuses == [404, 404, 403]
    own = (group[1], making.applicant(application), making.applicant(application, Role.SIGNATORY))
    assert [Visitor(actor).get(address).status for actor in own] == [200, 200, 200]
    assert [Visitor(actor).get(f"{address}dossier/").status for actor in (group[0], stranger)] == [200, 404]
    far = cast.district_officer("far", "guandu")
    assert Visitor(far).get(address).status == 404


def test_the_applicant_sees_no_checklist_results(
    planned: Inspection, application: Application, group: list[Actor]
) -> None:
    inspector = Visitor(group[0])
    page = inspector.submit(inspector.get(planned.get_absolute_url()), "开始核查")
    inspector.submit(page, "保存，下一项", {"result": "inconsistent", "note": "内部记录：面积偏小"})
    applicant = Visitor(making.applicant(application))
    assert "内部记录" not in applicant.get(planned.get_absolute_url()).text
    assert applicant.get(f"{planned.get_absolute_url()}items/premises/").status == 403


def test_the_checklist_prints_what_was_declared(planned: Inspection) -> None:
    data = papers.checklist(planned)
    words = text_of(data)
    assert "620" in words
    assert all(item.label in words for item in ITEMS)
    assert set(fonts_of(data).values()) == {True}


def test_the_opinion_prints_results_and_signatures_once(planned: Inspection, group: list[Actor]) -> None:
    making.inspect(planned, group)
    concluded = Inspection.objects.get()
    first, second = papers.opinion(concluded), papers.opinion(concluded)
    from files import storage

    words = text_of(storage.path_of(first.file).read_bytes())
    assert first == second
    assert all(part in words for part in ("现场情况与申报一致", "核查员甲、核查员乙", "示例法人", "核查结论：通过"))
    with pytest.raises(LookupError):
        papers.opinion(Inspection(state="planned"))


def test_group_and_applicant_are_reminded_the_day_before_once(
    application: Application, city: Actor, group: list[Actor]
) -> None:
    from lifecycle.models import Announcement
    from review.scans import inspections as scan

    visit = making.planned(city, application, group, days=2)
    for days in (0, 1, 1, 2):
        moment = clock.now() + timedelta(days=days)
        scan.scan(moment)
    told = Announcement.objects.filter(kind="visit_tomorrow", subject_id=visit.uuid)
    assert told.count() == 4


def test_the_list_needs_the_same_number_of_queries_for_one_visit_and_for_many(
    call: Call, city: Actor, planned: Inspection, group: list[Actor]
) -> None:
    officer = Visitor(city)
    officer.get("/review/inspections/")
    with CaptureQueriesContext(connection) as one:
        officer.get("/review/inspections/")
    members = [making.expert(f"more{n}") for n in range(3)]
    for application in making.shortlist_many(call, city, members, 3):
        making.planned(city, application, group)
    with CaptureQueriesContext(connection) as many:
        officer.get("/review/inspections/")
    assert len(one) == len(many)


def test_what_is_to_be_done_comes_first_then_the_newest(
    call: Call, city: Actor, planned: Inspection, group: list[Actor]
) -> None:
    members = [making.expert(f"more{n}") for n in range(3)]
    others = [making.planned(city, one, group) for one in making.shortlist_many(call, city, members, 2)]
    days = zip(others, (date(2025, 5, 1), date(2026, 5, 1)), strict=True)
    for visit, day in days:
        Inspection.objects.filter(pk=visit.pk).update(
            state="concluded", conclusion="pass", opinion="一致。", visit_on=day
        )
    assert [visit.pk for visit in inspections.listed(city)] == [planned.pk, others[1].pk, others[0].pk]
