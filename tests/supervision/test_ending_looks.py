"""The pages of endings in every look: nothing wrong for axe-core, never wider than the screen."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from accounts.actors import Actor
from registry.models import Plaque
from supervision.services import endings
from supervision.services.endings import Delivery
from supervision.services.resolutions import Ruling
from tests.browser import Unsound
from tests.supervision.endings import Bench, findings, granted
from tests.supervision.test_candidates import GRANTED, referred
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Pages = dict[str, tuple[Actor | None, list[tuple[str, str]]]]


@pytest.fixture(autouse=True)
def may() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 5, 20, 9)):
        yield


def on(view: str, *arguments: object) -> str:
    return reverse(f"supervision:{view}", args=arguments)


@pytest.fixture
def pages() -> Pages:
    """(name, address) of every page by who opens it: one title announced, one heard, one decided soon, one proposed."""
    bench = Bench("数字赋能平台", granted_at=GRANTED)
    with clock.frozen(GRANTED):
        heard_of = granted("创业孵化平台", bench.clerk)
        asked = granted("技术服务平台", bench.clerk)
        granted("融资对接平台", bench.clerk)
    done = bench.confirmed(Ruling(referred(bench), "end", "未按要求报送年度总结材料，经催告仍未报送。"))
    ending = done.items.get().ending
    ending = endings.announce(actor=bench.clerk, ending=ending, announcement=bench.announcement())
    says = findings("unlawful", facts_on=clock.today(), words="虚开服务发票，经税务机关查实。")
    told = endings.open(actor=bench.proposer, title=heard_of, findings=says)
    told = endings.notify(actor=bench.proposer, ending=told, delivery=Delivery("system", clock.today()))
    fresh = endings.open(actor=bench.proposer, title=asked, findings=says)
    bench.title = heard_of
    person = bench.person()
    waiting = endings.reply(actor=person, ending=told, statement="情况属实，已经补缴税款并整改。")
    waiting = endings.refer(actor=bench.proposer, ending=waiting, reason="事实清楚。")
    plaque = Plaque.objects.get(title=ending.title)
    stay = on("ending_step", ending.uuid, "stay")
    return {
        "city": (bench.clerk, [
            ("list", on("endings")), ("candidates", on("ending_candidates")), ("ending", ending.get_absolute_url()), ("stay", stay),
            ("open", on("ending_open", heard_of.uuid)), ("notify", on("ending_step", fresh.uuid, "notify")), ("enter", on("resolution_enter")),
            ("resolutions", on("resolutions")), ("resolution", done.get_absolute_url()), ("recover", on("plaque_recover", plaque.uuid)),
            ("title", ending.title.get_absolute_url()), ("home", "/desk/"),
        ]),
        "platform": (person, [("ending", waiting.get_absolute_url()), ("list", on("endings"))]),
        "district": (bench.district, [("list", on("endings") + "?tab=all"), ("candidates", on("ending_candidates"))]),
        "public": (None, [("decision", ending.public_url()), ("announcements", "/announcements/")]),
    }  # fmt: skip


def test_every_page_is_sound_in_every_look(pages: Pages, unsound: Unsound) -> None:
    found: dict[str, list[str]] = {}
    for who, (actor, listed) in pages.items():
        found |= unsound(actor, [(f"{who}-{name}", address) for name, address in listed])
    assert found == {}
