"""The pages of yearly reports in every look: nothing wrong for axe-core, never wider than the screen."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from supervision.services import excuses, report_content, reports
from tests import cast
from tests.browser import Unsound
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Pages = dict[str, tuple[Actor, list[tuple[str, str]]]]


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 1, 12, 9)):
        yield


def on(view: str, *arguments: object) -> str:
    return reverse(f"supervision:{view}", args=arguments)


@pytest.fixture
def pages() -> Pages:
    """(name, address) of every page by who opens it, over a January with a bit of everything."""
    with clock.frozen(build.GRANTED):
        district, titles = (
            cast.district_officer(),
            [build.titled(name) for name in ("数字赋能平台", "创业孵化平台", "技术服务平台", "融资对接平台")],
        )
    begun, returned, signing, never = titles
    half = reports.create(actor=build.person(begun), title=begun, year=2025)
    report_content.save_section(
        actor=build.person(begun),
        report=half,
        key="performance",
        data={"smes": "约一百家", "specialised": "3"},
        revision=0,
    )
    back = build.filed(returned, 2025)
    reports.return_for_completion(actor=district, report=back, reason="请补充收费情况和满意度调查材料。")
    build.awaiting(signing, 2025)
    signed = build.complete(build.titled("人才服务平台", at=build.GRANTED), 2025)
    reports.request_signature(actor=build.person(signed.title), report=signed)
    filed = build.sign(type(signed).objects.get(pk=signed.pk))
    build.accepted(build.titled("知识产权平台", at=build.GRANTED), district, 2025)
    sent = build.forwarded(district, 2025, note="已逐家指导、督促和检查，未报送的平台承诺1月20日前报送。")
    build.accepted(build.titled("检验检测平台", at=build.GRANTED), district, 2025)
    excuse = excuses.file(
        actor=build.person(never), title=never, year=2025, reason="法定代表人变更登记办理中，预计二月五日前补报。"
    )
    waiting = signing.annual_reports.get()
    city = cast.city_officer("second")
    return {
        "filer": (build.person(begun), [
            ("mine", on("my_reports")), ("tasklist", half.get_absolute_url()), ("section", on("report_section", half.uuid, "performance")),
            ("list", on("report_list", half.uuid, "served")), ("row", on("report_list_add", half.uuid, "activities")),
            ("attachments", on("report_attachments", half.uuid)), ("check", on("report_check", half.uuid)),
            ("excuse-form", on("excuse_file", begun.uuid, 2025)),
        ]),
        "begin": (build.person(never), [("begin", on("report_begin", never.uuid, 2025)), ("mine-excused", on("my_reports"))]),
        "returned": (build.person(returned), [("returned", back.get_absolute_url())]),
        "signatory": (build.person(signing, Role.SIGNATORY), [
            ("signature", on("report_signature", waiting.uuid)), ("reopen", on("report_reopen", waiting.uuid)), ("waiting", waiting.get_absolute_url()),
        ]),
        "district": (district, [
            ("queue", on("reports_of_district", 2025, "panlong")), ("report", filed.get_absolute_url()), ("return", on("report_return", filed.uuid)),
            ("forward", on("report_forward", 2025)), ("home", "/desk/"),
        ]),
        "city": (city, [
            ("completeness", on("report_completeness")), ("district-report", sent.get_absolute_url()), ("excuse", excuse.get_absolute_url()),
            ("excuses", on("excuses")), ("judge", on("excuse_refuse", excuse.uuid)),
        ]),
    }  # fmt: skip


def test_every_page_is_sound_in_every_look(pages: Pages, unsound: Unsound) -> None:
    found: dict[str, list[str]] = {}
    for actor, listed in pages.values():
        found |= unsound(actor, listed)
    assert found == {}
