"""The proposed list (Art. 14)."""

import pytest
from django.core.exceptions import ValidationError

from lifecycle import story
from lifecycle.errors import NotAllowed, Stale
from lifecycle.models import Announcement
from review.services import notices
from tests import cast
from tests.review.stage import City, fresh


def test_an_inspected_platform_is_proposed_and_its_applicant_is_told(city: City) -> None:
    application = city.inspected()
    notices.propose(actor=city.officer, application=application)
    assert fresh(application).state == "proposed"
    told = Announcement.objects.filter(subject_id=application.uuid, kind="propose").values_list(
        "user__username", flat=True
    )
    assert sorted(told) == ["filer1", "signatory1"]


def test_leaving_a_platform_out_needs_a_reason_that_the_applicant_reads(city: City) -> None:
    application = city.inspected()
    with pytest.raises(ValidationError) as missing:
        notices.not_propose(actor=city.officer, application=application, reason=" ")
    assert missing.value.message_dict == {"reason": ["请写明未列入拟认定名单的理由。"]}
    assert fresh(application).state == "inspection_passed"
    notices.not_propose(actor=city.officer, application=application, reason="名额有限，排名靠后。")
    assert fresh(application).state == "not_proposed"
    assert story.of(application)[-1].reason == "名额有限，排名靠后。"


def test_only_the_city_chooses_and_only_from_what_it_saw(city: City) -> None:
    application = city.inspected()
    with pytest.raises(NotAllowed):
        notices.propose(actor=cast.actor_of(application), application=application)
    with pytest.raises(Stale):
        notices.propose(actor=city.officer, application=application, version=application.version - 1)
    notices.propose(actor=city.officer, application=application, version=application.version)
    assert fresh(application).state == "proposed"


def test_the_cast_puts_an_inspected_platform_on_notice(city: City) -> None:
    assert cast.on_notice_application(city.inspected(), city.officer).state == "on_notice"
