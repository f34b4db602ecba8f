"""Who meets a ground of Art. 19: shown with the lines that prove it, opened and decided only while they stand."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lifecycle.errors import Blocked
from supervision.models import Ending
from supervision.selectors import candidates
from supervision.services import endings, excuses, resolutions
from supervision.services.endings import Findings
from supervision.services.resolutions import Ruling
from tests import cast
from tests.review import stage
from tests.supervision import reports
from tests.supervision.endings import Bench, granted
from timekeeping import clock

pytestmark = pytest.mark.django_db

GRANTED = clock.shanghai(2025, 6, 20, 9)
# 31 January 2026 is a Saturday: the last day for sanctions is Monday 2 February.
MISSING = clock.shanghai(2026, 2, 3)
WORDS = "2025年度总结和2026年度计划至2026年2月2日未报送，没有认可的原因说明"


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A title of June 2025; the clock stands at the first moment at which its report is missing."""
    made = Bench(granted_at=GRANTED)
    with clock.frozen(MISSING):
        yield made


def proposed(bench: Bench) -> list[tuple[str, str, list[str]]]:
    found = candidates.listed(bench.clerk)
    return [(c.title.platform_name, c.ground, [line["words"] for line in c.lines]) for c in found]


def referred(bench: Bench, ground: str = "no_report") -> Ending:
    """The procedure as the page opens it, with the lines that the system lists, up to the meeting."""
    candidate = candidates.of_title(bench.title)[ground]
    says = Findings(ground, candidate.facts_on, candidate.words, candidate.lines)
    ending = endings.open(actor=bench.proposer, title=bench.title, findings=says)
    ending = endings.notify(actor=bench.proposer, ending=ending, delivery=endings.Delivery("system", clock.today()))
    ending = endings.reply(actor=bench.person(), ending=ending, statement="工作疏忽。")
    return endings.refer(actor=bench.proposer, ending=ending, reason="事实清楚。")


def test_a_report_is_missing_only_after_the_last_day_for_sanctions(bench: Bench) -> None:
    with clock.frozen(clock.shanghai(2026, 2, 2, 23, 59, 59)):
        assert proposed(bench) == []
    assert proposed(bench) == [("甲平台", "no_report", [WORDS])]
    assert candidates.of_title(bench.title)["no_report"].facts_on == date(2026, 1, 31)


def test_a_late_report_is_not_a_missing_one(bench: Bench) -> None:
    reports.filed(bench.title, 2025)
    assert proposed(bench) == []


def test_an_accepted_excuse_takes_the_title_off_the_list_and_one_still_waiting_does_not(bench: Bench) -> None:
    excuse = excuses.file(actor=bench.person(), title=bench.title, year=2025, reason="系统故障。")
    assert len(proposed(bench)) == 1
    excuses.accept(actor=bench.clerk, excuse=excuse)
    assert proposed(bench) == []


def test_the_list_says_where_a_procedure_runs_and_leaves_ended_titles_out(bench: Bench) -> None:
    ending = referred(bench)
    [candidate] = candidates.listed(bench.clerk)
    assert candidate.ending == ending
    bench.confirmed(Ruling(ending, "end", "经集体研究决定。"))
    assert proposed(bench) == []


def test_a_report_that_came_after_the_entry_sends_the_case_back_to_the_meeting(bench: Bench) -> None:
    ending = referred(bench)
    entered = bench.entered(Ruling(ending, "end", "经集体研究决定。"))
    reports.filed(bench.title, 2025)
    with pytest.raises(Blocked) as refused:
        resolutions.confirm(actor=bench.second, resolution=entered)
    assert refused.value.reasons == [f"“{WORDS}”的情况已有变化，请退回，重新研究或者终止程序"]
    assert (stage.fresh(ending).state, stage.fresh(bench.title).state) == ("referred", "granted")


def test_the_evidence_of_a_procedure_survives_the_expiry_of_the_title(bench: Bench) -> None:
    ending = referred(bench)
    with clock.frozen(clock.shanghai(2028, 8, 1, 9)):
        bench.confirmed(Ruling(ending, "end", "经集体研究决定。"))
    assert stage.fresh(bench.title).state == "cancelled"


def test_a_district_sees_the_candidates_of_its_own_platforms(bench: Bench) -> None:
    assert [c.title for c in candidates.listed(bench.district)] == [bench.title]
    assert candidates.listed(cast.district_officer("wuhua", "wuhua")) == []


def test_the_list_costs_the_same_for_one_title_and_for_many(bench: Bench) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            candidates.listed(bench.clerk)
        return len(captured)

    one = queries()
    with clock.frozen(GRANTED):
        for name in ("乙平台", "丙平台", "丁平台"):
            granted(name, bench.clerk)
    assert (len(candidates.listed(bench.clerk)), queries()) == (4, one)


def test_what_a_meeting_decided_before_is_shown_beside_the_proposal(bench: Bench) -> None:
    ending = referred(bench)
    bench.confirmed(Ruling(ending, "keep", "情节轻微。"))
    [candidate] = candidates.listed(bench.clerk)
    assert (candidate.ending, candidate.past) == (None, ending)
