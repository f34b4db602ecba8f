"""Reminders to experts: three days and one day before a term and once when overdue, each once."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from applications.models import Call
from lifecycle.models import Announcement
from review.scans import scoring as scan_scoring
from review.services import scoring
from tests.review import making
from timekeeping import clock

pytestmark = pytest.mark.django_db


def reminders(user: object) -> list[str]:
    kinds = Announcement.objects.filter(user=user, kind__regex="_(due|overdue)").values_list("kind", flat=True)
    return list(kinds.order_by("id"))


def test_each_term_reminds_three_days_and_one_day_before_and_once_when_overdue(call: Call, city: Actor) -> None:
    members = making.experts()
    application = making.admitted(call, city)
    panel = making.started(call, city, members, [application])
    scoring.declare_clear(actor=members[0], sheet=making.sheet_of(panel, application, members[0]))
    for moment in (
        panel.score_due_at - timedelta(days=4), panel.score_due_at - timedelta(days=3),
        panel.score_due_at - timedelta(days=2), panel.score_due_at - timedelta(hours=3),
        panel.score_due_at, panel.score_due_at + timedelta(days=5),
    ):  # fmt: skip
        with clock.frozen(moment):
            scan_scoring.scan(moment)
            scan_scoring.scan(moment)
    assert reminders(members[0].user) == ["score_due_in_3_days", "score_due_in_1_day", "score_overdue"]
    assert reminders(members[1].user) == ["declare_overdue"]


def test_a_submitted_sheet_is_not_reminded_of(call: Call, city: Actor) -> None:
    members = making.experts()
    application = making.admitted(call, city)
    panel = making.started(call, city, members, [application])
    making.score(members[0], making.sheet_of(panel, application, members[0]))
    scan_scoring.scan(panel.score_due_at)
    assert (reminders(members[0].user), len(reminders(members[1].user))) == ([], 1)
