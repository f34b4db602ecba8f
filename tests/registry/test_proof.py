"""认定信息查询凭证: what it says, where its code leads, who may have it."""

import base64
import re
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
import segno
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Role
from files import pdf
from files.storage import open_bytes
from lifecycle.errors import Blocked
from lifecycle.models import ChainHead
from registry import documents
from registry.models import Title
from tests import cast
from tests.registry.test_public import expire
from tests.review import chamber
from tests.review.chamber import Chamber, certify
from timekeeping import clock

pytestmark = pytest.mark.django_db


def browser(actor: Any) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_states_the_title_on_one_landscape_page(town: Chamber) -> None:
    title = town.certified("甲平台")
    issued = documents.proof(title)
    paper = open_bytes(issued.file)
    said = "".join(pdf.text_of(paper).split())
    [page] = PdfReader(BytesIO(paper)).pages
    assert float(page.mediabox.width) > float(page.mediabox.height)
    assert set(pdf.fonts_of(paper).values()) == {True}
    for words in (
        title.number,
        "甲平台",
        title.operator_name,
        title.credit_code,
        title.document_number,
        "2026年6月18日至2029年6月18日",
    ):
        assert "".join(words.split()) in said
    assert (ChainHead.objects.get().hash in said, "不是证书" in said, issued.number) == (True, True, title.number)


def test_the_code_holds_the_configured_address_of_the_check_page(town: Chamber, settings: LazySettings) -> None:
    settings.BASE_URL = "https://platforms.example.gov.cn"
    title = town.certified()
    address = documents.check_address(title)
    assert address == f"https://platforms.example.gov.cn/register/check/{title.token}/"
    assert decoded(documents.qr_code(address)) == matrix_of(address)


def matrix_of(address: str) -> list[list[int]]:
    """The modules of the code for an address, with its quiet zone of two."""
    return [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=2)]


def decoded(data_uri: str) -> list[list[int]]:
    """The modules that the SVG picture paints: its one path of runs, each ``M x y h n`` or relative to the last."""
    head, _, body = data_uri.partition(",")
    svg = base64.b64decode(body).decode() if head.endswith("base64") else unquote(body)
    svg = svg.replace("'", '"')
    size = int(re.search(r'width="(\d+)', svg)[1]) // 4
    modules = [[0] * size for _ in range(size)]
    x = y = 0.0
    path = re.findall(r' d="([^"]+)', svg)[-1]
    for command, first, second in re.findall(r"([Mmh])\s*(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            for n in range(int(float(first))):
                modules[int(y)][int(x) + n] = 1
            x += float(first)
    return modules


def test_the_same_title_has_one_proof_whatever_happened_since(town: Chamber) -> None:
    title = town.certified()
    first = documents.proof(title)
    town.certified()
    assert documents.proof(title).pk == first.pk


def test_there_is_none_before_the_announcement_and_after_the_end(town: Chamber) -> None:
    town.decided(certify(town.noticed()))
    title = Title.objects.get()
    with pytest.raises(Blocked) as early:
        documents.proof(title)
    title.document_number = chamber.NUMBER
    with clock.frozen(expire(title)), pytest.raises(Blocked) as late:
        documents.proof(title)
    assert (early.value.reasons, late.value.reasons) == (
        ["认定决定尚未公告，公告后可以下载凭证"],
        ["称号已到期，不再提供凭证"],
    )


def test_those_concerned_see_the_title_and_nobody_else(town: Chamber) -> None:
    title = town.certified("甲平台", "panlong")
    own = title.platform.organisation
    people = {
        "filer": chamber.acting_for(own), "district": town.district_panlong, "city": town.officer,
        "auditor": cast.person("auditor", Role.AUDITOR), "other district": cast.district_officer("wuhua", "wuhua"),
        "other applicant": cast.filer(cast.organisation("外人", "panlong"), "stranger"), "expert": cast.person("expert", Role.EXPERT),
    }  # fmt: skip
    answers = {name: browser(person).get(title.get_absolute_url()).status_code for name, person in people.items()}
    assert answers == {
        "filer": 200, "district": 200, "city": 200, "auditor": 200, "other district": 404, "other applicant": 404, "expert": 403,
    }  # fmt: skip


def test_the_list_of_titles_shows_each_person_its_own(town: Chamber) -> None:
    first = town.certified("甲平台", "panlong")
    town.certified("乙平台", "wuhua")
    address = reverse("registry:platforms")
    shown = {}
    for name, person in (
        ("filer", chamber.acting_for(first.platform.organisation)),
        ("district", town.district_wuhua),
        ("city", town.officer),
    ):
        html = browser(person).get(address).content.decode()
        shown[name] = [n for n in ("甲平台", "乙平台") if f"{n}</a>" in html]
    assert shown == {"filer": ["甲平台"], "district": ["乙平台"], "city": ["甲平台", "乙平台"]}
