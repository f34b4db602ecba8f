"""The city that ``manage.py demo`` plays: everything in it lawful, every stage present, every account at home somewhere."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import AccountMail, Capacity, District, Organisation, Role
from applications import corrections
from applications.differences import difference
from applications.models import Application, ApplicationVersion, Call, Handover
from desk.demo import people, standing
from desk.demo.anchor import anchor_of
from desk.demo.timeline import Story, Timeline
from lifecycle.models import Announcement, StepRecord, WorkCalendarYear
from lifecycle.states import STATES
from lifecycle.steps import STEPS
from notifications.models import MailDelivery
from registry.models import Plaque, Title
from regulation.identifiers import is_valid_credit_code
from review.models import Meeting, Notice, Objection, Panel, Sample, ScoreSheet, SummarySheet
from tests import cast
from tests.demo_city import DemoCity
from timekeeping import clock, seed

ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def said(*arguments: str) -> str:
    output = StringIO()
    call_command("demo", *arguments, stdout=output)
    return output.getvalue()


def test_verify_finds_nothing_wrong_with_the_city(demo_city: DemoCity) -> None:
    output = StringIO()
    call_command("verify", stdout=output)
    assert "核验通过" in output.getvalue()


def test_an_application_stands_at_every_stage_of_the_current_round(demo_city: DemoCity) -> None:
    states = set(Application.objects.filter(call__year=2026).values_list("state", flat=True))
    assert set(STATES["application"]) - states == set()


def test_a_correction_is_under_way_and_another_was_filed_with_exactly_three_changes(demo_city: DemoCity) -> None:
    under_way = corrections.current(Application.objects.get(call__year=2026, state="returned"))
    assert [(item.part, corrections.is_answered(item)) for item in under_way.items.all()] == [
        ("section", True), ("list", False), ("material", False),
    ]  # fmt: skip
    [version] = ApplicationVersion.objects.filter(number=2, application__call__year=2026)
    compared = corrections.answered_by(
        version, difference(version.application.versions.get(number=1).content, version.content)
    )
    assert [len(put.changes) for put in compared.items] == [1, 1, 1]
    assert (compared.count, compared.others) == (3, [])


def test_forty_organisations_with_valid_codes_are_spread_over_all_districts(demo_city: DemoCity) -> None:
    bodies = list(Organisation.objects.values_list("name", "credit_code", "district__slug", "kind"))
    assert len(bodies) >= 40
    assert [name for name, *_ in bodies if not name.startswith("示例")] == []
    assert [code for _, code, *_ in bodies if not is_valid_credit_code(code)] == []
    assert {slug for *_, slug, _ in bodies} == set(District.objects.values_list("slug", flat=True))
    assert len({kind for *_, kind in bodies}) >= 4


def test_every_district_has_an_officer_and_every_role_an_account(demo_city: DemoCity) -> None:
    active = Capacity.objects.active()
    officers = active.filter(role=Role.DISTRICT_OFFICER).values_list("district__slug", flat=True)
    assert set(officers) == set(District.objects.values_list("slug", flat=True))
    assert set(active.values_list("role", flat=True)) == set(Role.values)


def test_the_rounds_before_are_concluded_and_one_is_open(demo_city: DemoCity) -> None:
    assert list(Call.objects.order_by("year").values_list("year", "state")) == [
        (2023, "concluded"), (2024, "concluded"), (2025, "concluded"), (2026, "open"),
    ]  # fmt: skip
    by_year = Counter(Application.objects.exclude(call__year=2026).values_list("call__year", flat=True))
    assert min(by_year.values()) >= 5


def test_a_notice_runs_one_has_ended_and_an_objection_holds_only_its_platform(demo_city: DemoCity) -> None:
    today = clock.today()
    current = Notice.objects.filter(call__year=2026, state="published")
    assert current.filter(starts_on__lte=today, ends_on__gte=today).count() == 1
    assert current.filter(ends_on__lt=today).count() == 1
    held = Application.objects.get(state="held")
    assert list(Objection.objects.filter(state="investigating").values_list("application", flat=True)) == [held.pk]
    assert Application.objects.filter(state="on_notice").count() == 3


def test_the_register_has_titles_valid_expired_and_ending_this_year(demo_city: DemoCity) -> None:
    today = clock.today()
    assert Title.objects.filter(valid_to__lt=today).exists()
    assert Title.objects.filter(valid_to__gte=today, valid_to__year=today.year).exists()
    assert Title.objects.filter(valid_to__year=today.year + 3).exists()
    assert set(Plaque.objects.values_list("state", flat=True)) >= {
        "allotted",
        "issued",
        "received",
        "lost",
        "recovered",
    }


def test_work_lies_on_the_desks_of_district_experts_inspectors_and_city(demo_city: DemoCity) -> None:
    assert set(Sample.objects.values_list("state", flat=True)) >= {"open", "redraw_proposed", "closed"}
    assert set(Panel.objects.values_list("state", flat=True)) == set(STATES["panel"])
    assert set(ScoreSheet.objects.values_list("state", flat=True)) >= {"assigned", "scoring", "recused", "locked"}
    assert set(Meeting.objects.values_list("state", flat=True)) >= {"entered", "rejected", "announced"}


def test_satisfaction_differs_and_who_fell_short_was_not_recommended(demo_city: DemoCity) -> None:
    closed = Sample.objects.filter(state="closed").select_related("application__call")
    shares = [(one, Fraction(one.satisfied, one.reached)) for one in closed]
    current = [share for one, share in shares if one.application.call.state == "open"]
    assert len(set(current)) > 5 and sum(share == 1 for share in current) * 2 < len(current)
    short = [one.application for one, share in shares if share < one.application.call.parameters.min_satisfaction]
    assert [(one.call.state, one.state) for one in short] == [
        ("concluded", "not_recommended"), ("open", "not_recommended"),
    ]  # fmt: skip


def test_every_bureau_has_letters_of_its_own(demo_city: DemoCity) -> None:
    sent = SummarySheet.objects.filter(state="forwarded").values_list("letter_number", "district__slug")
    owners: dict[str, set[str]] = {}
    for letter, slug in sent:
        owners.setdefault(letter.partition("〔")[0], set()).add(slug)
    assert {name: len(slugs) for name, slugs in owners.items()} == dict.fromkeys(owners, 1)
    assert "昆工信" not in owners


def test_almost_every_step_of_the_table_was_taken(demo_city: DemoCity) -> None:
    taken = {f"{life}.{step}" for life, step in StepRecord.objects.values_list("subject_type", "step").distinct()}
    assert len(taken) >= len(STEPS) * 2 // 3
    assert taken - {row.key for row in STEPS} == set()


def test_everything_was_told_and_no_mail_waits(demo_city: DemoCity) -> None:
    assert Announcement.objects.filter(handed_over_at__isnull=True).count() == 0
    assert MailDelivery.objects.exclude(state=MailDelivery.State.SENT).count() == 0
    assert MailDelivery.objects.exists()
    assert set(AccountMail.objects.values_list("next_attempt_at", flat=True)) == {None}


def test_the_play_leaves_nothing_for_the_worker_to_do(demo_city: DemoCity) -> None:
    assert list((demo_city.files.parent / "broker").glob("*.msg")) == []


@pytest.mark.parametrize("role", list(Role))
def test_somebody_of_each_role_signs_in_and_lands_on_a_page(
    demo_city: DemoCity, settings: Settings, role: Role
) -> None:
    settings.PASSWORD_HASHERS = ARGON2
    username = Capacity.objects.active().filter(role=role).earliest("pk").user.username
    page = Client().post(reverse("login"), {"username": username, "password": people.PASSWORD}, follow=True)
    assert page.status_code == 200
    assert page.redirect_chain == [(reverse("desk:home"), 302)]


def test_every_account_lands_on_its_desk_and_who_handed_over_on_none(demo_city: DemoCity) -> None:
    landed: dict[int, set[str]] = {}
    for user in get_user_model().objects.all():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        landed.setdefault(client.get(reverse("desk:home")).status_code, set()).add(user.username)
    left = set(Handover.objects.values_list("leaving__user__username", flat=True))
    assert landed == {200: set(get_user_model().objects.values_list("username", flat=True)) - left, 403: left}


def test_late_in_the_last_published_year_the_city_stands_still_thirty_days_before_its_end(demo_city: DemoCity) -> None:
    made = standing.city()
    assert made is not None
    assert (made.anchor, made.offset_days) == (date(2026, 12, 1), -19)
    assert StepRecord.objects.latest("sequence").at < demo_city.present
    assert not WorkCalendarYear.objects.filter(year=2027).exists()
    page = Client().get(reverse("desk:guide")).content.decode()
    assert "演示数据" in page
    assert "2027年放假安排尚未录入" in page
    assert "2026年12月1日" in page


def test_every_process_of_the_demo_runs_by_the_moved_clock(
    demo_city: DemoCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "wall", lambda: demo_city.real + timedelta(hours=2))
    assert standing.now() == demo_city.present + timedelta(hours=2)


def test_a_second_run_changes_nothing(demo_city: DemoCity) -> None:
    before = StepRecord.objects.count()
    assert "已经建立" in said()
    assert StepRecord.objects.count() == before


def test_the_table_of_accounts_names_password_and_first_task(demo_city: DemoCity) -> None:
    table = said("--accounts")
    assert people.PASSWORD in table
    for role in Role:
        assert role.label in table
    assert "核对全部内容，确认并提交" in table


@pytest.mark.django_db
def test_without_a_city_there_are_no_accounts_and_no_banner(settings: Settings) -> None:
    settings.DEMO_ALLOWED = True
    standing.forget()
    assert "没有演示数据" in said("--accounts")
    assert standing.banner() == ""
    standing.forget()


@pytest.mark.django_db
def test_production_refuses_the_demo() -> None:
    with pytest.raises(CommandError, match="生产环境"):
        said()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "somebody",
    [
        lambda: cast.organisation("昆明真实服务有限公司"),
        lambda: cast.city_officer(),
        lambda: cast.organisation("示例单位有限公司"),
    ],
    ids=["an organisation", "a user", "an organisation without a city"],
)
def test_a_database_in_use_refuses_the_demo(settings: Settings, somebody: Callable[[], object]) -> None:
    settings.DEMO_ALLOWED = True
    standing.forget()
    somebody()
    with pytest.raises(CommandError, match="真实数据"):
        said()
    standing.forget()


@pytest.mark.parametrize(
    ("today", "anchor"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 2), date(2026, 12, 1)),
        (date(2027, 3, 1), date(2026, 12, 1)),
        (date(2028, 2, 29), date(2026, 12, 1)),
    ],
)
def test_the_anchor_is_the_last_day_whose_next_thirty_days_are_known(today: date, anchor: date) -> None:
    assert anchor_of(today, seed.calendar(range(2022, 2027))) == anchor


def test_no_calendar_no_anchor() -> None:
    with pytest.raises(ValueError, match="放假安排"):
        anchor_of(date(2021, 5, 1), seed.calendar([2022]))


def timeline() -> Timeline:
    return Timeline(clock.shanghai(2026, 11, 23, 9), seed.calendar(range(2022, 2027)))


def test_stories_are_played_in_order_of_time_whoever_began_first() -> None:
    told: list[tuple[str, date]] = []
    city = timeline()

    def story(name: str, *days: date) -> Story:
        for day in days:
            yield city.on(day)
            told.append((name, clock.today()))

    city.add(story("first", date(2026, 3, 2), date(2026, 5, 6)))
    city.add(story("second", date(2026, 3, 3), date(2026, 4, 1)))
    city.play()
    assert told == [
        ("first", date(2026, 3, 2)), ("second", date(2026, 3, 3)), ("second", date(2026, 4, 1)),
        ("first", date(2026, 5, 6)),
    ]  # fmt: skip


def test_a_story_cannot_go_back_in_time_or_beyond_the_present() -> None:
    city = timeline()

    def back() -> Story:
        yield city.on(date(2026, 3, 2))
        yield city.on(date(2026, 3, 1))

    def beyond() -> Story:
        yield city.on(date(2026, 11, 23), hour=10)

    city.add(back())
    with pytest.raises(RuntimeError, match="already"):
        city.play()
    later = timeline()
    later.add(beyond())
    with pytest.raises(RuntimeError, match="beyond the present"):
        later.play()


def test_working_days_before_the_present_leave_out_weekends_and_the_national_day_week() -> None:
    city = timeline()
    assert city.before_present(1) == date(2026, 11, 20)
    assert city.before_present(30) == date(2026, 10, 12)
