"""The district officer's main pages in every look: nothing inaccessible, nothing too wide, no complaint of the browser."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from applications.models import Application, Call
from review import checklist, links
from review.selectors import sampling as samples
from review.services import assignments, district, phrases, sampling
from tests import cast
from tests.browser import Unsound
from tests.look import DESKTOP, PHONE, TRIED, complaints, context_for, session_of
from tests.review import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERYWHERE = (DESKTOP, PHONE)
ELSEWHERE = tuple(look for look in TRIED if look not in EVERYWHERE)
MAIN = ("queue", "overview", "section", "flags", "changed")


@pytest.fixture
def desk(call: Call, officer: Actor) -> dict[str, str]:
    """A desk with work on it: addresses by name."""
    real: Application = cast.submitted_application(call)
    for name in ("示例甲", "示例乙", "示例丙"):
        build.submitted(call, name=name)
    returned = build.submitted(call, name="示例退回")
    item = checklist.of_part("material", "3")[0]
    district.save_checks(actor=officer, application=returned, answers={item.key: ("fix", "请提交体现服务收支的报表。")})
    district.accept(actor=officer, application=real)
    build.check_all(officer, real)
    sample = sampling.draw(actor=officer, application=real)
    first, second = samples.units(sample)[:2]
    sampling.note_attempt(actor=officer, unit=first, outcome="no_answer", note="上午两次")
    sampling.note_answer(actor=officer, unit=second, satisfaction="very", comment="服务及时")
    phrases.add(actor=officer, text="扫描件不清晰，请重新扫描后提交。")
    assignments.assign_all(actor=officer, cases={real.pk: 0}, officer=officer.user)
    build.changed(build.submitted(call, name="示例更正"))
    again = Application.objects.get(organisation__name="示例更正")
    bench = f"/review/applications/{real.uuid}/"
    second = f"/review/applications/{again.uuid}/"
    return {
        "queue": "/review/queue/",
        "overview": bench,
        "section": f"{bench}?part=section-finance",
        "list": f"{bench}?part=list-served",
        "material": f"{bench}?part=material-3",
        "measure": f"{bench}measure/",
        "recommend": f"{bench}recommend/",
        "return": f"/review/applications/{returned.uuid}/return/",
        "sample": f"/review/samples/{sample.uuid}/",
        "unit": f"/review/samples/{sample.uuid}/units/{first.uuid}/",
        "replay": f"/review/samples/{sample.uuid}/replay/",
        "links": f"/review/samples/{sample.uuid}/links/",
        "survey": links.path_of(first),
        "flags": f"{second}?part=flags-all",
        "changed": f"{second}?part=list-served&only=changed",
        "changed-section": f"{second}?part=section-finance",
        "phrases": "/review/phrases/",
    }


def test_the_districts_pages_are_sound(desk: dict[str, str], officer: Actor, unsound: Unsound) -> None:
    main = [(name, desk[name]) for name in MAIN]
    assert unsound(officer, desk.items(), EVERYWHERE) | unsound(officer, main, ELSEWHERE) == {}


def test_the_page_follows_what_is_marked(
    desk: dict[str, str], officer: Actor, chromium: Browser, live_server: LiveServer
) -> None:
    context = context_for(chromium, live_server.url, DESKTOP, session_of(officer))
    page = context.new_page()
    page.goto(desk["changed-section"])
    offer = page.locator("#bench-return")
    expect(offer).to_be_hidden()
    asked = page.locator("#checks fieldset").first
    asked.get_by_text("需补正", exact=True).click()
    asked.get_by_role("textbox").fill("请更正资产总额。")
    expect(offer).to_have_text("退回补正（1）")
    expect(page.locator("#bench-tally")).to_contain_text("需补正 1 项")
    expect(page.locator("#bench-contents [aria-current] [data-c=bad]")).to_be_visible()
    expect(asked.get_by_role("textbox")).to_be_focused()
    asked.get_by_text("符合", exact=True).click()
    expect(offer).to_be_hidden()
    assert complaints(page) == []
    context.close()
