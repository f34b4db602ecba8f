"""Signing in and out, and choosing the capacity to act in."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import access, limits
from accounts.addresses import safe_next
from accounts.carrying import parcels
from accounts.forms import LoginForm
from accounts.middleware import SESSION_KEY
from timekeeping import clock

FAILURES_PER_HOUR = 30
"""Default of the bureau, in force from 2026-01-01: wrong sign-ins from one address in one hour of the clock."""
PAUSED = "同一网络登录失败次数过多，已暂停登录。请一小时后再试，或联系系统管理员。"


@access.public
@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Sign in; a person with several capacities chooses one next."""
    carried = parcels.unseal(request.POST.get(parcels.SEALED, ""))
    if request.user.is_authenticated:
        return _in(request, carried)
    address = request.META.get("REMOTE_ADDR", "")
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if limits.used(_hour(), address) >= FAILURES_PER_HOUR:
            return _paused(request)
        if form.is_valid():
            auth.login(request, form.get_user())
            return _in(request, carried)
        limits.use(_hour(), address)
    context = {"form": form, "next": safe_next(request, ""), "carried": carried and parcels.seal(carried)}
    return render(request, "accounts/login.html", context)


def _in(request: HttpRequest, carried: parcels.Parcel | None) -> HttpResponse:
    """On to where the person was going; what was typed before the sign-in goes along when it is the person's own."""
    if carried and parcels.keep(request, carried):
        return redirect(carried.page)
    if carried:
        messages.warning(request, "登录前填写的内容属于另一账号，没有带入。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect(onward(request))


def _hour() -> str:
    """Failures of signing in are counted by the hour, whatever the names tried."""
    return f"login-{clock.now().astimezone(clock.SHANGHAI):%H}"


def _paused(request: HttpRequest) -> HttpResponse:
    """429 for an address that tries one name after the other; right passwords are not looked at either."""
    now = clock.now()
    form = LoginForm(request)
    context = {"form": form, "next": safe_next(request, ""), "paused": PAUSED}
    response = render(request, "accounts/login.html", context, status=429)
    response["Retry-After"] = str(3600 - now.minute * 60 - now.second)
    return response


@access.auditor_may_post
@access.public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    auth.logout(request)
    messages.success(request, "您已退出登录。")
    return redirect(settings.LOGOUT_REDIRECT_URL)


@access.auditor_may_post
@access.signed_in
@require_POST
def forget_carried(request: HttpRequest) -> HttpResponse:
    """Do without what was typed before the session ended."""
    parcels.forget(request)
    return redirect(onward(request))


@access.signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """The capacities in force, to act in one of them."""
    return render(request, "accounts/choose.html", {"next": safe_next(request, "")})


@access.auditor_may_post
@access.signed_in
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own capacities from now on in this session."""
    chosen = next((c for c in request.capacities if str(c.uuid) == request.POST.get("capacity")), None)
    if chosen is None:
        messages.error(request, "该身份已停用，请重新选择。")
        return redirect("accounts:choose")
    request.session[SESSION_KEY] = str(chosen.uuid)
    messages.success(request, f"当前身份：{chosen.label}。")
    return redirect(onward(request))


def onward(request: HttpRequest) -> str:
    """Where the person wanted to go, else home."""
    return safe_next(request, "") or resolve_url(settings.LOGIN_REDIRECT_URL)
