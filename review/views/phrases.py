"""The district's common phrases: the list, a new one, one retired."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import access
from accounts.models import Role
from lifecycle.acting import attempt, status_of
from review import checklist
from review.forms.phrases import PhraseForm
from review.models import Phrase
from review.selectors import phrases as selectors
from review.services import phrases as services


@access.roles(Role.DISTRICT_OFFICER)
def phrases(request: HttpRequest) -> HttpResponse:
    """What is offered beside the checklist, and a form for one more."""
    form = PhraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, services.add, actor=request.actor, **form.cleaned_data):
        messages.success(request, "常用语已添加。")
        return redirect("review:phrases")
    listed = [(phrase, _label(phrase)) for phrase in selectors.in_use(request.actor)]
    return render(request, "review/phrases.html", {"form": form, "listed": listed}, status=status_of(form))


@access.roles(Role.DISTRICT_OFFICER)
@require_POST
def retire(request: HttpRequest, uuid: str) -> HttpResponse:
    """No longer offered; notes in which it was used stay as they are."""
    phrase = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    services.retire(actor=request.actor, phrase=phrase)
    messages.success(request, "常用语已停用，已经写入核对结果的不受影响。")
    return redirect("review:phrases")


def _label(phrase: Phrase) -> str:
    item = checklist.BY_KEY.get(phrase.item)
    return item.label if item else "任何事项"
