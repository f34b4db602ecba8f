from datetime import UTC, date, datetime

from timekeeping import clock


def test_today_is_the_date_in_shanghai_not_in_utc():
    with clock.frozen(datetime(2027, 1, 31, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2027, 2, 1)
    with clock.frozen(datetime(2027, 1, 31, 15, 59, 59, tzinfo=UTC)):
        assert clock.today() == date(2027, 1, 31)


def test_a_frozen_clock_gives_its_former_source_back():
    with clock.frozen(clock.shanghai(2028, 2, 29, 8)):
        with clock.frozen(clock.shanghai(2027, 3, 1)):
            assert clock.now() == clock.shanghai(2027, 3, 1)
        assert clock.now() == clock.shanghai(2028, 2, 29, 8)
