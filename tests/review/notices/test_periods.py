"""At least ten working days over both printed dates; make-up days in, holidays out; nothing is guessed (Art. 14)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from desk import agenda
from review.selectors import notices as selectors
from tests.review import stage
from tests.review.stage import City, fresh
from timekeeping import clock
from timekeeping.workdays import UnknownYear

UNKNOWN_2027 = str(UnknownYear(2027))


def test_the_default_period_starts_the_next_working_day_and_counts_both_dates(city: City) -> None:
    dates = selectors.shortest_dates(city.call, date(2026, 6, 1))
    assert (dates.period.first, dates.period.last) == (stage.FIRST, stage.LAST)


def test_ten_working_days_are_enough_and_nine_are_not(city: City) -> None:
    application = city.proposed()
    with pytest.raises(ValidationError) as short:
        city.drafted(application, ends_on=date(2026, 6, 14))
    assert short.value.message_dict == {"starts_on": ["公示期为9个工作日，不足10个工作日（第十四条）"]}
    assert city.drafted(application, ends_on=date(2026, 6, 15)).state == "draft"


def test_a_holiday_inside_the_period_does_not_count(city: City) -> None:
    """19 June 2026 is the Dragon Boat Festival: from the 9th ten working days end on the 23rd."""
    application = city.proposed()
    with pytest.raises(ValidationError):
        city.drafted(application, planned_on=date(2026, 6, 8), starts_on=date(2026, 6, 9), ends_on=date(2026, 6, 22))
    notice = city.drafted(
        application, planned_on=date(2026, 6, 8), starts_on=date(2026, 6, 9), ends_on=date(2026, 6, 23)
    )
    assert notice.ends_on == date(2026, 6, 23)


def test_a_make_up_saturday_counts(city: City) -> None:
    """10 October 2026 is a Saturday on which people work; the ten working days after 24 September include it."""
    dates = selectors.shortest_dates(city.call, date(2026, 9, 24))
    assert (dates.period.first, dates.period.last) == (date(2026, 9, 28), date(2026, 10, 15))
    notice = city.drafted(planned_on=date(2026, 9, 24), starts_on=dates.period.first, ends_on=dates.period.last)
    assert notice.state == "draft"


def test_the_first_day_is_not_before_the_next_working_day_after_publication(city: City) -> None:
    with pytest.raises(ValidationError) as early:
        city.drafted(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 16))
    assert early.value.message_dict == {"starts_on": ["公示首日不得早于2026-06-02（门户网站发布后的下一个工作日）"]}


def test_an_unpublished_year_is_refused_with_its_words(city: City) -> None:
    application = city.proposed()
    with pytest.raises(ValidationError) as unknown:
        city.drafted(
            application, planned_on=date(2026, 12, 24), starts_on=date(2026, 12, 25), ends_on=date(2027, 1, 15)
        )
    assert unknown.value.message_dict == {"starts_on": [UNKNOWN_2027]}


def test_publishing_in_an_unpublished_year_is_refused_with_its_words(city: City) -> None:
    notice = city.drafted()
    with stage.at(clock.shanghai(2027, 1, 4, 9)), pytest.raises(ValidationError) as unknown:
        city.publish(notice)
    assert unknown.value.message_dict == {"published_at": [f"{UNKNOWN_2027}，请先修改公示稿再发布"]}
    assert fresh(notice).state == "draft"


def test_the_dates_are_checked_again_against_the_day_of_publication(city: City) -> None:
    notice = city.drafted()
    with stage.at(clock.shanghai(2026, 6, 2, 10)):
        with pytest.raises(ValidationError) as late:
            city.publish(notice)
        assert late.value.message_dict == {
            "published_at": ["公示首日不得早于2026-06-03（门户网站发布后的下一个工作日），请先修改公示稿再发布"]
        }
    assert fresh(notice).state == "draft"
    assert city.publish(notice).state == "published"


def test_a_decision_is_owed_from_the_day_after_the_notice(city: City) -> None:
    notice = city.published()
    client = Client()
    client.force_login(city.officer.user)

    def owed() -> list[tuple[str, date | None]]:
        found = [task for task in agenda.tasks(city.officer) if task.subject.SUBJECT == "application"]
        return [(task.duty.step, task.after) for task in found]

    with stage.at(clock.shanghai(notice.ends_on.year, notice.ends_on.month, notice.ends_on.day, 23)):
        assert owed() == [("certify", notice.ends_on)]
        assert f"公示至 {notice.ends_on}，期满后办理" in client.get("/desk/").content.decode()
    after = notice.ends_on + timedelta(days=1)
    with stage.at(clock.shanghai(after.year, after.month, after.day)):
        assert owed() == [("certify", None)]
