"""Who may open and post to a view: the declaration itself."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts import access
from accounts.actors import Actor
from accounts.models import Role
from tests import cast

pytestmark = pytest.mark.django_db
READERS = (Role.CITY_OFFICER, Role.AUDITOR)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("opened")


def asked(view: access.View, actor: Actor, method: str) -> int:
    """The answer as the middleware and the view give it."""
    request = RequestFactory().generic(method, "/")
    request.actor = actor  # type: ignore[attr-defined]
    access.refuse_auditor(request, view)
    return view(request).status_code


def test_an_auditor_reads_every_page_open_to_the_role_and_posts_to_none() -> None:
    view, auditor, officer = access.roles(*READERS)(page), cast.person("auditor", Role.AUDITOR), cast.city_officer()
    assert [asked(view, auditor, "GET"), asked(view, officer, "GET"), asked(view, officer, "POST")] == [200, 200, 200]
    with pytest.raises(PermissionDenied, match="不能办理任何事项"):
        asked(view, auditor, "POST")


def test_an_auditor_posts_where_reading_itself_is_recorded() -> None:
    assert asked(access.roles(*READERS, auditor_posts=True)(page), cast.person("auditor", Role.AUDITOR), "POST") == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_methods_that_no_page_uses_are_refused_everywhere(method: str) -> None:
    client = Client(headers={"host": "localhost"})
    answer = client.generic(method, "/guide/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert "不能这样访问" in answer.content.decode()
    assert client.get("/guide/").status_code == 200


def test_a_method_written_into_a_header_counts_for_nothing() -> None:
    client = Client(headers={"host": "localhost"})
    assert client.get("/logout/", headers={"X-HTTP-Method-Override": "POST"}).status_code == 405
    assert client.post("/logout/").status_code == 302


def test_an_outdated_form_shows_what_was_typed_and_nothing_of_its_machinery() -> None:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    typed = {
        "email": "li@example.com",
        "form_key": "0b7a5f1c-0000-4000-8000-000000000000",
        "version": "123456",
        "password": "secret",
    }
    answer = client.post("/account/password/forgotten/", typed)
    body = answer.content.decode()
    assert answer.status_code == 403
    assert "li@example.com" in body
    assert [word for word in ("0b7a5f1c", "123456", "secret") if word in body] == []
