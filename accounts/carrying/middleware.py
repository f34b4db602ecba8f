"""When what was typed is taken along: refused for want of a session, refused as outdated, shown again, arrived."""

from collections.abc import Callable
from urllib.parse import urlencode, urljoin, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string

from accounts.carrying import parcels
from accounts.carrying.filling import fill
from accounts.carrying.parcels import Parcel
from accounts.forms import LoginForm

AUTOSAVE = "X-Autosave"
"""The header of what a page sends by itself; it wants JSON, not a page."""
EXPIRED = "登录已过期，您填写的内容还在本页，重新登录后继续保存。"
OUTDATED = "页面已过期，正在更新。"


class BackToForm(HttpResponseRedirect):
    """To the page of an outdated form, with the text in it."""


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads to the login page, and takes along what a form of ours brought; a page that saves by itself gets 401 in JSON."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponse]) -> HttpResponse:
        if AUTOSAVE in request.headers:
            return expired(request)
        if request.method == "POST" and (answer := rescue(request)):
            return answer
        refused: HttpResponse = super().handle_no_permission(request, view_func)
        return refused


class CarryingMiddleware:
    """Shows a kept text in the form of its page until it is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        parcel = parcels.kept(request) if request.actor.capacity else None
        if parcel is None:
            return response
        if request.method == "POST" and request.path == parcel.path and _arrived(response):
            parcels.forget(request)
        elif request.method == "GET" and request.get_full_path() == parcel.page:
            _show(request, response, parcel)
        return response


def rescue(request: HttpRequest) -> HttpResponse | None:
    """The answer to a refused POST that loses nothing: its page with the text, or the login page; None when neither is safe.

    Neither is for a form that no page of ours made for its sender, which is all that another site could prepare.
    """
    try:
        parcel = parcels.unseal(request.POST.get(parcels.SEALED, "")) or parcels.packed(request)
    except parcels.TooLong:
        return HttpResponse(status=413)
    if parcel is None:
        return None
    if not request.user.is_authenticated:
        context = {"form": LoginForm(request), "next": parcel.page, "carried": parcels.seal(parcel)}
        return render(request, "accounts/login.html", context, status=401)
    return BackToForm(parcel.page) if parcels.keep(request, parcel) else None


def expired(request: HttpRequest) -> JsonResponse:
    """401 for a page that saves by itself, with the way back to it."""
    query = urlencode({"next": parcels.page_of(request)})
    return JsonResponse({"message": EXPIRED, "login": f"{resolve_url('login')}?{query}"}, status=401)


def outdated() -> JsonResponse:
    """403 for a page that saves by itself and was made before the person signed in again."""
    return JsonResponse({"message": OUTDATED, "outdated": True}, status=403)


def _arrived(response: HttpResponse) -> bool:
    """The view has seen the text: it took effect, or the page shows it with what is wrong."""
    return (
        response.status_code < 500 and response.status_code not in (401, 403) and not isinstance(response, BackToForm)
    )


def _show(request: HttpRequest, response: HttpResponse, parcel: Parcel) -> None:
    if "Location" in response:
        target = urlsplit(urljoin(parcel.page, response["Location"]))
        if not target.netloc:
            parcels.moved(request, target.path + (f"?{target.query}" if target.query else ""))
        return
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    filled = fill(response.content.decode(response.charset), page=parcel.page, path=parcel.path, fields=parcel.fields)
    context = {"left": filled.left, "files": parcel.files, "page": parcel.page}
    note = render_to_string("accounts/carried.html", context, request)
    response.content = f"{filled.html[: filled.main]}{note}{filled.html[filled.main :]}".encode(response.charset)
