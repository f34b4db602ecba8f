"""Renewal from page to page (Art. 16): invited in the year of expiry, not before; without a gap, and with one that stays visible."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Organisation, Role
from applications.models import Application
from notifications.services import delivering
from registry import scans
from registry.models import Title
from review.models import Meeting
from tests import cast, drafts
from tests.pages import Page, Visitor
from tests.registry.old_books import TITLE, in_the_book
from tests.review import chamber, stage
from tests.review.chamber import Chamber
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Chamber]:
    with stage.at(stage.MORNING):
        yield Chamber()


def earlier(town: Chamber, body: Organisation, platform: str, last: date) -> Title:
    """A title of three years before, imported by one officer and confirmed by another."""
    first = last.replace(year=last.year - 3)
    row = {
        **TITLE, "operator": body.name, "credit_code": body.credit_code, "legal_representative": body.legal_representative,
        "platform_name": platform, "number": f"旧-{body.credit_code}", "plaque_serial": f"旧牌-{body.credit_code}",
        "decided_on": first, "valid_from": first, "valid_to": last,
    }  # fmt: skip
    in_the_book(town.officer, town.second, row)
    return Title.objects.get(number=f"旧-{body.credit_code}")


def begin(town: Chamber, filer: Actor, platform: str) -> Page:
    """The page that begins an application; its form sent where nothing stands in the way."""
    visitor = Visitor(filer)
    page = visitor.get(reverse("applications:new", args=[town.call.uuid]))
    if page.soup.select("main form[method=post] button:not([disabled])"):
        return visitor.submit(page, "开始填报", {"platform_name": platform})
    return page


def renewed(town: Chamber, application: Application) -> Page:
    """The decision entered, compared, confirmed and announced by forms; the register afterwards."""
    one, two = Visitor(town.officer), Visitor(town.second)
    with stage.at(chamber.ON):
        typed = {
            "kind": "party_group", "held_on": "2026-06-18", "minutes_number": "2026-15", "attendance": "示例局长",
            f"r-{application.uuid}-outcome": "certify",
        }  # fmt: skip
        form = one.get(reverse("review:meeting_enter", args=[town.call.uuid]))
        minutes = SimpleUploadedFile("纪要.pdf", drafts.pdf(), "application/pdf")
        entered = one.submit(form, "录入，送另一人复核", typed, minutes=minutes)
        assert entered.errors == []
        compared = {"same_meeting": "on", "same_rulings": "on"}
        confirmed = two.submit(two.get(entered.url), "确认与会议纪要一致，使决定生效", compared)
        assert confirmed.errors == []
        published = {"document_number": chamber.NUMBER, "issued_on": "2026-06-18", "portal_url": chamber.PORTAL}
        page = one.get(Meeting.objects.get().get_absolute_url())
        assert one.submit(page, "公告认定结果", published).errors == []
        return Visitor().get("/register/")


def test_the_year_of_expiry_invites_and_opens_the_call_and_the_year_before_does_not(town: Chamber) -> None:
    due, early = cast.organisation("到期运营公司"), cast.organisation("未到期运营公司")
    earlier(town, due, "到期平台", date(2026, 9, 30))
    earlier(town, early, "未到期平台", date(2027, 9, 30))
    invited, waiting = cast.filer(due, "due"), cast.filer(early, "early")
    scans.scan(clock.now())
    delivering.deliver()
    inboxes = ["再次申报" in Visitor(person).get("/messages/").text for person in (invited, waiting)]
    with stage.at(town.call.opens_at):
        opened, refused = begin(town, invited, "到期平台"), begin(town, waiting, "未到期平台")
    assert (inboxes, opened.status, refused.status) == ([True, False], 200, 200)
    assert "在有效期满当年（2027年）方可再次申报（第十六条）" in refused.text
    assert list(Application.objects.filter(organisation__in=[due, early]).values_list("organisation", flat=True)) == [
        due.pk
    ]


@pytest.mark.parametrize(
    ("last", "term", "gap"),
    [
        (date(2026, 9, 30), (date(2026, 10, 1), date(2029, 10, 1)), ""),
        (date(2026, 6, 17), (date(2026, 6, 18), date(2029, 6, 18)), ""),
        (date(2026, 6, 16), (date(2026, 6, 18), date(2029, 6, 18)), "此前空档： 2026-06-17 至 2026-06-17"),
        (date(2026, 5, 31), (date(2026, 6, 18), date(2029, 6, 18)), "此前空档： 2026-06-01 至 2026-06-17"),
    ],
)
def test_a_renewed_title_follows_the_old_one_or_shows_the_gap(
    town: Chamber, last: date, term: tuple[date, date], gap: str
) -> None:
    application = town.noticed("甲平台")
    old = earlier(town, application.organisation, "甲平台", last)
    register = renewed(town, application)
    new = Title.objects.exclude(pk=old.pk).get()
    assert (new.valid_from, new.valid_to) == term
    assert (gap in register.text, "此前空档" in register.text) == (True, bool(gap))
    with stage.at(chamber.ON):
        own = Visitor(chamber.acting_for(application.organisation, Role.SIGNATORY)).get(new.get_absolute_url())
    assert new.number in own.text
