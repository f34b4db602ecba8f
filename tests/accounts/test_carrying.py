"""What was typed survives the end of the session, for its author alone."""

import pytest
from axes.models import AccessAttempt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.actors import Actor
from accounts.carrying import parcels
from accounts.carrying.filling import fill
from accounts.models import Capacity, Role
from applications import corrections
from applications.models import Application
from applications.services import filing
from tests import cast, drafts
from tests.pages import Page, Visitor
from tests.review import build
from timekeeping import clock

pytestmark = pytest.mark.django_db

NARRATIVE = "三年来服务企业<b>“一百”</b>家\n第二行 & 其他"


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def draft(filer: Actor) -> Application:
    return filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")


def address(application: Application, name: str, *more: str) -> str:
    return reverse(f"applications:{name}", args=[application.uuid, *more])


def expire(visitor: Visitor) -> None:
    """The session ends on the server; the browser knows nothing of it."""
    visitor.client.session.delete()


def sign_in(visitor: Visitor, page: Page, person: Actor, password: str = cast.PASSWORD) -> Page:
    assert person.user
    return visitor.submit(page, "登录", {"username": person.user.username, "password": password})


def value(page: Page, name: str) -> str:
    control = page.soup.find(attrs={"name": name})
    assert control is not None
    text = control.get_text().removeprefix("\n") if control.name == "textarea" else str(control.get("value", ""))
    return text.strip()


def ticked(page: Page, name: str) -> list[str]:
    return [str(one["value"]) for one in page.soup.find_all("input", {"name": name}) if one.has_attr("checked")]


def test_a_section_sent_after_the_session_ended_comes_back_to_its_form(draft: Application, filer: Actor) -> None:
    visitor = Visitor(filer)
    at = address(draft, "section", "narrative")
    page = visitor.get(at)
    [field] = [area["name"] for area in page.soup.find_all("textarea")][:1]
    expire(visitor)

    login = visitor.submit(page, "保存并继续", {field: NARRATIVE})
    assert (login.status, login.heading) == (401, "登录")
    assert "您填写的内容没有丢失" in login.text
    again = sign_in(visitor, login, filer, password="wrong")
    back = sign_in(visitor, again, filer)

    assert (back.url, value(back, field)) == (at, NARRATIVE)
    assert "已放回您在登录过期前填写的内容，尚未提交" in back.text
    assert not draft.sections.exists()
    assert visitor.submit(back, "保存，稍后再填").status == 200
    assert draft.sections.get().data[field] == NARRATIVE
    assert "已放回" not in visitor.get(at).text


def test_ticks_choices_and_the_revision_seen_come_back_too(draft: Application, filer: Actor) -> None:
    visitor, colleague = Visitor(filer), Visitor(cast.filer(filer.organisation, "colleague"))
    at = address(draft, "section", "identity")
    page = visitor.get(at)
    colleague.submit(colleague.get(at), "保存，稍后再填", {"contact_name": "王芳", "round": "renewal"})
    expire(visitor)

    login = visitor.submit(page, "保存并继续", {"contact_name": "李敏", "round": "first", "legal_person": "yes"})
    back = sign_in(visitor, login, filer)

    assert (value(back, "contact_name"), ticked(back, "round"), ticked(back, "legal_person")) == (
        "李敏",
        ["first"],
        ["yes"],
    )
    assert value(back, "revision") == "0"
    assert visitor.submit(back, "保存并继续").status == 409


def test_the_answer_to_a_return_comes_back() -> None:
    application = cast.returned_application()
    filer = cast.actor_of(application)
    current = corrections.current(application)
    assert current
    item = current.items.earliest("pk")
    visitor = Visitor(filer)
    page = visitor.get(address(application, "correction"))
    expire(visitor)

    login = visitor.submit(page, "保存补正说明", {f"item_{item.pk}": "已补充审计报告。"})
    back = sign_in(visitor, login, filer)
    assert value(back, f"item_{item.pk}") == "已补充审计报告。"
    item.refresh_from_db()
    assert item.answer == ""
    visitor.submit(back, "保存补正说明")
    item.refresh_from_db()
    assert item.answer == "已补充审计报告。"


def test_an_officers_form_comes_back_in_the_capacity_it_was_typed_in() -> None:
    application = build.submitted(cast.open_call(cast.city_officer()))
    first = cast.person("both", Role.EXPERT)
    second = Capacity.objects.create(
        user=first.user, role=Role.DISTRICT_OFFICER, valid_from=clock.today(), district=application.district
    )
    visitor = Visitor(first)
    _act_in(visitor, second)
    at = reverse("review:transfer", args=[application.uuid])
    page = visitor.get(at)
    expire(visitor)

    login = visitor.submit(page, "移送属地主管部门", {"reason": "注册地在西山区。"})
    back = sign_in(visitor, login, first)

    assert (back.status, value(back, "reason")) == (200, "注册地在西山区。")
    assert visitor.client.session["capacity"] == str(second.uuid)
    application.refresh_from_db()
    assert application.district == second.district


def _act_in(visitor: Visitor, capacity: Capacity) -> None:
    session = visitor.client.session
    session["capacity"] = str(capacity.uuid)
    session.save()


def test_a_form_made_before_the_person_signed_in_again_elsewhere_comes_back_at_once(
    draft: Application, filer: Actor
) -> None:
    visitor = Visitor()
    sign_in(visitor, visitor.get("/login/"), filer)
    at = address(draft, "section", "finance")
    page = visitor.get(at)
    expire(visitor)
    sign_in(visitor, visitor.get("/login/"), filer)

    back = visitor.submit(page, "保存并继续", {"total_assets": "486.20"})

    assert (back.status, value(back, "total_assets")) == (200, "486.20")
    assert not draft.sections.exists()
    visitor.submit(back, "保存，稍后再填")
    assert draft.sections.get().data["total_assets"] == "486.20"


def test_two_login_pages_of_one_browser_lose_nothing(draft: Application, filer: Actor) -> None:
    visitor = Visitor()
    sign_in(visitor, visitor.get("/login/"), filer)
    page = visitor.get(address(draft, "section", "finance"))
    expire(visitor)
    login = visitor.submit(page, "保存并继续", {"total_assets": "486.20"})
    sign_in(visitor, visitor.get("/login/"), filer)

    assert value(sign_in(visitor, login, filer), "total_assets") == "486.20"


def test_another_person_who_signs_in_gets_nothing_of_it(draft: Application, filer: Actor) -> None:
    colleague = cast.filer(filer.organisation, "colleague")
    visitor = Visitor(filer)
    at = address(draft, "section", "finance")
    page = visitor.get(at)
    expire(visitor)
    login = visitor.submit(page, "保存并继续", {"total_assets": "486.20"})

    other = sign_in(visitor, login, colleague)

    assert "登录前填写的内容属于另一账号，没有带入" in other.text
    assert value(visitor.get(at), "total_assets") == ""
    assert parcels.SEALED not in visitor.client.session


def test_an_outdated_form_of_another_person_is_not_put_into_ones_own(draft: Application, filer: Actor) -> None:
    visitor = Visitor()
    sign_in(visitor, visitor.get("/login/"), filer)
    at = address(draft, "section", "finance")
    page = visitor.get(at)
    expire(visitor)
    sign_in(visitor, visitor.get("/login/"), cast.filer(filer.organisation, "colleague"))

    refused = visitor.submit(page, "保存并继续", {"total_assets": "486.20"})

    assert (refused.status, refused.heading) == (403, "页面已过期，请刷新后重试")
    assert value(visitor.get(at), "total_assets") == ""


def test_prepared_content_reaches_no_form_of_its_victim(draft: Application, filer: Actor) -> None:
    attacker = cast.filer(cast.organisation("另一单位"), "attacker")
    at = address(draft, "section", "finance")
    for mark in ("", "forged", parcels.mark_of(attacker), parcels.mark_of(filer)[:-1] + "x"):
        victim = Visitor()
        sign_in(victim, victim.get("/login/"), filer)
        sent = victim.client.post(
            at, {"total_assets": "1", "whose_form": mark}, headers={"Origin": "http://evil.example"}
        )
        assert sent.status_code == 403
        expire(victim)
        sent = victim.client.post(
            at, {"total_assets": "1", "whose_form": mark}, headers={"Origin": "http://evil.example"}
        )
        page = Page(sent.status_code, at, sent, sent.content)
        if sent.status_code == 401:
            sign_in(victim, page, filer)
        else:
            sign_in(victim, victim.get("/login/"), filer)
        assert value(victim.get(at), "total_assets") == ""


def test_what_the_public_sends_leads_to_the_login_page_as_ever(draft: Application) -> None:
    at = address(draft, "section", "finance")
    assert Client().post(at, {"total_assets": "1"}).url == f"/login/?next={at}"


def test_passwords_are_never_taken_along_nor_is_the_text_logged(filer: Actor) -> None:
    visitor = Visitor(filer)
    page = visitor.get(reverse("accounts:profile"))
    expire(visitor)
    login = visitor.submit(page, "保存联系方式", {"phone": "13900000009", "password": "Secret-2026-word"})
    sealed = parcels.unseal(value(login, parcels.SEALED))
    assert sealed
    assert ["phone", "13900000009"] in sealed.fields
    assert "Secret-2026-word" not in str(sealed)
    sign_in(visitor, login, filer, password="wrong")
    [attempt] = AccessAttempt.objects.all()
    assert value(login, parcels.SEALED)[:20] not in attempt.post_data


def test_files_must_be_chosen_again_and_the_page_says_so(draft: Application, filer: Actor) -> None:
    visitor = Visitor(filer)
    page = visitor.get(address(draft, "material", "2"))
    expire(visitor)
    login = visitor.submit(page, "上传", {"note": "复印件"}, files=SimpleUploadedFile("执照.pdf", drafts.pdf()))
    back = sign_in(visitor, login, filer)
    assert "文件需要重新选择" in back.text
    assert value(back, "note") == "复印件"


def test_a_text_without_its_form_can_be_copied_or_given_up(draft: Application, filer: Actor) -> None:
    cast.signatory(filer.organisation)
    visitor = Visitor(filer)
    at = address(draft, "section", "finance")
    page = visitor.get(at)
    expire(visitor)
    cast.put_into(draft, "awaiting_signature")
    back = sign_in(visitor, visitor.submit(page, "保存并继续", {"total_assets": "486.20"}), filer)

    assert "下列内容没有找到原来的栏目" in back.text
    assert [area.get_text(strip=True) for area in back.soup.select("#carried textarea")] == ["486.20"]
    assert "486.20" not in visitor.submit(back, "不需要，放弃这些内容").text


@pytest.mark.parametrize(("late", "kept"), [(parcels.PARCEL_SECONDS - 60, "486.20"), (parcels.PARCEL_SECONDS + 60, "")])
def test_the_text_waits_for_two_hours(draft: Application, filer: Actor, late: int, kept: str) -> None:
    visitor = Visitor(filer)
    page = visitor.get(address(draft, "section", "finance"))
    expire(visitor)
    back = sign_in(visitor, visitor.submit(page, "保存并继续", {"total_assets": "486.20"}), filer)
    session = visitor.client.session
    session[parcels.SEALED] = session[parcels.SEALED] | {"since": session[parcels.SEALED]["since"] - late}
    session.save()
    assert value(visitor.get(back.url), "total_assets") == kept


def test_more_than_is_taken_along_stays_in_the_browser(
    draft: Application, filer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "MAX_CHARACTERS", 100)
    visitor = Visitor(filer)
    page = visitor.get(address(draft, "section", "finance"))
    expire(visitor)
    assert visitor.submit(page, "保存并继续", {"total_assets": "4" * 200}).status == 413


def test_a_page_that_saves_by_itself_is_told_in_json(draft: Application, filer: Actor) -> None:
    at = address(draft, "section", "finance")
    answer = Client().post(at, {"total_assets": "1"}, headers={"X-Autosave": "1", "Referer": f"http://testserver{at}"})
    assert answer.status_code == 401
    assert answer.json() == {
        "message": "登录已过期，您填写的内容还在本页，重新登录后继续保存。",
        "login": f"/login/?next={at.replace('/', '%2F')}",
    }
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(filer.user)
    answer = browser.post(at, {"total_assets": "1"}, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()["outdated"]) == (403, True)
    assert not draft.sections.exists()


PAGE = """<main><form method="get"><input name="q"></form><form method="post" action="/out/"><button>退出</button></form>
<form id="f" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="new"><input name="who" value="&lt;a&gt;" required>
<textarea name="text">
old</textarea><input type=checkbox name=t value=1 checked><input type="checkbox" name="t" value="2">
<select name="s"><option value="">--</option><option value="b">B</option></select><input type="password" name="pw"></form>
<input name="far" form="f"></main>"""


def test_values_go_into_the_form_that_sends_there_and_nowhere_else() -> None:
    fields = [
        ["csrfmiddlewaretoken", "old"],
        ["who", 'a"<b'],
        ["text", "\n<i>"],
        ["t", "2"],
        ["s", "b"],
        ["far", "x"],
        ["pw", "p"],
        ["gone", "left"],
        ["q", "no"],
    ]
    filled = fill(PAGE, page="/here/?a=1", path="/here/", fields=fields)
    assert filled.left == ["left", "no"]
    assert 'value="new"' in filled.html
    assert '<input name="who" required value="a&quot;&lt;b">' in filled.html
    assert '<textarea name="text">\n\n&lt;i&gt;</textarea>' in filled.html
    assert '<input type="checkbox" name="t" value="1">' in filled.html
    assert '<input type="checkbox" name="t" value="2" checked>' in filled.html
    assert '<option value="b" selected>' in filled.html
    assert '<input name="far" form="f" value="x">' in filled.html
    assert '<input type="password" name="pw">' in filled.html
    assert '<form method="get"><input name="q"></form>' in filled.html
    assert fill(PAGE, page="/else/", path="/here/", fields=fields).html == PAGE


@pytest.mark.parametrize("path", ["//example.com/x", "/\\example.com/x"])
def test_the_way_back_never_leads_to_another_site(path: str) -> None:
    request = RequestFactory().post("/accounts/display/", headers={"Referer": f"http://testserver{path}"})
    assert parcels.page_of(request) == "/accounts/display/"
