"""A forgotten password: a private link by e-mail, whatever the address the answer is the same."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import access, selectors, services
from accounts.forms import ForgottenForm, NewPasswordForm
from accounts.tokens import opens

TOKEN_KEY = "password_reset_token"  # noqa: S105 - the name of a session key
PLACEHOLDER = "set"


@access.public
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the link; never says whether the address belongs to an account."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.request_reset(email=form.cleaned_data["email"])
        return redirect("accounts:reset_sent")
    return render(request, "accounts/forgotten.html", {"form": form})


@access.public
def reset_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/reset_sent.html")


@access.public
@never_cache
@sensitive_post_parameters()
def reset(request: HttpRequest, user_uuid: UUID, token: str) -> HttpResponse:
    """Set a new password by the link. The token moves to the session so that it does not stay in the address bar."""
    user = selectors.user_by_uuid(user_uuid)
    if token != PLACEHOLDER:
        request.session[TOKEN_KEY] = token
        return redirect("accounts:reset", user_uuid=user_uuid, token=PLACEHOLDER)
    if user is None or not opens(user, request.session.get(TOKEN_KEY, "")):
        return render(request, "accounts/reset_invalid.html", status=410)
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        request.session.pop(TOKEN_KEY, None)
        messages.success(request, f"新密码已设置，请用用户名 {user.username} 登录。")
        return redirect("login")
    return render(request, "accounts/reset.html", {"form": form})
