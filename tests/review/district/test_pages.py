"""Every page of district and city opens, says what it must, and does its step by a plain form."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.actors import Actor
from applications.models import Application, Call
from review import checklist
from review.models import CheckItem, Sample
from review.services import district, sampling
from tests import cast
from tests.review import build

pytestmark = pytest.mark.django_db
Visit = Callable[[Actor], Client]


@pytest.fixture
def visit() -> Visit:
    def as_(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.user)
        return client

    return as_


@pytest.fixture
def real(call: Call, city: Actor) -> Application:
    """An application filed through the services, with lists and files."""
    return cast.submitted_application(call)


def url(application: Application, page: str = "") -> str:
    return f"/review/applications/{application.uuid}/{page}"


def hidden(application: Application) -> dict[str, str]:
    application.refresh_from_db()
    return {"version": str(application.version)}


def test_every_part_of_the_workbench_opens(real: Application, officer: Actor, visit: Visit) -> None:
    client = visit(officer)
    for part in ("overview", *(f"{part}-{key}" for part, key in checklist.parts())):
        assert client.get(url(real), {"part": part}).status_code == 200, part


def test_the_workbench_says_article_reading_and_rows_beside_the_figures(
    call: Call, officer: Actor, visit: Visit
) -> None:
    rows = build.served(100, call.closes_at.year - 1)
    rows[2] = rows[1] | {"name": "同一企业又一次"}
    application = build.submitted(call, rows=rows, smes_year_before=0)
    client = visit(officer)
    overview = client.get(url(application), {"part": "overview"}).content.decode()
    assert "服务中小企业清单第2、3行“示例企业002有限公司”：重复的服务企业，出现2次，按一家计" in overview
    assert "基数为零，不可计算，须人工判断并说明理由" in overview
    served = client.get(url(application), {"part": "list-served"}).content.decode()
    assert ("第2、3行“示例企业002有限公司”" in served, "算法（默认规则）：上一自然年度服务的中小企业" in served) == (
        True,
        True,
    )


def test_a_page_of_a_drawn_enterprise_says_why_nothing_is_noted_any_more(
    real: Application, officer: Actor, visit: Visit
) -> None:
    district.accept(actor=officer, application=real)
    sample, client = sampling.draw(actor=officer, application=real), visit(officer)
    page = f"/review/samples/{sample.uuid}/units/{sample.units.first().uuid}/"
    while_open = client.get(page).content.decode()
    sampling.propose_redraw(actor=officer, sample=sample, reason="名单有误")
    paused = client.get(page).content.decode()
    assert ("登记联系结果" in while_open, "复核前暂停联系和答复" in while_open) == (True, False)
    assert ("登记联系结果" in paused, "复核前暂停联系和答复" in paused) == (False, True)


def test_another_district_finds_nothing(real: Application, stranger: Actor, visit: Visit) -> None:
    client = visit(stranger)
    file = real.materials.first()
    pages = ("", f"materials/{file.uuid}/", "accept/", "return/", "measure/", "draw/", "transfer/")
    assert {client.get(url(real, page)).status_code for page in pages} == {404}
    assert client.post(url(real, "accept/")).status_code == 404


def test_a_material_is_shown_to_the_district_and_not_to_the_public(
    real: Application, officer: Actor, visit: Visit
) -> None:
    file = real.materials.first()
    answer = visit(officer).get(url(real, f"materials/{file.uuid}/"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    answer.close()
    assert Client().get(url(real, f"materials/{file.uuid}/")).status_code == 302


def test_answers_are_kept_as_a_draft_and_autosaved(real: Application, officer: Actor, visit: Visit) -> None:
    client, item = visit(officer), checklist.of_part("section", "finance")[0]
    body = {f"v-{item.key}": "fix", f"n-{item.key}": "请更正资产总额", "do": "save", **hidden(real)}
    assert client.post(url(real) + "?part=section-finance", body).status_code == 302
    saved = CheckItem.objects.get()
    assert (saved.key, saved.verdict, saved.note, saved.checked_by) == (item.key, "fix", "请更正资产总额", officer.user)
    body |= {f"v-{item.key}": "ok", f"s-{item.key}": saved.token}
    answer = client.post(url(real) + "?part=section-finance", body, headers={"X-Autosave": "1"}).json()
    saved.refresh_from_db()
    assert (answer["message"], answer["fields"][f"s-{item.key}"]) == ("已自动保存 09:00", saved.token)
    assert CheckItem.objects.get().verdict == "ok"


def test_an_autosave_tells_the_page_how_far_the_check_has_come(real: Application, officer: Actor, visit: Visit) -> None:
    client, item = visit(officer), checklist.of_part("section", "finance")[0]
    body = {f"v-{item.key}": "fix", f"n-{item.key}": "请更正资产总额", "do": "save", **hidden(real)}
    where = f"{url(real)}?part=section-finance"
    renewed = client.post(where, body, headers={"X-Autosave": "1"}).json()["renewed"]
    shown = client.get(where).content.decode()
    parts = {name: BeautifulSoup(html, "html.parser").find(id=name) for name, html in renewed.items()}
    page = BeautifulSoup(shown, "html.parser")
    assert {name: str(part) for name, part in parts.items()} == {name: str(page.find(id=name)) for name in parts}
    assert (parts["bench-return"].get_text(), "hidden" in parts["bench-return"].attrs) == ("退回补正（1）", False)
    assert "需补正 1 项" in parts["bench-tally"].get_text()


def test_nothing_is_offered_to_be_returned_while_no_item_is_marked(
    real: Application, officer: Actor, visit: Visit
) -> None:
    page = BeautifulSoup(visit(officer).get(f"{url(real)}?part=section-finance").content, "html.parser")
    assert "hidden" in page.find(id="bench-return").attrs


def test_the_rest_of_a_part_is_marked_at_once(real: Application, officer: Actor, visit: Visit) -> None:
    visit(officer).post(url(real) + "?part=section-finance", {"do": "all_ok", **hidden(real)})
    assert CheckItem.objects.filter(verdict="ok").count() == 3


def test_an_autosave_on_a_stale_page_says_so(real: Application, officer: Actor, visit: Visit) -> None:
    client, seen = visit(officer), hidden(real)
    district.accept(actor=officer, application=real)
    answer = client.post(url(real) + "?part=section-finance", {"do": "save", **seen}, headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    assert "刷新页面" in answer.json()["message"]


def test_the_city_reads_but_does_not_check(real: Application, city: Actor, visit: Visit) -> None:
    client = visit(city)
    assert "保存并看下一部分" not in client.get(url(real), {"part": "section-finance"}).content.decode()
    assert client.post(url(real) + "?part=section-finance", {"do": "save", **hidden(real)}).status_code == 403
    assert CheckItem.objects.count() == 0


def test_the_district_works_through_a_case_by_forms_alone(
    real: Application, officer: Actor, city: Actor, visit: Visit
) -> None:
    client = visit(officer)
    assert client.post(url(real, "accept/"), hidden(real)).status_code == 302
    for part, key in checklist.parts():
        client.post(f"{url(real)}?part={part}-{key}", {"do": "all_ok", **hidden(real)})
    measured = {
        f"{name}_{field}": value
        for name in ("basic", "operation", "performance")
        for field, value in (("met", "yes"), ("note", "合格"))
    }
    assert client.post(url(real, "measure/"), {**measured, **hidden(real)}).status_code == 302
    assert client.post(url(real, "draw/"), hidden(real)).status_code == 302
    sample = Sample.objects.get()
    assert (sample.frame_size, sample.required) == (130, 13)
    build.answer_all(sample)
    for page in ("", "replay/", "links/", "close/", "redraw/"):
        assert client.get(f"/review/samples/{sample.uuid}/{page}").status_code == 200
    assert client.post(f"/review/samples/{sample.uuid}/close/").status_code == 302
    assert client.post(url(real, "measure/"), {**measured, **hidden(real)}).status_code == 302
    answer = client.post(url(real, "recommend/"), {"opinion": "同意推荐", "order": "1", **hidden(real)})
    assert (answer.status_code, Application.objects.get(pk=real.pk).state) == (302, "recommended")
    cast.forward(real.call, officer)
    bulk = visit(city)
    case = {"case": f"{real.uuid}:{Application.objects.get(pk=real.pk).version}"}
    assert real.platform_name in bulk.post("/review/city/admit/", {"do": "preview", **case}).content.decode()
    assert "已受理" in bulk.post("/review/city/admit/", {"do": "confirm", **case}).content.decode()
    assert Application.objects.get(pk=real.pk).state == "admitted"


@pytest.mark.parametrize("page", ["", "city"])
def test_queues_cost_the_same_for_one_and_for_many(
    call: Call, city: Actor, officer: Actor, visit: Visit, page: str, django_assert_num_queries: Callable
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = (visit(officer), "/review/queue/") if not page else (visit(city), "/review/city/?tab=all")
    build.submitted(call, name="示例一")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for name in ("示例二", "示例三", "示例四"):
        build.submitted(call, name=name)
    with CaptureQueriesContext(connection) as many:
        assert "示例四" in client.get(address).content.decode()
    assert len(many) == len(few)


def test_the_queue_filters_and_counts_only_the_own_district(call: Call, officer: Actor, visit: Visit) -> None:
    build.submitted(call, name="示例甲"), build.submitted(call, name="示例乙")
    build.submitted(call, name="示例丙", slug="wuhua")
    client = visit(officer)
    shown = client.get("/review/queue/").content.decode()
    assert "待我办（2）" in shown and "示例丙" not in shown
    narrowed = client.get("/review/queue/", {"q": "示例乙"}).content.decode()
    assert "待我办（1）" in narrowed and "示例甲" not in narrowed and "含“示例乙”" in narrowed


def test_sample_pages_are_hidden_from_the_applicant(application: Application, officer: Actor, visit: Visit) -> None:
    district.accept(actor=officer, application=application)
    sample = sampling.draw(actor=officer, application=application)
    clerk = cast.actor_of(application)
    for page in ("", "replay/", "links/"):
        assert visit(clerk).get(f"/review/samples/{sample.uuid}/{page}").status_code in (403, 404)
        assert visit(officer).get(f"/review/samples/{sample.uuid}/{page}").status_code == 200


def test_a_limit_is_named_with_the_field_and_what_to_do(real: Application, officer: Actor, visit: Visit) -> None:
    district.accept(actor=officer, application=real)
    page = visit(officer).post(url(real, "recommend/"), {"opinion": "同" * 5000, "order": "0", **hidden(real)})
    said = [entry.get_text() for entry in BeautifulSoup(page.content, "html.parser").select(".error-summary li")]
    assert said == ["推荐意见：现有5000字，请精简到1000字以内。", "推荐顺序：不能小于1，请更正。"]
    letters = visit(officer).post(url(real, "recommend/"), {"opinion": "同意", "order": "一", **hidden(real)})
    assert "推荐顺序：请填写整数，不含文字和单位。" in letters.content.decode()
