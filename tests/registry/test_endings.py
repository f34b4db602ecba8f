"""Titles that end without a sanction, and what an ending changes everywhere: by state and date, never by a job."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import Organisation
from applications.standing import obstacles
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Announcement
from registry import documents, invariants, selectors, standing
from registry.models import Plaque, Title
from registry.services import titles
from registry.services.titles import last_day_before
from tests import cast, drafts
from tests.pages import Visitor
from tests.registry.old_books import BAN, TITLE, in_the_book
from timekeeping import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAYS = [date(2024, 3, 19), date(2024, 3, 20), TODAY - timedelta(days=1), TODAY, date(2027, 3, 20), date(2027, 3, 21)]


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 11, 23, 12)):
        yield


@pytest.fixture
def city() -> Actor:
    return cast.city_officer("first")


@pytest.fixture
def title(city: Actor) -> Title:
    """A title from before the system, in force from 20 March 2024 to 20 March 2027."""
    in_the_book(city, cast.city_officer("second"), TITLE)
    return Title.objects.get()


@pytest.fixture
def signatory(title: Title) -> Actor:
    return cast.signatory(title.platform.organisation)


def dissolved(city: Actor, title: Title, on: date = TODAY) -> Title:
    return titles.dissolve(
        actor=city, title=title, ended_on=on, evidence=cast.stored_file("注销证明.pdf"), reason="已注销登记"
    )


def test_a_renounced_title_is_out_of_force_from_the_same_day(title: Title, signatory: Actor) -> None:
    given_up = titles.renounce(actor=signatory, title=title, reason="业务调整")
    assert [standing.standing(given_up, day).key for day in DAYS] == [
        "coming", "valid", "valid", "renounced", "renounced", "renounced",
    ]  # fmt: skip
    assert [given_up.in_force(day) for day in DAYS] == [False, True, True, False, False, False]
    assert (given_up.ended_on, given_up.last_day) == (TODAY, TODAY - timedelta(days=1))
    assert documents.why_no_proof(given_up) == ["称号已放弃，不再提供凭证"]
    assert list(invariants.check()) == []


def test_a_dissolved_operator_ends_its_title_with_the_day_of_deregistration(title: Title, city: Actor) -> None:
    gone = dissolved(city, title, date(2026, 10, 8))
    assert standing.standing(gone, date(2026, 10, 7)).key == "valid"
    assert standing.standing(gone, date(2026, 10, 8)).key == "dissolved"
    assert (gone.ended_evidence.name, Plaque.objects.get().state) == ("注销证明.pdf", "received")
    assert list(invariants.check()) == []


def test_lists_agree_with_the_function_on_every_day(title: Title, signatory: Actor) -> None:
    titles.renounce(actor=signatory, title=title, reason="业务调整")
    title.refresh_from_db()
    for day in DAYS:
        listed = [s.key for s in standing.STANDINGS if Title.objects.filter(standing.condition(s.key, day)).exists()]
        assert listed == [standing.standing(title, day).key]
        assert Title.objects.filter(standing.in_force(day)).exists() == title.in_force(day)


@pytest.mark.parametrize(
    ("state", "ended_on", "keys"),
    [
        ("cancelled", TODAY, ["coming", "valid", "valid", "cancelled", "cancelled", "cancelled"]),
        ("revoked", TODAY, ["coming", "valid", "valid", "revoked", "revoked", "revoked"]),
        ("stayed", TODAY, ["coming", "stayed", "stayed", "stayed", "stayed", "expired"]),
        ("granted", None, ["coming", "valid", "valid", "valid", "valid", "expired"]),
    ],
)
def test_sanctions_count_from_their_day_and_not_while_they_are_stayed(
    state: str, ended_on: date | None, keys: list[str]
) -> None:
    term = {"valid_from": date(2024, 3, 20), "valid_to": date(2027, 3, 20)}
    one = Title(state=state, ended_on=ended_on, **term)
    assert [standing.standing(one, day).key for day in DAYS] == keys


def test_a_revocation_found_after_the_end_of_the_term_is_shown_from_its_day() -> None:
    late = Title(state="revoked", ended_on=date(2027, 5, 1), valid_from=date(2024, 3, 20), valid_to=date(2027, 3, 20))
    days = [date(2027, 3, 20), date(2027, 4, 1), date(2027, 5, 1)]
    assert [standing.standing(late, day).key for day in days] == ["valid", "expired", "revoked"]
    assert late.last_day == date(2027, 3, 20)


def test_an_ended_title_blocks_no_application_and_no_renewal_adjoins_to_it(title: Title, signatory: Actor) -> None:
    body = title.platform.organisation
    assert len(list(obstacles(body, TODAY))) == 1
    assert last_day_before(body.credit_code) == date(2027, 3, 20)
    titles.renounce(actor=signatory, title=title, reason="业务调整")
    assert list(obstacles(body, TODAY)) == []
    assert last_day_before(body.credit_code) is None


def test_statistics_count_titles_in_force_only(title: Title, signatory: Actor) -> None:
    def valid() -> int:
        return sum(row.valid for row in selectors.by_district(TODAY))

    assert (valid(), selectors.by_function(TODAY)[0]) == (1, ("信息服务", 1))
    titles.renounce(actor=signatory, title=title, reason="业务调整")
    assert (valid(), selectors.by_function(TODAY)[0]) == (0, ("信息服务", 0))


def test_only_the_own_signatory_renounces_and_only_the_city_dissolves(
    title: Title, signatory: Actor, city: Actor
) -> None:
    strangers = (cast.filer(title.platform.organisation), cast.signatory(cast.organisation("别家"), "stranger"), city)
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            titles.renounce(actor=stranger, title=title, reason="业务调整")
    for stranger in (signatory, cast.district_officer()):
        with pytest.raises(NotAllowed):
            dissolved(stranger, title)
    titles.renounce(actor=signatory, title=title, reason="业务调整")
    assert dissolved(city, title).state == "dissolved"


def test_a_renounced_title_that_is_dissolved_later_keeps_its_earlier_day(
    title: Title, signatory: Actor, city: Actor
) -> None:
    titles.renounce(actor=signatory, title=title, reason="业务调整")
    with clock.frozen(clock.shanghai(2026, 12, 20, 9)):
        assert dissolved(city, title, date(2026, 12, 15)).ended_on == TODAY


def test_reason_and_day_are_asked_for(title: Title, signatory: Actor, city: Actor) -> None:
    with pytest.raises(ValidationError):
        titles.renounce(actor=signatory, title=title, reason=" ")
    for day in (date(2024, 3, 19), TODAY + timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            dissolved(city, title, day)
        assert list(refused.value.message_dict) == ["ended_on"]
    assert Title.objects.get().state == "granted"


def test_an_expired_title_is_not_renounced_and_none_twice(title: Title, signatory: Actor) -> None:
    with clock.frozen(clock.shanghai(2027, 3, 21, 9)), pytest.raises(Blocked, match="已经到期"):
        titles.renounce(actor=signatory, title=title, reason="业务调整")
    titles.renounce(actor=signatory, title=title, reason="业务调整")
    with pytest.raises(WrongStage, match="放弃称号"):
        titles.renounce(actor=signatory, title=title, reason="业务调整")


def test_city_and_district_are_told_of_a_renunciation(title: Title, signatory: Actor, city: Actor) -> None:
    officer, other = cast.district_officer(), cast.district_officer("wuhua", "wuhua")
    titles.renounce(actor=signatory, title=title, reason="业务调整")
    told = set(Announcement.objects.filter(kind="renounce").values_list("user", flat=True))
    assert (city.user.pk in told, officer.user.pk in told, other.user.pk in told) == (True, True, False)


def test_the_pages_of_both_endings_take_effect_and_everybody_sees_them(
    title: Title, signatory: Actor, city: Actor
) -> None:
    visitor = Visitor(signatory)
    page = visitor.get(title.get_absolute_url())
    unsure = visitor.submit(visitor.get(page.links["放弃称号"]), "放弃称号", {"reason": "业务调整"})
    assert (unsure.status, unsure.errors) == (422, ["请勾选：确认放弃称号，知悉提交后不能恢复"])
    done = visitor.submit(visitor.get(page.links["放弃称号"]), "放弃称号", {"reason": "业务调整", "sure": "on"})
    assert (done.heading, "已放弃" in done.text) == ("旧服务平台", True)
    public = Visitor().get(title.public_url())
    assert ("已放弃" in public.text, "2026年11月23日 起失效" in public.text) == (True, True)
    officer = Visitor(city)
    form = officer.get(officer.get(title.get_absolute_url()).links["运营单位终止"])
    typed = {"ended_on": "2026-11-20", "reason": "已注销登记"}
    gone = officer.submit(form, "登记终止", typed, evidence=drafts.upload("注销证明.pdf"))
    assert ("已终止" in gone.text, Title.objects.get().ended_on) == (True, date(2026, 11, 20))
    assert officer.get(gone.links["查看证明材料"]).status == 200


def test_the_ending_pages_are_closed_to_others(title: Title, signatory: Actor) -> None:
    address = title.get_absolute_url()
    stranger = cast.signatory(cast.organisation("别家"), "stranger")
    answers = [
        Visitor(signatory).get(f"{address}renounce/").status,
        Visitor(stranger).get(f"{address}renounce/").status,
        Visitor(signatory).get(f"{address}dissolve/").status,
        Visitor(signatory).get(f"{address}evidence/").status,
    ]
    assert answers == [200, 404, 403, 404]


def test_bans_are_listed_for_city_district_and_auditor_but_nobody_else(city: Actor) -> None:
    in_the_book(city, cast.city_officer("second"), BAN)
    officer, other = cast.district_officer("wuhua", "wuhua"), cast.district_officer()
    shown = [BAN["operator"] in Visitor(who).get("/register/bans/").text for who in (city, officer, other)]
    filer = cast.filer(Organisation.objects.get())
    assert (shown, Visitor(filer).get("/register/bans/").status) == ([True, True, False], 403)
    assert "执行中" in Visitor(city).get("/register/bans/?q=停牌").text
    assert BAN["operator"] not in Visitor(city).get("/register/bans/?q=别家").text


def test_the_list_of_bans_asks_a_constant_number_of_questions(city: Actor) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    second, counts = cast.city_officer("second"), []
    for number in (1, 2, 3):
        code = cast.organisation(f"单位{number}").credit_code
        in_the_book(city, second, {**BAN, "operator": f"单位{number}", "credit_code": code})
        if number != 2:
            visitor = Visitor(city)
            visitor.get("/register/bans/")
            with CaptureQueriesContext(connection) as queries:
                visitor.get("/register/bans/")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_renewal_that_has_not_begun_blocks_applications_like_the_title_it_follows(title: Title) -> None:
    body = title.platform.organisation
    Title.objects.filter(pk=title.pk).update(valid_from=TODAY, valid_to=TODAY)
    assert list(obstacles(body, TODAY)) == []
    later = {"valid_from": TODAY + timedelta(days=1), "valid_to": date(TODAY.year + 3, 1, 1)}
    renewal = cast_renewal(title, **later)
    assert [renewal.number in words for words in obstacles(body, TODAY)] == [True]


def cast_renewal(title: Title, **dates: date) -> Title:
    """The title that follows, as it stands in the book."""
    copied = ("platform", "platform_name", "operator_name", "credit_code", "district", "decided_on", "document_number")
    same = {name: getattr(title, name) for name in copied}
    return Title.objects.create(number="KMSF-NEXT", year=title.year, state="granted", **same, **dates)
