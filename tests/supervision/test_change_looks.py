"""The pages of change filings, complaints and the auditor in every look: nothing wrong for axe-core, never wider than the screen."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from accounts.actors import Actor
from review.selectors import complaints as complaint_selectors
from review.services import complaints
from supervision.services import changes
from tests.browser import Unsound
from tests.review.complaints.test_complaints import filed as complained
from tests.supervision.changes import LATE, Town
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Pages = dict[str, tuple[Actor | None, list[tuple[str, str]]]]


@pytest.fixture(autouse=True)
def july() -> Iterator[None]:
    with clock.frozen(LATE):
        yield


@pytest.fixture
def pages() -> Pages:
    """(name, address) of every page by who opens it."""
    town = Town()
    town.registered()
    town.registered("address", registered_address="盘龙区新址3号", service_address="盘龙区新址3号")
    returned = changes.return_for_correction(
        actor=town.old, change=town.filed("representative", legal_representative="新任法人"), reason="请补充执照副本。"
    )
    change = town.filed("operator", **town.another_operator())
    title, answered = town.fresh(), complained()
    complaints.handle(actor=town.city, complaint=answered, title=title)
    complaints.answer(actor=town.city, complaint=answered, answer_text="已责成整改。", findings="查阅了台账。")
    open_one = complained(signed="anonymous")

    def on(view: str, *arguments: object) -> str:
        return reverse(f"supervision:{view}", args=arguments)

    def at(view: str, *arguments: object) -> str:
        return reverse(f"review:{view}", args=arguments)

    receipt = at("complaint_receipt", answered.uuid, complaint_selectors.mac(answered))
    return {
        "public": (None, [
            ("check", title.public_url()), ("register", "/register/"), ("complain", at("complain")), ("receipt", receipt),
            ("follow", at("complaint_follow")),
        ]),
        "filer": (town.filer, [
            ("list", on("changes")), ("choose", on("change_choose", title.uuid)), ("title", title.get_absolute_url()),
            ("form", on("change_file_new", title.uuid, "district")), ("refile", on("change_refile", returned.uuid)),
        ]),
        "district": (town.old, [("queue", on("changes")), ("examine", on("change_step", change.uuid, "examine"))]),
        "city": (town.city, [
            ("change", change.get_absolute_url()), ("refer", on("change_step", change.uuid, "refer")),
            ("complaints", at("complaints") + "?tab=all"), ("complaint", open_one.get_absolute_url()),
            ("answer", at("complaint_step", open_one.uuid, "answer")), ("letter", at("complaint_register")),
        ]),
        "auditor": (town.auditor, [
            ("story", f"/desk/records/story/title/{title.uuid}/"), ("grants", "/desk/grants/"), ("issued", "/desk/issued/"),
            ("heads", "/desk/records/heads/"), ("records", "/desk/records/"), ("answered", answered.get_absolute_url()),
            ("profile", "/account/"),
        ]),
    }  # fmt: skip


def test_every_page_is_sound_in_every_look(pages: Pages, unsound: Unsound) -> None:
    found: dict[str, list[str]] = {}
    for actor, listed in pages.values():
        found |= unsound(actor, listed)
    assert found == {}
