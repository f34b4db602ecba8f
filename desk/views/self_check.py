"""三分钟自测 for everybody: questions on one page, answered by the rules of filing. Only by POST, and nothing is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.access import public
from applications import answering
from applications.models import Call
from applications.schema import Section
from desk import public as face
from desk import self_check
from desk.forms import SelfCheckForm
from lifecycle.deadlines import last_day
from lifecycle.workdays import calendar
from regulation import materials, parameters
from regulation.eligibility import Assessment, assess
from regulation.facts import Facts
from timekeeping import clock


@dataclass(frozen=True)
class Terms:
    """What the answers are measured by: the open call's closing day and pinned values, or those of today without a call."""

    call: Call | None
    values: parameters.Parameters
    closes_on: date | None

    @property
    def sheet(self) -> Section:
        """The questions, asked for the calendar year before the closing day."""
        return self_check.sheet((self.closes_on or clock.today()).year - 1)


@public
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The questions; after POST the answers above them."""
    terms = _terms()
    answers = self_check.read(terms.sheet, request.POST)
    form = SelfCheckForm(terms.sheet, answers.raw, answers.problems)
    context = {"form": form, "parts": form.parts(), **_around(request, terms)}
    if answers.problems:
        return render(request, "desk/self_check.html", context, status=422)
    if request.method == "POST":
        facts = answers.facts(terms.closes_on)
        context |= _result(assess(facts, terms.values), facts) | {"nothing": not answers.values}
    return render(request, "desk/self_check.html", context)


def _terms() -> Terms:
    call = face.current_call()
    if call is None:
        return Terms(None, parameters.at(clock.today()), None)
    return Terms(call, call.parameters, last_day(call.filing_end[0]))


def _around(request: HttpRequest, terms: Terms) -> dict[str, Any]:
    call, actor = terms.call, request.actor
    mine = reverse("applications:mine")
    apply_url = mine if actor.user_id else f"{reverse('login')}?{urlencode({'next': mine})}"
    return {
        "call": call,
        "call_due": face.call_due(call, calendar()) if call else None,
        "values": terms.values,
        "apply_url": apply_url,
        "year": (terms.closes_on or clock.today()).year - 1,
    }


def _result(assessment: Assessment, facts: Facts) -> dict[str, Any]:
    items = answering.items(assessment)
    return {
        "result": True,
        "words": answering.counted(items),
        "items": items,
        "functions": answering.functions(assessment),
        "documents": [
            "或者".join(one.label for one in group)
            for group in materials.required(claims_qualifications=False, functions=facts.functions)
        ],
        "on": clock.now(),
    }
