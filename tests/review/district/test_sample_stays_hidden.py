"""While a sample is open, nothing an applicant can reach changes by one letter; when it is closed, what the rules open is there."""

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from files import pdf
from lifecycle.models import Announcement
from notifications.services import delivering, reading
from review.models import Sample
from review.selectors import sampling as samples
from review.services import district, sampling
from tests import cast
from tests.pages import Page, Visitor
from tests.review import build

pytestmark = pytest.mark.django_db
CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|form_key|whose_form)" value="[^"]*"|"X-CSRFToken": "[^"]*"|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}'
)
# Choices of display are no pages; the public register is reached once, not in each of its sixty filters.
LEFT_OUT = re.compile(r"^/(logout|display|static)/|^/register/.*[?]")


def plain(page: Page) -> str:
    """What a page or a file says; PDFs as their text, workbooks as the cells of their sheets."""
    if page.body.startswith(b"%PDF-"):
        return pdf.text_of(page.body)
    if page.body.startswith(b"PK"):
        sheets = load_workbook(BytesIO(page.body), read_only=True)
        return str([[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in sheets])
    kind = page.response.headers.get("Content-Type", "")
    return CHANGING.sub("", page.body.decode()) if kind.startswith("text/html") else page.body.hex()


def linked(page: Page) -> Iterator[str]:
    """Every address of this site that the page names, whatever it is for."""
    if not page.response.headers.get("Content-Type", "").startswith("text/html"):
        return
    for tag in page.soup.select("[href], [src], [data], [action], [hx-get], [data-autosave]"):
        for name in ("href", "src", "data", "action", "hx-get", "data-autosave"):
            address = urljoin(page.url, str(tag.get(name, "")))
            parts = urlsplit(address)._replace(fragment="")
            if tag.get(name) and parts.netloc in ("", "testserver"):
                yield parts._replace(scheme="", netloc="").geturl()


def world_of(person: Actor, *starts: str) -> dict[str, str]:
    """Address → words of everything the person reaches by following links, from the desk and the given addresses."""
    visitor, seen = Visitor(person), {}
    waiting = [reverse("desk:home"), reverse("desk:public_home"), *starts]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        page = visitor.get(address)
        seen[address] = f"{page.status} {page.url}\n{plain(page)}"
        waiting += [one for one in linked(page) if one not in seen and not LEFT_OUT.match(one)]
    return seen


def homes_of(person: Actor, application: Application) -> list[str]:
    """The desk, the inbox and the page of the application."""
    addresses = (reverse("desk:home"), reverse("notifications:inbox"), application.get_absolute_url())
    return [plain(Visitor(person).get(address)) for address in addresses]


@pytest.fixture
def applicant(call: Call) -> tuple[Application, list[Actor]]:
    """A real application with papers, materials and lists, and its two people."""
    application = cast.submitted_application(call)
    return application, [cast.actor_of(application, role) for role in (Role.FILER, Role.SIGNATORY)]


def ask(officer: Actor, sample: Sample) -> None:
    """Everything that happens while a sample is open, a redraw asked for and refused included."""
    units = list(samples.units(sample))
    sampling.send_links(actor=officer, sample=sample, units=units)
    sampling.note_attempt(actor=officer, unit=units[0], outcome="no_answer", note="上午两次")
    sampling.replace(actor=officer, unit=units[0])
    sampling.note_answer(actor=officer, unit=units[1], satisfaction="dissatisfied", comment="很少上门")
    sampling.answer(unit=units[2], satisfaction="very", comment="服务及时")


def test_an_open_sample_changes_nothing_in_the_applicants_world(
    applicant: tuple[Application, list[Actor]], officer: Actor, colleague: Actor
) -> None:
    application, people = applicant
    district.accept(actor=officer, application=application)
    delivering.deliver()
    for person in people:
        reading.read_all(actor=person)
    filer, signatory = people
    starts = (application.get_absolute_url(), reverse("review:sample_result", args=[application.uuid]))
    before, signing = world_of(filer, *starts), homes_of(signatory, application)
    assert len(before) > 40  # pages, papers, materials and messages were really reached
    assert any("受理" in words for address, words in before.items() if "/messages/" in address)

    sample = sampling.draw(actor=officer, application=application)
    ask(officer, sample)
    sampling.propose_redraw(actor=officer, sample=sample, reason="名单有误")
    sampling.refuse_redraw(actor=colleague, sample=sample, reason="名单无误")
    delivering.deliver()
    assert Announcement.objects.filter(user__in=[person.user for person in people], subject_type="sample").count() == 0
    after = world_of(filer, *starts)
    assert {address for address in after if before.get(address) != after[address]} == set()
    assert homes_of(signatory, application) == signing
    for person in people:
        visitor = Visitor(person)
        for name in ("sample", "sample_progress", "replay", "replay_file", "sample_links", "close_sample"):
            assert visitor.get(reverse(f"review:{name}", args=[sample.uuid])).status == 403
    seen = Visitor(officer).get(sample.get_absolute_url())
    assert all(unit.name in seen.text for unit in samples.units(sample))  # the twin: the officer sees all of it


def test_a_closed_sample_is_opened_to_its_applicant_without_the_single_answers(
    applicant: tuple[Application, list[Actor]], officer: Actor
) -> None:
    application, [filer, signatory] = applicant
    other = cast.filer(cast.organisation("另一单位", "wuhua"), "other filer")
    district.accept(actor=officer, application=application)
    sample = sampling.draw(actor=officer, application=application)
    ask(officer, sample)
    build.answer_all(sample)
    sampling.close(actor=officer, sample=sample)
    delivering.deliver()
    page = Visitor(filer).get(application.get_absolute_url())
    shown = Visitor(filer).get(page.links["满意度抽查结果"])
    assert (sample.seed in shown.text, sample.frame_hash in shown.text) == (True, True)
    assert "12/13（92.3%）" in shown.text
    assert all(unit.name in shown.text for unit in samples.units(sample))
    for private in ("很少上门", "服务及时", "很满意", "上午两次", "代录", "138"):
        assert private not in shown.text
    told = Announcement.objects.filter(kind="sample_closed")
    assert {one.user for one in told} == {filer.user, signatory.user}
    assert {one.url for one in told} == {page.links["满意度抽查结果"]}
    address = reverse("review:sample_result", args=[application.uuid])
    assert [Visitor(one).get(address).status for one in (signatory, other, officer)] == [200, 404, 403]
