"""Who reaches which page of an ending, before and after the platform was told; lists cost the same for one and for many."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from supervision.models import Ending, EndingFile
from supervision.services import endings
from supervision.services.resolutions import Ruling
from tests import cast
from tests.pages import Visitor
from tests.supervision.endings import OPENING, Bench, findings, granted, order
from timekeeping import clock

pytestmark = pytest.mark.django_db

PAGES = ("ending", "ending_notice")
OFFICIAL = ("ending_draft", "ending_draft_text")


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    with clock.frozen(OPENING):
        yield made


@pytest.fixture
def people(bench: Bench) -> dict[str, Actor]:
    """One of everybody who might ask."""
    other = cast.organisation("旁人单位", "wuhua")
    return {
        "city": bench.clerk, "auditor": cast.person("auditor", Role.AUDITOR), "district": bench.district, "platform": bench.person(),
        "other district": cast.district_officer("wuhua", "wuhua"), "other platform": cast.signatory(other, "stranger"),
        "expert": cast.person("expert", Role.EXPERT),
    }  # fmt: skip


def answers(people: dict[str, Actor], view: str, *arguments: object) -> dict[str, int]:
    address = reverse(f"supervision:{view}", args=arguments)
    return {name: Visitor(actor).get(address).status for name, actor in people.items()}


OFFICERS = {"city": 200, "auditor": 200}
STRANGERS = {"other district": 404, "other platform": 404, "expert": 403}


def test_before_the_notice_the_authorities_read_the_case_and_the_platform_does_not(
    bench: Bench, people: dict[str, Actor]
) -> None:
    ending = bench.opened()
    for view in PAGES:
        assert answers(people, view, ending.uuid) == {**OFFICERS, **STRANGERS, "district": 200, "platform": 404}


def test_after_the_notice_the_platform_reads_its_own_case(bench: Bench, people: dict[str, Actor]) -> None:
    ending = bench.notified()
    for view in PAGES:
        assert answers(people, view, ending.uuid) == {**OFFICERS, **STRANGERS, "district": 200, "platform": 200}


def test_the_platform_opens_what_it_put_in_and_not_the_evidence(bench: Bench, people: dict[str, Actor]) -> None:
    ending = bench.notified()
    said = endings.reply(
        actor=bench.person(), ending=ending, statement="有异议。", files=[cast.stored_file("申辩.pdf")]
    )
    evidence, own = EndingFile.objects.order_by("part")
    assert (evidence.part, own.part) == ("evidence", "reply")
    everybody = {**OFFICERS, **STRANGERS, "district": 200}
    assert answers(people, "ending_file", said.uuid, evidence.uuid) == {**everybody, "platform": 404}
    assert answers(people, "ending_file", said.uuid, own.uuid) == {**everybody, "platform": 200}


def test_the_draft_of_the_decision_is_for_the_city_and_the_auditor(bench: Bench, people: dict[str, Actor]) -> None:
    ending = bench.decided("absences")
    closed = dict.fromkeys(("district", "platform", "other district", "other platform", "expert"), 403)
    for view in OFFICIAL:
        assert answers(people, view, ending.uuid) == {**OFFICERS, **closed}
    text = (
        Visitor(bench.clerk).get(reverse("supervision:ending_draft_text", args=[ending.uuid])).body.decode("utf-8-sig")
    )
    assert "自收到本决定书之日起60日内向昆明市人民政府申请行政复议" in text
    assert "自2026年7月6日至2029年7月6日（含当日）不得再次申报认定" in text


def test_a_decision_is_public_once_announced_and_says_what_became_of_it(bench: Bench) -> None:
    ending = bench.decided("unlawful")
    address = reverse("supervision:ending_decision", args=[ending.uuid])
    assert Visitor().get(address).status == 404
    announced = endings.announce(actor=bench.clerk, ending=ending, announcement=bench.announcement())
    page = Visitor().get(address)
    assert (page.status, "第十六条" in page.text, "不得再次申报" in page.text) == (200, True, False)
    assert Visitor().get(reverse("supervision:ending_document", args=[ending.uuid])).status == 200
    stayed = endings.stay(actor=bench.clerk, ending=announced, order=order())
    assert "该决定目前停止执行" in Visitor().get(stayed.public_url()).text
    paper = stayed.interventions.get()
    assert Visitor(bench.clerk).get(reverse("supervision:ending_order", args=[ending.uuid, paper.uuid])).status == 200


def test_a_case_that_a_colleague_has_entered_is_owed_no_longer_and_waits_for_the_second_officer(bench: Bench) -> None:
    ending, clerk = bench.referred(), Visitor(bench.clerk)
    owed = "按会议纪要录入监督事项集体决策"
    page = reverse("supervision:ending", args=[ending.uuid])
    before = (owed in clerk.get("/desk/").text, "录入集体决策" in clerk.get(page).text)
    bench.entered(Ruling(ending, "end", "经集体研究决定。"))
    after = (owed in clerk.get("/desk/").text, "已录入集体决策，待另一名经办人复核" in clerk.get(page).text)
    assert (before, after) == ((True, True), (False, True))


def test_an_auditor_reads_every_step_and_takes_none(bench: Bench, people: dict[str, Actor]) -> None:
    ending = bench.opened()
    auditor = Visitor(people["auditor"])
    assert auditor.get(reverse("supervision:endings")).status == 200
    assert auditor.get(reverse("supervision:ending_candidates")).status == 200
    assert auditor.get(reverse("supervision:ending_step", args=[ending.uuid, "notify"])).status == 403
    assert Visitor(bench.clerk).get(reverse("supervision:ending_step", args=[ending.uuid, "notify"])).status == 200


def test_a_form_that_is_refused_keeps_what_was_typed(bench: Bench) -> None:
    ending = bench.opened()
    city = Visitor(bench.proposer)
    form = city.get(reverse("supervision:ending_step", args=[ending.uuid, "notify"]))
    page = city.submit(form, "送达事先告知书", {"method": "mail", "delivered_on": "2026-07-06"})
    assert (page.status, page.errors) == (422, ["请上传送达回证、邮寄凭证等送达凭证。"])
    assert page.soup.select_one('input[name="method"][value="mail"]').has_attr("checked")
    assert Ending.objects.get().state == "opened"


def test_the_list_costs_the_same_for_one_case_and_for_many(bench: Bench) -> None:
    def queries() -> int:
        visitor = Visitor(bench.clerk)
        visitor.get(reverse("supervision:endings"))
        with CaptureQueriesContext(connection) as captured:
            visitor.get(reverse("supervision:endings"))
        return len(captured)

    bench.opened()
    one = queries()
    for name in ("乙平台", "丙平台", "丁平台"):
        with clock.frozen(clock.shanghai(2026, 6, 18, 9)):
            title = granted(name, bench.clerk)
        endings.open(actor=bench.proposer, title=title, findings=findings())
    assert (Ending.objects.count(), queries()) == (4, one)
