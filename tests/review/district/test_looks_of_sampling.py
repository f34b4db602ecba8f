"""Sample, measurement and statistics in every look, and the one thing only a browser can show: answers arriving by themselves."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from applications.models import Application, Call
from review import checklist, links
from review.models import Sample
from review.selectors import sampling as samples
from review.services import district, sampling
from tests import cast
from tests.browser import Unsound
from tests.look import DESKTOP, context_for, session_of
from tests.review import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def low(call: Call, officer: Actor) -> Application:
    """Closed below 80 %, measured before, so that the measurement is outdated."""
    application = build.submitted(call, name="示例低分", smes_year_before=0)
    district.accept(actor=officer, application=application)
    build.measure(officer, application)
    sample = sampling.draw(actor=officer, application=application)
    build.answer_all(sample, satisfied=7)
    sampling.close(actor=officer, sample=sample)
    return application


@pytest.fixture
def open_sample(call: Call, officer: Actor) -> Sample:
    application = build.submitted(call, name="示例在查")
    district.accept(actor=officer, application=application)
    sample = sampling.draw(actor=officer, application=application)
    first, second, third = samples.units(sample)[:3]
    sampling.note_attempt(actor=officer, unit=first, outcome="no_answer", note="上午两次")
    sampling.note_answer(actor=officer, unit=second, satisfaction="very", comment="服务及时")
    sampling.answer(unit=third, satisfaction="dissatisfied")
    return sample


def filed(call: Call, officer: Actor) -> None:
    """More cases for the pictures of the year."""
    for number in range(1, 5):
        build.ready(officer, build.submitted(call, name=f"示例第{number}"), satisfied=7 + number % 4)
    returned = build.submitted(call, name="示例退回")
    answers = {checklist.of_part("material", "3")[0].key: ("fix", "请提交体现服务收支的报表。")}
    district.save_checks(actor=officer, application=returned, answers=answers)


def test_the_pages_are_sound_in_every_look(
    unsound: Unsound,
    low: Application,
    open_sample: Sample,
    call: Call,
    officer: Actor,
    city: Actor,
) -> None:
    filed(call, officer)
    units = samples.units(open_sample)
    closed = Sample.objects.get(application=low)
    stops = {
        "measure": (officer, f"/review/applications/{low.uuid}/measure/"),
        "bench": (officer, f"/review/applications/{low.uuid}/"),
        "sample": (officer, open_sample.get_absolute_url()),
        "sample-low": (city, closed.get_absolute_url()),
        "unit": (officer, f"{open_sample.get_absolute_url()}units/{units[0].uuid}/"),
        "replay": (city, f"{closed.get_absolute_url()}replay/"),
        "slips": (officer, f"{open_sample.get_absolute_url()}links/"),
        "result": (cast.actor_of(low), f"/review/applications/{low.uuid}/sample-result/"),
        "survey": (None, links.path_of(units[4])),
        "survey-answered": (None, links.path_of(units[2])),
        "survey-wrong": (None, f"/review/survey/{units[0].uuid}/wrong/"),
        "statistics": (officer, "/desk/statistics/"),
        "statistics-city": (city, "/desk/statistics/"),
    }
    found: dict[str, list[str]] = {}
    for name, (person, address) in stops.items():
        found |= unsound(person, [(name, address)])
    # An answer of 404 is what a wrong link is meant to get; the browser notes it.
    wrong = {name: words for name, words in found.items() if not (name.startswith("survey-wrong") and len(words) == 1)}
    assert wrong == {}


def test_an_answer_arrives_on_the_officers_page_by_itself_unless_it_would_take_the_focus(
    chromium: Browser, live_server: LiveServer, open_sample: Sample, officer: Actor
) -> None:
    waiting = [unit for unit in samples.units(open_sample) if not hasattr(unit, "answer")]
    with context_for(chromium, live_server.url, DESKTOP, session_of(officer)) as context:
        page, said = context.new_page(), []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.clock.install()
        page.goto(open_sample.get_absolute_url())
        expect(page.get_by_text("目前满意度为1/2（50%）")).to_be_visible()
        sampling.answer(unit=waiting[0], satisfaction="very")
        page.clock.fast_forward("00:21")
        expect(page.get_by_text("目前满意度为2/3（66.66%）")).to_be_visible()
        page.locator("#sample-progress a").first.focus()
        sampling.answer(unit=waiting[1], satisfaction="very")
        with page.expect_response(lambda response: response.url.endswith("/progress/")):
            page.clock.fast_forward("00:21")
        assert page.evaluate("document.activeElement.closest('#sample-progress') !== null")
        assert said == []
