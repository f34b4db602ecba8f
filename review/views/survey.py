"""The page on which a drawn enterprise answers: by its private link, without an account, once."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from accounts import access
from lifecycle.errors import WrongStage
from review import links
from review.forms.sampling import AnswerForm
from review.models import SampleUnit, SurveyAnswer
from review.services import sampling
from review.views.steps import add_errors


@access.public
@never_cache
def survey(request: HttpRequest, unit: str, token: str) -> HttpResponse:
    """One question. A wrong, old or unused link is as good as none: 404."""
    found = SampleUnit.objects.select_related("sample__application__district").filter(uuid=unit).first()
    if found is None or found.activated_at is None or not links.fits(found, token):
        raise Http404
    answered = SurveyAnswer.objects.filter(unit=found).exists()
    closed = found.sample.state != "open" or found.replaced_at is not None
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not answered and not closed and form.is_valid():
        try:
            sampling.answer(unit=found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        except WrongStage:
            closed = True
        else:
            return redirect(links.path_of(found))
    context = {
        "enterprise": found.name,
        "platform": found.sample.application.platform_name,
        "bureau": found.sample.application.district.bureau,
        "form": form,
        "answered": answered,
        "closed": closed,
    }
    response = render(request, "review/survey.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response
