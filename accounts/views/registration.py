"""An organisation registers itself and its first person."""

from django.contrib import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts import access, limits, services
from accounts.registration_form import RegistrationForm

BACKEND = "django.contrib.auth.backends.ModelBackend"
PER_DAY = 20
"""Default of the bureau, in force from 2026-01-01: registrations from one address on one day."""


@access.public
@sensitive_post_parameters("password1", "password2")
def register(request: HttpRequest) -> HttpResponse:
    """Register; the person is signed in at once and told the user name."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.use("register", request.META.get("REMOTE_ADDR", "")) > PER_DAY:
            form.add_error(None, "同一网络今日注册次数过多，请明日再试，或者联系属地主管部门。")
            return render(request, "accounts/register.html", {"form": form}, status=429)
        try:
            user = services.register(**form.arguments())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            auth.login(request, user, backend=BACKEND)
            return redirect("accounts:registered")
    context = {"form": form, "claimable": form.has_error("credit_code", "claimable")}
    return render(request, "accounts/register.html", context, status=422 if form.errors else 200)


@access.signed_in
def registered(request: HttpRequest) -> HttpResponse:
    """The user name to keep, and what to do next."""
    return render(request, "accounts/registered.html")
