"""One's own account: data, contact, password."""

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts import access, services
from accounts.forms import ContactForm, OwnPasswordForm


@access.signed_in
@sensitive_post_parameters("password")
def profile(request: HttpRequest) -> HttpResponse:
    """Own data, capacities and contact; an auditor's contact is kept by the system administrator."""
    initial = {"email": request.user.email, "phone": request.user.phone}
    form = ContactForm(request, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_contact(user=request.user, email=form.cleaned_data["email"], phone=form.cleaned_data["phone"])
        messages.success(request, "联系方式已更新。")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@access.auditor_may_post
@access.signed_in
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions end."""
    form = OwnPasswordForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        auth.update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改，其他设备上的登录已退出。")
        return redirect("accounts:profile")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)
