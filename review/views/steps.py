"""One page per step: what it does, what stands in the way, the form, the effect."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from accounts.access import roles
from accounts.models import Role
from applications.models import Application
from applications.selectors import visible_to
from lifecycle import deadlines, engine
from lifecycle.acting import place
from lifecycle.forms import submitted
from lifecycle.steps import step_of


class StepPage(View):
    """Subclasses name the step, its form, the words, and call the service in ``perform``."""

    step: ClassVar[str]
    form_class: ClassVar[type[forms.Form]]
    effect: ClassVar[str]
    done: ClassVar[str]
    tone: ClassVar[str] = "primary"
    template = "review/step.html"
    http_method_names = ("get", "post", "head", "options")
    application: Application

    @classmethod
    def page(cls, *allowed: Role) -> Callable[..., HttpResponse]:
        """The view, open to the roles."""
        return roles(*allowed)(cls.as_view())

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.application = get_object_or_404(
            visible_to(request.actor).select_related("current_version"), uuid=kwargs["uuid"]
        )

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """What the step does and what is needed."""
        return self.shown(self.form())

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Take the step; refusals of the service appear in the form with everything typed."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                self.perform(form, actor=request.actor, application=self.application, **submitted(request).kwargs())
            except ValidationError as error:
                place(form, error)
            else:
                messages.success(request, self.done.format(self.application))
                return redirect(self.lead_to())
        return self.shown(form, status=422)

    def form(self, data: Any = None) -> forms.Form:
        """The form, bound when there are data."""
        return self.form_class(data, application=self.application)  # type: ignore[call-arg]

    def perform(self, form: forms.Form, **given: Any) -> None:
        """Call the service."""
        raise NotImplementedError

    def lead_to(self) -> str:
        """Where the person goes afterwards."""
        visible = visible_to(self.request.actor).filter(pk=self.application.pk).exists()
        return reverse("review:workbench", args=[self.application.uuid]) if visible else reverse("review:queue")

    def shown(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """The page around the form."""
        row = step_of("application", self.step)
        context = {
            "application": self.application,
            "row": row,
            "form": form,
            "effect": self.effect,
            "tone": self.tone,
            "due": deadlines.due(self.application),
            "blockers": engine.blockers(self.application, self.step, self.request.actor),
            "back_url": reverse("review:workbench", args=[self.application.uuid]),
            **self.more(form),
        }
        return render(self.request, self.template, context, status=status)

    def more(self, form: forms.Form) -> dict[str, Any]:
        """More for the template."""
        return {}
