import json
import logging
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User
from platforms_site import errors
from platforms_site.logs import JsonFormatter
from platforms_site.middleware import ClientAddressMiddleware, RequestNumberMiddleware

NUMBER = re.compile(r"^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$")


@pytest.fixture
def asked(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = AnonymousUser()
    request.number = "2345-6789-ABCD"
    return request


@pytest.mark.parametrize("code", sorted(errors.PAGES))
def test_every_error_page_is_chinese_and_carries_the_number(code: int, asked: HttpRequest) -> None:
    response = errors.page(asked, code)
    text = response.content.decode()
    assert response.status_code == code
    assert errors.PAGES[code].title in text
    assert errors.PAGES[code].next_step in text
    assert "2345-6789-ABCD" in text
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", [429, 503])
def test_those_who_should_come_back_are_told_when(code: int, asked: HttpRequest) -> None:
    assert errors.page(asked, code)["Retry-After"] == "30"


@pytest.mark.django_db
def test_a_missing_page_shows_the_number_of_its_own_request(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert NUMBER.match(response["X-Request-Id"])
    assert response["X-Request-Id"] in response.content.decode()


@pytest.mark.django_db
def test_a_wrong_method_gets_a_page_with_the_security_headers(client: Client) -> None:
    response = client.post("/healthz")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "不能这样访问" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_an_outdated_form_is_answered_with_what_was_typed() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/login/", {"username": "打好的字", "password": "secret-word", "form_key": "hidden"})
    text = response.content.decode()
    assert response.status_code == 403
    assert "页面已过期，请刷新后重试" in text
    assert "打好的字" in text
    assert "secret-word" not in text
    assert "hidden</textarea>" not in text


def test_too_much_data_is_413_and_other_nonsense_400(asked: HttpRequest) -> None:
    assert errors.bad_request(asked, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(asked, SuspiciousOperation()).status_code == 400


def test_our_own_words_of_a_refusal_are_shown_and_english_ones_are_not(asked: HttpRequest) -> None:
    assert (
        "此页面供审计监察人员使用"
        in errors.permission_denied(asked, PermissionDenied("此页面供审计监察人员使用。")).content.decode()
    )
    assert "English" not in errors.permission_denied(asked, PermissionDenied("English only")).content.decode()


def test_a_database_that_is_away_is_503_and_a_broken_upload_400(asked: HttpRequest) -> None:
    around = errors.ErrorPageMiddleware(lambda _: HttpResponse())
    assert getattr(around.process_exception(asked, OperationalError()), "status_code", None) == 503
    assert getattr(around.process_exception(asked, UnreadablePostError()), "status_code", None) == 400
    assert around.process_exception(asked, ValueError()) is None


def test_an_answer_with_a_body_of_its_own_is_left_alone(asked: HttpRequest) -> None:
    drawn = errors.ErrorPageMiddleware(lambda _: HttpResponse("own words", status=409))(asked)
    filled = errors.ErrorPageMiddleware(lambda _: HttpResponseNotAllowed(["POST"]))(asked)
    assert drawn.content == b"own words"
    assert "不能这样访问" in filled.content.decode()


@pytest.mark.django_db
def test_the_sixth_wrong_password_is_answered_429_for_that_name_and_address_only(settings: Settings) -> None:
    User.objects.create_user("officer", "right-password-1", name="示例")
    client = Client(REMOTE_ADDR="192.0.2.1")
    codes = [client.post("/login/", {"username": "officer", "password": "wrong"}).status_code for _ in range(5)]
    refused = client.post("/login/", {"username": "officer", "password": "right-password-1"})
    assert codes[:4] == [200] * 4
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert "登录尝试次数过多" in refused.content.decode()
    other = Client(REMOTE_ADDR="192.0.2.2")
    assert other.post("/login/", {"username": "officer", "password": "wrong"}).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_say_of_the_client_counts(
    proxies: int, forwarded: str, address: str, settings: Settings, rf: RequestFactory
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    ClientAddressMiddleware(lambda _: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
    assert "HTTP_X_FORWARDED_FOR" not in request.META


@pytest.mark.django_db
def test_no_page_of_a_signed_in_person_is_kept(client: Client) -> None:
    assert "no-store" not in client.get("/guide/").get("Cache-Control", "")
    client.force_login(
        User.objects.create_user("someone", "x", name="示例"), "django.contrib.auth.backends.ModelBackend"
    )
    assert client.get("/guide/")["Cache-Control"] == "no-store, private"


def test_the_request_line_names_the_route_and_neither_address_nor_person(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "platforms_site.requests"):
        RequestNumberMiddleware(lambda _: HttpResponse())(
            rf.get("/survey/private-token/?q=13800001234", REMOTE_ADDR="192.0.2.7")
        )
    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert {name: line[name] for name in ("method", "route", "status")} == {
        "method": "GET",
        "route": "-",
        "status": 200,
    }
    assert not [word for word in ("private-token", "13800001234", "192.0.2.7") if word in json.dumps(line)]


def test_a_logged_error_says_where_and_never_what(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("Key (phone)=(13800001234) already exists")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/survey/private-token/")
    line = JsonFormatter().format(caplog.records[-1])
    assert json.loads(line)["error"]["type"] == "builtins.ValueError"
    assert "13800001234" not in line
    assert "private-token" not in line
    assert "\n" not in line
