"""One application from the call to the register, by the forms and links of the pages it was shown; no JavaScript anywhere."""

import pytest
from django.core.management import call_command

from lifecycle.models import Announcement
from tests.journey import decision, district, experts, filing, notice
from tests.journey.people import Journey, on

STAGES = (
    filing.call_is_published,
    filing.people_are_registered,
    filing.draft_is_filled,
    filing.application_is_signed,
    district.case_is_returned,
    district.case_is_corrected,
    district.case_is_measured,
    district.sample_is_answered,
    district.case_is_recommended,
    experts.second_is_recommended,
    district.sheet_is_forwarded,
    experts.cases_are_admitted,
    experts.panel_is_started,
    experts.sheets_are_locked,
    experts.list_is_concluded,
    experts.inspections_are_planned,
    experts.visits_are_made,
    notice.list_is_proposed,
    notice.notice_is_published,
    notice.objection_is_filed,
    notice.objection_is_investigated,
    decision.decision_is_entered,
    decision.decision_is_confirmed,
    decision.plaque_is_received,
    decision.register_shows_it,
    decision.everybody_was_told,
)


@pytest.mark.django_db
def test_an_application_goes_from_the_call_to_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    journey = Journey()
    for stage in STAGES:
        stage(journey)
    assert not Announcement.objects.filter(handed_over_at=None).exists()
    with on(10, 22):
        call_command("verify")
    assert "核验通过" in capsys.readouterr().out
