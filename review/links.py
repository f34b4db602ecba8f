"""Links into this room from elsewhere: private ones, HMACs of a row's UUID and link version, never stored and never logged;
and the line of a closed sample on the applicant's page.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from applications.models import Application
from applications.papers import Paper, offer
from lifecycle.announcements import private_link
from lifecycle.models import Announcement
from review.models import Sample, SampleUnit
from review.services.sampling.asking import LINK

SALT = "review.survey"
LENGTH = 32


def token_of(unit: SampleUnit) -> str:
    """The secret part of the enterprise's link; another one after ``renew_link``."""
    return salted_hmac(SALT, f"{unit.uuid}:{unit.link_version}", algorithm="sha256").hexdigest()[:LENGTH]


def fits(unit: SampleUnit, token: str) -> bool:
    """Whether the token opens the unit's page now."""
    return constant_time_compare(token_of(unit), token)


def path_of(unit: SampleUnit) -> str:
    """The address on which the enterprise answers."""
    return reverse("review:survey", args=[unit.uuid, token_of(unit)])


@private_link(LINK)
def survey_link(announcement: Announcement) -> str:
    """The link of an invitation, computed when it is delivered; empty when a newer link has replaced it."""
    unit_uuid, _, link_version = announcement.occasion.partition(":")
    unit = SampleUnit.objects.filter(uuid=unit_uuid, link_version=link_version).first()
    return path_of(unit) if unit else ""


@offer
def closed_sample(application: Application) -> Iterator[Paper]:
    """The result of the satisfaction sample once it is closed; nothing before."""
    sample = Sample.objects.filter(application=application, closed_at__isnull=False).last()
    if sample:
        url = reverse("review:sample_result", args=[application.uuid])
        yield Paper("满意度抽查结果", url, sample.closed_at)
