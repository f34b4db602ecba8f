"""What enterprises and the applicant see of a sample: the page on which an enterprise answers, and the result once it is closed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from lifecycle import lookups
from lifecycle.acting import place
from lifecycle.errors import WrongStage
from review import links
from review.forms.sampling import AnswerForm
from review.models import SampleUnit
from review.selectors import sampling as samples
from review.services import sampling

OPEN, ANSWERED, PAUSED, CLOSED, UNKNOWN = "open", "answered", "paused", "closed", "unknown"


@access.public
@never_cache
def survey(request: HttpRequest, unit: str, token: str) -> HttpResponse:
    """One question by private link, without an account, answered once. Wrong, old and unused links get one page."""
    found = _unit(request, unit, token)
    if found is None:
        return _page(request, {"stage": UNKNOWN}, 404)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and stage_of(found) == OPEN and form.is_valid():
        try:
            sampling.answer(unit=found, **form.cleaned_data)
        except ValidationError as error:
            place(form, error)
        except WrongStage:
            pass  # closed or replaced in the meantime: the page shows it
        else:
            return redirect(links.path_of(found))
    found = _with_answer().get(pk=found.pk)
    context = {
        "stage": stage_of(found),
        "enterprise": found.name,
        "application": found.sample.application,
        "bureau": found.sample.application.district.bureau,
        "answer": getattr(found, "answer", None),
        "form": form,
    }
    return _page(request, context, 422 if form.errors and stage_of(found) == OPEN else 200)


def _with_answer() -> Any:
    return SampleUnit.objects.select_related("answer", "sample__application__district", "sample__application__call")


def _unit(request: HttpRequest, unit: str, token: str) -> SampleUnit | None:
    """The enterprise the link belongs to. Whoever guesses links is slowed down like whoever guesses numbers (A12)."""
    found: SampleUnit | None = _with_answer().filter(uuid=unit, activated_at__isnull=False).first()
    if found is not None and links.fits(found, token):
        return found
    lookups.may_ask(request.META["REMOTE_ADDR"])
    lookups.note_failure(request.META["REMOTE_ADDR"])
    return None


def stage_of(unit: SampleUnit) -> str:
    """Whether the link still takes an answer, has one, pauses while a redraw is decided on, or has ended."""
    if hasattr(unit, "answer"):
        return ANSWERED
    if unit.replaced_at is not None or unit.sample.closed_at or not samples.examined(unit.sample):
        return CLOSED
    return {"open": OPEN, "redraw_proposed": PAUSED}.get(unit.sample.state, CLOSED)


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, "review/survey.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@access.roles(Role.FILER, Role.SIGNATORY)
@require_GET
def result(request: HttpRequest, uuid: str) -> HttpResponse:
    """The last closed sample as its applicant may know it: result, seed, frame, drawn enterprises; nothing while it is open."""
    found = samples.disclosed_to(request.actor).filter(application__uuid=uuid).last()
    if found is None:
        raise Http404
    stands = samples.progress(found)
    context = {
        "sample": found,
        "application": found.application,
        "stands": stands,
        "meaning": samples.meaning_of(found, stands),
        "units": samples.units(found),
    }
    return render(request, "review/sample_result.html", context)
