"""A returned application at its pages: items beside their fields, only those open, replies that nobody overwrites."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from accounts.models import Role
from applications import corrections, documents, versions
from applications.models import Application, Correction
from applications.services import answers, sections, submission
from applications.services.answers import Reply
from lifecycle.errors import WrongStage
from review.services import district
from tests import cast, drafts
from tests.journey.people import follow
from tests.pages import Page, Visitor
from timekeeping import clock

pytestmark = pytest.mark.django_db
THREE = ("section-finance-assets", "list-institutions-in_force", "material-3-statements")


@pytest.fixture
def application() -> Application:
    """Returned with one section field, one list, one class of material."""
    return cast.returned_application(items=THREE)


@pytest.fixture
def filer(application: Application) -> Actor:
    return cast.actor_of(application)


@pytest.fixture
def signatory(application: Application) -> Actor:
    return cast.actor_of(application, Role.SIGNATORY)


@pytest.fixture
def at(application: Application) -> Callable[[str], str]:
    """The address of a page of the application."""
    return lambda name: f"{application.get_absolute_url()}{name}"


def current(application: Application) -> Correction:
    found = corrections.current(Application.objects.get(pk=application.pk))
    assert found
    return found


def reply(page: Page, number: int, words: str, done: bool = True) -> dict[str, str]:
    """What one types to the item of this number."""
    box = page.soup.select(f"#item-{number} textarea")[0]["name"]
    ticked = {str(box).replace("item_", "done_"): "on"} if done else {}
    return {str(box): words, **ticked}


def answer_all(application: Application, person: Actor) -> None:
    correction = current(application)
    said = {item.pk: Reply("已更正。", done=True) for item in correction.items.all()}
    answers.save_answers(actor=person, correction=correction, answers=said, seen=answers.revision(correction))


def test_only_the_fields_of_the_items_are_open_and_the_words_stand_beside_them(
    filer: Actor, at: Callable[[str], str]
) -> None:
    page = Visitor(filer).get(at("section/finance/"))

    opened = [box["name"] for box in page.soup.select("main form input.form-control")]
    assert opened == ["total_assets", "liabilities", "net_assets"]
    [group] = page.soup.select("fieldset.group:has([name=total_assets])")
    assert group.select_one(".note").get_text(" ", strip=True).startswith("补正事项 1 请更正第1处。")
    assert group.select_one("#id_revenue").get_text(strip=True) == "820.5 万元"
    assert len(page.soup.select("main form .note")) == 1
    assert "信用情况 本次没有退回，不能修改" in page.text
    assert "保存并返回补正" in page.text


def test_lists_and_materials_of_the_items_are_open_as_a_whole_and_the_others_shut(
    filer: Actor, at: Callable[[str], str]
) -> None:
    visitor = Visitor(filer)
    for name, number in (("list/institutions/", 2), ("material/3/", 3)):
        page = visitor.get(at(name))
        assert f"补正事项 {number} 请更正第{number}处。" in page.text
        assert page.soup.select("main form[enctype]")
    for name in ("section/service/", "list/served/", "material/2/"):
        page = visitor.get(at(name))
        assert "本次补正没有要求修改此项" in page.text
        assert not page.soup.select("main form")


def test_a_change_of_a_closed_field_is_not_taken_and_told_while_the_open_one_is_kept(
    application: Application, filer: Actor, at: Callable[[str], str]
) -> None:
    visitor = Visitor(filer)
    page = visitor.get(at("section/finance/"))
    token = page.soup.select_one("[name=csrfmiddlewaretoken]")["value"]
    typed = {"revision": page.soup.select_one("[name=revision]")["value"], "total_assets": "490", "liabilities": "120",
             "net_assets": "370", "revenue": "999", "csrfmiddlewaretoken": token}  # fmt: skip

    shown = visitor.client.post(at("section/finance/"), typed | {"do": "later"}, follow=True).content.decode()

    kept = application.sections.get(key="finance").data
    assert (kept["total_assets"], kept["net_assets"], kept["revenue"]) == ("490", "370", "820.5")
    assert "以下栏目本次没有退回，不能修改，您填写的内容没有保存：上年度营业收入“999 万元”" in shown
    quiet = visitor.client.post(
        at("section/finance/"), typed | {"revision": "2", "revenue": "1000"}, headers={"X-Autosave": "1"}
    )
    assert "没有保存：上年度营业收入“1000 万元”" in quiet.json()["message"]
    assert application.sections.get(key="finance").data["revenue"] == "820.5"


def test_no_page_lets_anything_outside_the_items_change(
    application: Application, filer: Actor, at: Callable[[str], str]
) -> None:
    visitor = Visitor(filer)
    before = versions.content_of(application)
    token = visitor.get(at("section/finance/")).soup.select_one("[name=csrfmiddlewaretoken]")["value"]
    staff, licence = application.batches.get(kind="staff"), application.materials.get(document="licence")
    tries: dict[str, dict[str, Any]] = {
        "section/service/": {"satisfaction": "99", "revision": "1"},
        "section/identity/": {"platform_name": "另一平台", "revision": "1"},
        "list/staff/row/1/delete/": {},
        "list/staff/row/": {"name": "新人员", "is_full_time": "on"},
        "list/served/": {"workbook": drafts.workbook("served", [])},
        "material/2/": {"document": "licence", "files": SimpleUploadedFile("a.pdf", drafts.pdf())},
        f"material/file/{licence.uuid}/remove/": {},
    }
    statuses = [
        visitor.client.post(at(name), body | {"csrfmiddlewaretoken": token}).status_code for name, body in tries.items()
    ]
    assert set(statuses) <= {409, 422}, statuses
    assert versions.content_of(Application.objects.get(pk=application.pk)) == before
    assert staff.staffmember_rows.count() == 20
    with pytest.raises(WrongStage):
        sections.save(actor=filer, application=application, key="service", data={"satisfaction": "99"}, revision=1)


def test_open_items_lead_and_all_done_is_said(
    application: Application, filer: Actor, signatory: Actor, at: Callable[[str], str]
) -> None:
    visitor = Visitor(filer)
    page = visitor.get(at("correction/"))
    assert "已补正 0 项，共 3 项" in page.text
    page = visitor.submit(page, "保存补正说明", reply(page, 1, "已按审计报告更正。"))
    home = [task.get_text(" ", strip=True) for task in visitor.get(at("")).soup.select("ul.tasks .task a")]
    assert home[:3] == ["2. 签约服务机构清单", "3. 上一年度财务报表", "1. 资产与财务"]
    early = visitor.submit(page, "保存并通知签字人", reply(page, 2, "已核对。", done=False))
    assert "还有 2 项没有填写说明或者没有勾选“已补正”" in early.text

    done = visitor.submit(early, "保存并通知签字人", reply(early, 2, "已核对。") | reply(early, 3, "已补充。"))

    assert "已通知签字人" in done.text and "全部补正完毕" in done.text
    assert ("请通知签字人" in done.text, "由签字人登录核对后提交" in done.text) == (False, True)
    assert "全部补正完毕" in Visitor(signatory).get(at("correction/")).text
    assert corrections.unanswered(current(application)) == []


def test_two_tabs_lose_nothing_and_the_later_one_is_told(
    application: Application, filer: Actor, signatory: Actor, at: Callable[[str], str]
) -> None:
    first, second = Visitor(filer), Visitor(signatory)
    mine, theirs = first.get(at("correction/")), second.get(at("correction/"))
    second.submit(theirs, "保存补正说明", reply(theirs, 2, "签字人写的第二项"))

    other = first.submit(mine, "保存补正说明", reply(mine, 1, "经办人写的第一项"))
    stale = first.submit(mine, "保存补正说明", reply(mine, 2, "经办人写的第二项") | reply(mine, 3, "经办人写的第三项"))

    assert other.status == 200
    assert [item.answer for item in current(application).items.all()][:2] == ["经办人写的第一项", "签字人写的第二项"]
    assert stale.status == 409
    for words in ("没有保存", "经办人写的第二项", "经办人写的第三项", "签字人写的第二项"):
        assert words in stale.text
    kept = first.submit(stale, "保存补正说明")
    assert kept.status == 200
    said = [item.answer for item in current(application).items.all()]
    assert said == ["经办人写的第一项", "经办人写的第二项", "经办人写的第三项"]


def test_replies_are_saved_while_they_are_typed(
    application: Application, filer: Actor, at: Callable[[str], str]
) -> None:
    visitor = Visitor(filer)
    page = visitor.get(at("correction/"))
    hidden = {name: page.soup.select_one(f"[name={name}]")["value"] for name in ("csrfmiddlewaretoken", "revision")}

    saved = visitor.client.post(at("correction/"), hidden | reply(page, 1, "已更"), headers={"X-Autosave": "1"})
    again = hidden | reply(page, 1, "已更正。") | {"revision": saved.json()["revision"]}
    more = visitor.client.post(at("correction/"), again, headers={"X-Autosave": "1"})
    stale = visitor.client.post(at("correction/"), hidden | reply(page, 1, "别的"), headers={"X-Autosave": "1"})
    for forged in ("", "x", "1-2-3", f"{'9' * 5000}-a", "٣-a"):
        body = hidden | reply(page, 1, "伪造") | {"revision": forged}
        assert visitor.client.post(at("correction/"), body, headers={"X-Autosave": "1"}).status_code == 409

    assert (saved.status_code, more.status_code, stale.status_code) == (200, 200, 409)
    assert saved.json()["message"].startswith("已自动保存")
    assert "没有覆盖它" in stale.json()["message"]
    assert current(application).items.first().answer == "已更正。"


def test_a_missed_deadline_is_explained_and_nothing_more_is_taken(
    application: Application, filer: Actor, at: Callable[[str], str]
) -> None:
    page = Visitor(filer).get(at("correction/"))
    end = application.correction_due_at
    assert end
    with clock.frozen(end):
        visitor = Visitor(filer)
        late = visitor.get(at("correction/"))
        token = late.soup.select_one("[name=csrfmiddlewaretoken]")["value"]
        body = {"csrfmiddlewaretoken": token, "revision": page.soup.select_one("[name=revision]")["value"]}
        refused = visitor.client.post(at("correction/"), body | reply(page, 1, "迟到的说明"))
        shut = visitor.get(at("section/finance/"))
        home = visitor.get(at(""))
    assert "将按已提交的第1版继续审核" in late.text
    assert not late.soup.select("textarea")
    assert refused.status_code == 409
    assert "届满，不能再修改" in shut.text and not shut.soup.select("main form")
    assert "补正期限已经届满，不再接收补正" in home.text
    assert current(application).items.first().answer == ""


def test_what_was_changed_and_never_filed_does_not_stand_in_the_way_of_the_next_return(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    officer = cast.district_officer("judging")
    filed = application.current_version.content
    section = application.sections.get(key="finance")
    sections.save(
        actor=filer, application=application, key="finance", data=section.data | {"total_assets": "1"}, revision=1
    )
    visitor = Visitor(filer)
    base = application.get_absolute_url()
    visitor.submit(visitor.get(f"{base}list/institutions/row/1/delete/"), "删除这一行")
    page = visitor.get(f"{base}material/3/")
    typed = {"document": "financial_statements"}
    visitor.submit(page, "上传", typed, files=SimpleUploadedFile("新报表.pdf", drafts.pdf("new")))
    assert len(corrections.changes_since(application, versions.content_of(application))) == 3

    with clock.frozen(application.correction_due_at):
        district.judge_last_version(actor=officer, application=application)
    judged = Application.objects.get(pk=application.pk)

    assert {**versions.content_of(judged), "facts": None} == {**filed, "facts": None}
    assert application.materials.filter(removed_at=None).count() == len(filed["materials"])


def test_the_signatory_reads_each_item_with_its_reply_and_change_and_signs_the_new_fingerprint(
    application: Application, filer: Actor, signatory: Actor, at: Callable[[str], str]
) -> None:
    visitor = Visitor(filer)
    visitor.submit(visitor.get(at("section/finance/")), "保存并返回补正", {"total_assets": "486.30"})
    signer = Visitor(signatory)
    unanswered = signer.get(at("resubmission/")).text
    assert (unanswered.count("还没有改动，也没有说明。"), "没有改动，只作说明。" in unanswered) == (2, False)
    answer_all(application, filer)
    page = follow(signer, signer.get(at("")), "去补正", "核对改动")
    assert "3 项补正，1 处改动" in page.text
    assert "没有改动，只作说明。" in page.text
    fingerprint = versions.fingerprint(versions.content_of(Application.objects.get(pk=application.pk)))
    assert fingerprint in page.text

    visitor.submit(visitor.get(at("section/finance/")), "保存并返回补正", {"total_assets": "486.40"})
    stale = signer.submit(page, "确认并提交补正", {"undertaking": "on", "password": cast.PASSWORD})
    fresh = signer.get(at("resubmission/"))
    done = signer.submit(fresh, "确认并提交补正", {"undertaking": "on", "password": cast.PASSWORD})

    assert (stale.status, "填报内容又有修改" in stale.text) == (409, True)
    assert done.status == 200 and "第2版" in done.text
    version = Application.objects.get(pk=application.pk).current_version
    assert version.number == 2
    assert version.content["sections"]["finance"]["total_assets"] == "486.40"


def test_a_new_version_never_contains_a_change_outside_the_items(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    answer_all(application, filer)
    section = application.sections.get(key="finance")
    section.data = section.data | {"revenue": "999"}
    section.save()
    page = Visitor(signatory).get(f"{application.get_absolute_url()}resubmission/")
    assert "未退回的内容有改动：上年度营业收入" in page.text
    assert not page.soup.select("#undertaking form button:not([disabled])")


def test_strangers_find_neither_page_nor_letter_nor_files_of_a_correction(
    application: Application, filer: Actor, at: Callable[[str], str]
) -> None:
    letter = f"corrections/{current(application).uuid}/letter.pdf"
    file = application.materials.get(document="financial_statements")
    issued = documents.return_letter(current(application))
    pages = [at(name) for name in ("correction/", "resubmission/", "section/finance/", "list/institutions/", letter)]
    pages += [at(f"material/file/{file.uuid}/?inline=1"), f"/applications/documents/{issued.uuid}/"]

    def statuses(visitor: Visitor) -> list[int]:
        return [visitor.get(page).status for page in pages]

    assert statuses(Visitor(cast.filer(cast.organisation("另一单位"), "outsider"))) == [404] * 7
    elsewhere = statuses(Visitor(cast.district_officer("elsewhere", "wuhua")))
    assert (set(elsewhere), elsewhere[4], elsewhere[6]) == ({403, 404}, 404, 404)
    assert all(Visitor().get(page).heading == "登录" for page in pages)
    assert statuses(Visitor(filer)) == [200] * 7
    own = Visitor(cast.district_officer("own"))
    assert own.get(at(letter)).body.startswith(b"%PDF-")


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted", "recommended", "sent_back", "admitted", "under_review", "shortlisted", "inspection_passed", "proposed", "deferred"])  # fmt: skip
def test_an_application_is_withdrawn_by_its_page_at_any_stage_before_the_decision(state: str) -> None:
    application = cast.submitted_application()
    cast.put_into(application, state)
    visitor = Visitor(cast.actor_of(application))
    page = follow(visitor, visitor.get(application.get_absolute_url()), "撤回申报")

    done = visitor.submit(page, "撤回申报", {"reason": "经营方向调整，不再申报。"})

    application.refresh_from_db()
    assert (application.state, done.status) == ("withdrawn", 200)
    assert "经营方向调整，不再申报。" in done.text


def test_after_the_decision_nothing_is_withdrawn() -> None:
    application = cast.submitted_application()
    cast.put_into(application, "certified")
    filer = cast.actor_of(application)
    assert "撤回申报" not in Visitor(filer).get(application.get_absolute_url()).links
    with pytest.raises(WrongStage):
        submission.withdraw(actor=filer, application=application, reason="不再申报")
