"""Private links: HMACs of a row's UUID and link version, never stored and never logged."""

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from lifecycle.announcements import private_link
from lifecycle.models import Announcement
from review.models import SampleUnit
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
