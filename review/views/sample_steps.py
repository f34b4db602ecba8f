"""The steps that end a sample, or have it drawn again."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from accounts import access
from accounts.models import Role
from lifecycle import engine
from lifecycle.acting import place
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from review.forms.sampling import ApproveRedrawForm, CloseForm, RedrawForm, VoidForm
from review.models import Sample
from review.selectors import sampling as samples
from review.services import sampling
from review.views import desk


class SampleStep(View):
    """One step of a sample: what it does, its form, its service. Subclasses name them."""

    step: ClassVar[str]
    form_class: ClassVar[type[forms.Form]]
    effect: ClassVar[str]
    done: ClassVar[str]
    tone: ClassVar[str] = "primary"
    http_method_names = ("get", "post", "head", "options")
    sample: Sample

    @classmethod
    def page(cls) -> Callable[..., HttpResponse]:
        """The view, open to district officers."""
        return access.roles(Role.DISTRICT_OFFICER)(cls.as_view())

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.sample = get_object_or_404(samples.visible_to(request.actor), uuid=kwargs["uuid"])

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Take the step; refusals of the service appear in the form with everything typed."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                take = getattr(sampling, self.step)
                take(actor=request.actor, sample=self.sample, **form.cleaned_data, **submitted(request).kwargs())
            except ValidationError as error:
                place(form, error)
            else:
                messages.success(request, self.done)
                return redirect(self.sample)
        return self.shown(form, status=422)

    def form(self, data: Any = None) -> forms.Form:
        return self.form_class(data)

    @property
    def row(self) -> str:
        """The step of the law that the service will take."""
        return self.step

    def shown(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """The page around the form."""
        context = {
            "application": self.sample.application,
            "subject": self.sample,
            "row": step_of("sample", self.row),
            "form": form,
            "effect": self.effect.format(self.sample),
            "blockers": engine.blockers(self.sample, self.row, self.request.actor),
            "back_url": self.sample.get_absolute_url(),
            "tone": self.tone,
            "queue_url": desk.queue_url(self.request),
        }
        return render(self.request, "review/step.html", context, status=status)


class Close(SampleStep):
    """End the sample with its figures."""

    step, form_class = "close", CloseForm
    effect = (
        "结束后不再接受答复，满意度按有效答复计算并列入附件2和初审测评；随机种子、抽中企业和结果同时向申报单位公开，"
        "逐家答复不公开。"
    )
    done = "抽查已结束，申报单位会收到结果。"

    def form(self, data: Any = None) -> forms.Form:
        return CloseForm(data, enough=samples.progress(self.sample).enough)


class ProposeRedraw(SampleStep):
    """Ask for a new draw."""

    step, form_class, tone = "propose_redraw", RedrawForm, "return"
    effect = "须由本县（市）区另一名经办人复核。复核前暂停答复；同意后本次样本作废并留存，再重新抽取。结果低不是重新抽样的理由。"
    done = "已申请重新抽样，请另一名经办人复核。"


class ApproveRedraw(SampleStep):
    """The second person agrees."""

    step, form_class = "approve_redraw", ApproveRedrawForm
    effect = "申请理由：{0.redraw_reason}\n同意后本次样本作废，已有的联系记录和答复留存，不再计入。"
    done = "样本已作废，请重新抽取。"


class RefuseRedraw(SampleStep):
    """The second person does not agree."""

    step, form_class, tone = "refuse_redraw", RedrawForm, "return"
    effect = "申请理由：{0.redraw_reason}\n不同意的，样本继续有效：抽查未结束的恢复答复，已结束的维持结果。"
    done = "样本继续有效。"

    @property
    def row(self) -> str:
        return "keep_result" if self.sample.closed_at else self.step


class Void(SampleStep):
    """The sample has no use any more: another list is in force, or the application has ended."""

    step, form_class, tone = "void", VoidForm, "return"
    effect = "样本和已有的联系记录、答复留存，不再计入。申报仍在审核的，按现在的清单重新抽取。"
    done = "样本已作废。"
