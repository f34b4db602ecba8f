"""Signing in and out, and choosing the capacity to act in."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import access
from accounts.addresses import safe_next
from accounts.forms import LoginForm
from accounts.middleware import SESSION_KEY


@access.public
@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Sign in; a person with several capacities chooses one next."""
    if request.user.is_authenticated:
        return redirect(onward(request))
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        return redirect(onward(request))
    return render(request, "accounts/login.html", {"form": form, "next": safe_next(request, "")})


@access.public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    auth.logout(request)
    messages.success(request, "您已退出登录。")
    return redirect(settings.LOGOUT_REDIRECT_URL)


@access.signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """The capacities in force, to act in one of them."""
    return render(request, "accounts/choose.html", {"next": safe_next(request, "")})


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
