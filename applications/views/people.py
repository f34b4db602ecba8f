"""本单位人员: who acts for the organisation, adding and ending."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from accounts.services import colleagues
from applications.forms.people import AUTHORISED, FILER, PersonForm
from applications.selectors import letters_visible_to, own_people
from applications.services import people as services
from files.errors import Refused
from files.forms import refusal_status
from files.serving import serve

own = access.roles(Role.FILER, Role.SIGNATORY)


@own
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who acts for the organisation, and the form to add somebody."""
    form = PersonForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _added(request, form):
        messages.success(request, f"已添加{form.cleaned_data['name']}，通知邮件已发出。")
        return redirect("applications:people")
    context = {"form": form, "people": own_people(request.actor), "organisation": request.actor.organisation}
    return render(request, "applications/people.html", context, status=refusal_status(form) if form.errors else 200)


def _added(request: HttpRequest, form: PersonForm) -> bool:
    """Whether the service took the person; its refusals go into the form."""
    given = {name: form.cleaned_data[name] for name in ("name", "email", "phone")}
    try:
        if form.cleaned_data["role"] == FILER:
            colleagues.add(actor=request.actor, role=Role.FILER, **given)
        else:
            letter = form.cleaned_data["letter"] if form.cleaned_data["role"] == AUTHORISED else None
            services.add_signatory(actor=request.actor, letter=letter, **given)
    except ValidationError as error:
        form.add_error(None, error)
    except Refused as refusal:
        form.add_error("letter", refusal.message)
    return not form.errors


@own
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then end a colleague's role."""
    capacity = get_object_or_404(own_people(request.actor), uuid=uuid)
    if request.method == "POST":
        try:
            colleagues.end(actor=request.actor, capacity=capacity)
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
        else:
            messages.success(request, f"已停用{capacity.user.name}的身份。")
        return redirect("applications:people")
    return render(request, "applications/people_end.html", {"capacity": capacity})


@access.signed_in
@require_GET
def letter(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The letter of authorisation behind a signatory."""
    found = get_object_or_404(letters_visible_to(request.actor), uuid=uuid)
    return serve(found.file, inline="inline" in request.GET)
