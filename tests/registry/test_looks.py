"""The pages of old titles, claims, endings, bans and support in every look: nothing wrong for axe-core, never too wide."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse

from accounts import actors
from accounts.actors import Actor
from registry.models import Title
from registry.services import claims
from registry.services.claims import Claimant
from tests import cast
from tests.browser import Unsound
from tests.registry.old_books import BAN, TITLE, in_the_book, uploaded
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Pages = dict[str, tuple[Actor, list[tuple[str, str]]]]
OLD = {
    **TITLE, "number": "昆示范2020-014", "plaque_serial": "2020-014", "document_number": "昆工信通〔2020〕9号",
    "decided_on": date(2020, 12, 1), "valid_from": date(2020, 12, 1), "valid_to": date(2023, 12, 1),
}  # fmt: skip


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 11, 23, 12)):
        yield


@pytest.fixture
def pages() -> Pages:
    """(name, address) of every page by who opens it."""
    city, second, district = cast.city_officer("first"), cast.city_officer("second"), cast.district_officer()
    done = in_the_book(city, second, OLD, TITLE, BAN)
    waiting = uploaded(city, {**OLD, "number": "昆示范2017-1"}, {**BAN, "ban_to": None}, {**TITLE, "credit_code": "1"})
    title = Title.objects.get(number=TITLE["number"])
    body = title.platform.organisation
    claimant = Claimant("周敏", "13800000007", "zhou@example.com", "filer", "Panlong-2026-claim")
    claim = claims.file(
        actor=actors.public, credit_code=body.credit_code, claimant=claimant, letter=cast.stored_file("介绍信.pdf"),
        address="203.0.113.9",
    )  # fmt: skip
    signatory = cast.signatory(cast.organisation("另一单位"), "stranger")
    own = [
        ("imports", reverse("registry:imports")), ("import-waiting", waiting.get_absolute_url()),
        ("import-done", done.get_absolute_url()), ("bans", reverse("registry:bans")), ("title", title.get_absolute_url()),
        ("dissolve", reverse("registry:dissolve", args=[title.uuid])), ("platforms", reverse("registry:platforms")),
        ("support", reverse("supervision:support")),
    ]  # fmt: skip
    return {
        "city": (city, own),
        "district": (district, [("claims", reverse("registry:claims")), ("claim", claim.get_absolute_url()), ("home", "/desk/")]),
        "public": (
            signatory,
            [
                ("claim-file", reverse("registry:claim_file")), ("claim-filed", reverse("registry:claim_filed")),
                ("register", reverse("registry:register")), ("check", title.public_url()),
            ],
        ),
    }  # fmt: skip


def test_every_page_is_sound_in_every_look(pages: Pages, unsound: Unsound) -> None:
    found: dict[str, list[str]] = {}
    for actor, listed in pages.values():
        found |= unsound(actor, listed)
    assert found == {}
