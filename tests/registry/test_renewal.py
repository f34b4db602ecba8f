"""Renewal (Art. 16): invited once in the year of expiry and once per call; gaps are shown wherever the title is."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Organisation
from applications.scans import scan as call_scan
from lifecycle.models import Announcement
from registry import continuity, scans, selectors
from registry.models import Title
from registry.services import titles
from regulation.terms import Period
from tests import cast
from tests.pages import Visitor
from tests.registry.old_books import CODE, TITLE, in_the_book
from timekeeping import clock

pytestmark = pytest.mark.django_db
ENDS_2026 = {**TITLE, "decided_on": date(2023, 5, 10), "valid_from": date(2023, 5, 10), "valid_to": date(2026, 5, 10)}
LATER = {
    **TITLE, "number": "昆示范2026-003", "plaque_serial": "", "decided_on": date(2026, 7, 1), "valid_from": date(2026, 7, 1),
    "valid_to": date(2029, 7, 1), "document_number": "昆工信通〔2026〕30号",
}  # fmt: skip


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 11, 23, 12)):
        yield


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    return cast.city_officer("first"), cast.city_officer("second")


def told(kind: str) -> int:
    return Announcement.objects.filter(kind=kind).count()


def test_a_platform_is_invited_once_from_the_first_of_january_of_the_year_its_title_ends(
    people: tuple[Actor, Actor],
) -> None:
    in_the_book(*people, TITLE)
    body = Organisation.objects.get()
    cast.filer(body)
    cast.signatory(body)
    cast.filer(cast.organisation("别家"), "other")
    counts = []
    for moment in (clock.shanghai(2026, 12, 31, 23), clock.shanghai(2027, 1, 1, 0), clock.shanghai(2027, 1, 2, 9)):
        with clock.frozen(moment):
            scans.scan(moment)
            scans.scan(moment)
        counts.append(told("renewal"))
    words = Announcement.objects.filter(kind="renewal").first().body
    assert (counts, "2027年3月20日" in words, "不自动延长" in words) == ([0, 2, 2], True, True)


def test_who_claims_the_account_later_in_the_year_is_invited_then(people: tuple[Actor, Actor]) -> None:
    in_the_book(*people, TITLE)
    moment = clock.shanghai(2027, 2, 1, 9)
    with clock.frozen(moment):
        scans.scan(moment)
        nobody = told("renewal")
        cast.filer(Organisation.objects.get())
        scans.scan(moment)
    assert (nobody, told("renewal")) == (0, 1)


def test_an_ended_or_renewed_title_invites_nobody(people: tuple[Actor, Actor]) -> None:
    in_the_book(*people, ENDS_2026)
    old = Title.objects.get()
    assert list(selectors.renewable(2026)) == [old]
    in_the_book(*people, LATER)
    assert list(selectors.renewable(2026)) == []
    later = Title.objects.get(number="昆示范2026-003")
    assert list(selectors.renewable(2029)) == [later]
    titles.renounce(actor=cast.signatory(later.platform.organisation), title=later, reason="业务调整")
    assert list(selectors.renewable(2029)) == []


def test_a_call_invites_once_more_while_it_is_open(people: tuple[Actor, Actor]) -> None:
    in_the_book(*people, TITLE)
    cast.filer(Organisation.objects.get())
    with clock.frozen(clock.shanghai(2027, 4, 1, 9)):
        call = cast.open_call(people[0])
        first = [call_scan(clock.now()), call_scan(clock.now())]
        assert (first, told("renewal_call")) == ([1, 1], 1)
    with clock.frozen(call.closes_at):
        assert call_scan(clock.now()) == 0


def test_a_call_of_another_year_invites_nobody(people: tuple[Actor, Actor]) -> None:
    in_the_book(*people, TITLE)
    cast.filer(Organisation.objects.get())
    cast.open_call(people[0])
    assert (call_scan(clock.now()), told("renewal_call")) == (0, 0)


def test_the_gap_before_a_renewal_is_shown_on_register_check_and_title_page(people: tuple[Actor, Actor]) -> None:
    in_the_book(*people, ENDS_2026, LATER)
    old, later = Title.objects.order_by("valid_from")
    gap = continuity.place(later, Title.objects.all()).gap
    assert (gap, continuity.place(old, Title.objects.all()).gap) == (Period(date(2026, 5, 11), date(2026, 6, 30)), None)
    words = "2026年5月11日至2026年6月30日期间没有有效称号"
    assert words in Visitor().get(later.public_url()).text
    assert words in Visitor(people[0]).get(later.get_absolute_url()).text
    assert "此前空档： 2026-05-11 至 2026-06-30" in Visitor().get("/register/").text
    assert "下一期称号" in Visitor().get(old.public_url()).text


def test_titles_that_adjoin_have_no_gap(people: tuple[Actor, Actor]) -> None:
    adjoining = {**LATER, "valid_from": date(2026, 5, 11), "valid_to": date(2029, 5, 11)}
    in_the_book(*people, ENDS_2026, adjoining)
    later = Title.objects.get(number="昆示范2026-003")
    assert continuity.place(later, Title.objects.all()).gap is None
    assert "此前空档" not in Visitor().get("/register/").text


def test_the_register_asks_a_constant_number_of_questions(people: tuple[Actor, Actor]) -> None:
    counts = []
    for number in range(3):
        code = CODE if number == 0 else cast.organisation(f"单位{number}").credit_code
        row = {**TITLE, "operator": TITLE["operator"] if number == 0 else f"单位{number}", "credit_code": code}
        in_the_book(*people, {**row, "number": f"旧-{number}", "plaque_serial": f"旧牌-{number}"})
        with CaptureQueriesContext(connection) as queries:
            Visitor().get("/register/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_a_title_page_leads_its_operator_to_what_comes_next(people: tuple[Actor, Actor]) -> None:
    in_the_book(*people, TITLE)
    filer, [title] = cast.filer(Organisation.objects.get()), Title.objects.all()
    own, officers = (Visitor(actor).get(title.get_absolute_url()).links for actor in (filer, people[0]))
    words = "报送上年度工作总结和当年工作计划"
    assert (own[words], words in officers) == ("/supervision/reports/", False)
    assert Visitor(filer).get(own[words]).heading == "年度报告"
    assert Visitor(filer).get(own["申报通知"]).heading == "申报通知"
