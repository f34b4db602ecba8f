"""Ending a title on PostgreSQL while others act on the same title: one effect, the other is told."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any
from unittest import mock

import pytest

from lifecycle import chain, engine, invariants
from lifecycle.errors import Blocked
from lifecycle.models import StepRecord
from registry.models import Ban, Title
from review.services import meetings
from supervision.models import AnnualReport, Ending
from supervision.reporting import content
from supervision.services import endings, resolutions
from supervision.services import reports as filing
from supervision.services.resolutions import Ruling
from tests.races.racing import kinds, race
from tests.review import chamber, stage
from tests.supervision import reports as build
from tests.supervision.endings import Bench
from tests.supervision.test_candidates import GRANTED, MISSING, referred
from timekeeping import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A title of June 2025 at the first moment at which its report is missing."""
    made = Bench(granted_at=GRANTED)
    with clock.frozen(MISSING):
        yield made


def test_of_two_officers_on_one_ending_one_acts_and_the_other_is_told(bench: Bench) -> None:
    ending = bench.replied("absences", facts_on=GRANTED.date())
    refer = partial(endings.refer, actor=bench.proposer, ending=ending, reason="事实清楚。")
    drop = partial(endings.drop, actor=bench.clerk, ending=ending, reason="事实不清。")
    results = race(refer, drop, refer, drop)
    assert kinds(results) == ["WrongStage"] * 3 + ["done"]
    assert all("该事项已由" in str(result) for result in results if isinstance(result, Exception))
    [record] = StepRecord.objects.filter(subject_id=ending.uuid, step__in=("refer", "drop"))
    assert Ending.objects.get().state == record.to_state
    assert list(invariants.check()) == []


def test_a_decision_confirmed_many_times_at_once_takes_effect_once(bench: Bench) -> None:
    ending = bench.referred("absences", facts_on=GRANTED.date())
    entered = bench.entered(Ruling(ending, "end", "经集体研究决定。"))
    confirm = partial(resolutions.confirm, actor=bench.second, resolution=entered)
    assert kinds(race(*[confirm] * 4)) == ["WrongStage"] * 3 + ["done"]
    assert (Ban.objects.count(), StepRecord.objects.filter(subject_type="title", step="cancel").count()) == (1, 1)
    assert list(chain.broken_links()) == []


def test_of_two_procedures_opened_at_once_on_one_title_one_stands(bench: Bench) -> None:
    open_one = partial(bench.opened, "unlawful", facts_on=GRANTED.date(), files=[_file()])
    results = race(*[open_one] * 4)
    assert kinds(results).count("done") == 1
    assert {type(r).__name__ for r in results if isinstance(r, Exception)} <= {"Blocked", "WrongStage"}
    assert Ending.objects.count() == 1


def _file() -> Any:
    from tests import cast

    return cast.stored_file("证据.pdf")


def test_of_a_cancellation_and_the_report_it_rests_on_one_wins_and_the_other_is_told(bench: Bench) -> None:
    ending = referred(bench)
    entered = bench.entered(Ruling(ending, "end", "经集体研究决定。"))
    report = build.awaiting(bench.title, 2025)
    submit = partial(
        filing.submit, actor=bench.person(), report=report, received_at=clock.now(),
        fingerprint=content.fingerprint(content.content_of(report)),
    )  # fmt: skip
    results = race(partial(resolutions.confirm, actor=bench.second, resolution=entered), submit)
    assert kinds(results) == ["Blocked", "done"]
    state, filed = Title.objects.get().state, AnnualReport.objects.get().state
    assert (state, filed) in {("cancelled", "awaiting_signature"), ("granted", "submitted")}
    assert Ban.objects.count() == (state == "cancelled")
    assert list(invariants.check()) == []


def test_without_the_lock_a_report_is_filed_and_its_title_cancelled_for_not_filing(bench: Bench) -> None:
    """The negative control: the same race when the subjects are read but not locked."""
    ending = referred(bench)
    entered = bench.entered(Ruling(ending, "end", "经集体研究决定。"))
    report = build.awaiting(bench.title, 2025)
    checked = threading.Barrier(2)
    honest = engine.Act.take

    def unlocked(self: engine.Act, *wanted: Any) -> list[Any]:
        subjects = [item[0] if isinstance(item, tuple) else item for item in wanted]
        found = [type(item)._default_manager.get(pk=item.pk) for item in subjects]
        self._locked |= {(item.SUBJECT, item.pk) for item in found}
        return found

    def after_the_other_read(self: engine.Act, subject: Any, step: str, **given: Any) -> None:
        honest(self, subject, step, **given)
        if step in ("decide_cancellation", "submit"):
            checked.wait(20)

    submit = partial(
        filing.submit, actor=bench.person(), report=report, received_at=clock.now(),
        fingerprint=content.fingerprint(content.content_of(report)),
    )  # fmt: skip
    confirm = partial(resolutions.confirm, actor=bench.second, resolution=entered)
    with mock.patch.object(engine.Act, "lock", unlocked), mock.patch.object(engine.Act, "take", after_the_other_read):
        assert kinds(race(confirm, submit)) == ["done", "done"]
    assert (Title.objects.get().state, AnnualReport.objects.get().state) == ("cancelled", "submitted")


@pytest.fixture
def renewing() -> Iterator[tuple[Bench, chamber.Chamber, Any]]:
    """A title of June 2023 in its last year, whose operator is on notice for a new one, and whose cancellation is entered."""
    with clock.frozen(stage.MORNING):
        town = chamber.Chamber()
        application = town.noticed("甲平台")
    bench = Bench.over(town, application)
    with clock.frozen(chamber.ON):
        yield bench, town, application


def test_of_a_cancellation_and_the_renewal_one_wins_and_the_other_is_told(renewing: Any) -> None:
    bench, town, application = renewing
    ending = bench.referred("absences", facts_on=bench.title.valid_from)
    ended = bench.entered(Ruling(ending, "end", "经集体研究决定。"))
    granted = town.entered(meetings.Ruling(application, "certify"))
    results = race(
        partial(resolutions.confirm, actor=bench.second, resolution=ended),
        partial(meetings.confirm, actor=town.second, meeting=granted),
    )
    assert kinds(results) == ["Blocked", "done"]
    [told] = [result for result in results if isinstance(result, Blocked)]
    application.refresh_from_db()
    if application.state == "certified":
        assert "又取得新一期称号" in str(told)
        assert (stage.fresh(bench.title).state, Ban.objects.count()) == ("granted", 0)
    else:
        assert "不得认定（第十九条）" in str(told)
        assert (stage.fresh(bench.title).state, Title.objects.count()) == ("cancelled", 1)
    assert list(invariants.check()) == []
