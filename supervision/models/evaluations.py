"""Commissioned evaluations of a platform's operation and services (Art. 18)."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import District, Organisation, User
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title
from regulation import evaluation as rules
from timekeeping import clock
from timekeeping.dates import end_of_day

OPEN = ("commissioned", "in_progress", "submitted", "recused")
HANDED_IN = ("submitted", "passed", "failed")


class Evaluation(Subject):
    """One evaluation of one title by one responsible account, for an expert or a third party. Dates are inclusive.

    ``criteria`` is pinned when it is commissioned; ``declared_at`` is when its evaluator declared to have no interest.
    """

    SUBJECT = "evaluation"
    SEALED = (
        "title", "evaluator", "body", "body_code", "team", "assignment", "commission_number", "commission_paper",
        "contract_from", "contract_to", "due_on", "criteria", "commissioned_by", "declared_at", "conflict",
        "submitted_at", "conclusion", "concluded_at",
    )  # fmt: skip

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="evaluations", verbose_name="称号")
    state = state_field(SUBJECT)
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluations", verbose_name="测评负责人"
    )
    body = models.CharField("受托单位", max_length=120)
    body_code = models.CharField("受托单位信用代码", max_length=18, blank=True)
    team = models.TextField("测评组成员", blank=True)
    assignment = models.TextField("测评范围和要求")
    commission_number = models.CharField("委托书编号", max_length=60, blank=True)
    commission_paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="委托书")
    contract_from = models.DateField("委托期限起")
    contract_to = models.DateField("委托期限止（含当日）")
    due_on = models.DateField("提交测评报告的最后一日")
    criteria = models.JSONField("测评指标")
    commissioned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="委托经办人"
    )
    declared_at = models.DateTimeField("声明时间", null=True)
    conflict = models.TextField("回避原因", blank=True)
    revision = models.PositiveIntegerField("修订号", default=0)
    proposal = models.CharField("测评意见", max_length=4, choices=rules.PROPOSALS, blank=True)
    opinion = models.TextField("综合意见", blank=True)
    report = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="测评报告"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)
    conclusion = models.TextField("结论理由", blank=True)
    concluded_at = models.DateTimeField("作出结论时间", null=True)

    class Meta:
        verbose_name = "运行测评"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        constraints = [
            state_constraint("evaluation"),
            models.UniqueConstraint(name="evaluation_one_open", fields=["title"], condition=Q(state__in=OPEN)),
            models.CheckConstraint(
                name="evaluation_dates_in_order",
                condition=Q(contract_to__gte=F("contract_from")) & Q(due_on__lte=F("contract_to")),
            ),
            models.CheckConstraint(
                name="evaluation_handed_in_is_complete",
                condition=~Q(state__in=HANDED_IN)
                | (Q(submitted_at__isnull=False) & ~Q(proposal="") & Q(declared_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title.platform_name}运行测评（{self.contract_from.year}年）"

    @property
    def heading(self) -> str:
        return f"运行测评 {self.title.platform_name}"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.title.platform.district

    def assigned_users(self) -> Iterable[User]:
        return (self.evaluator,)

    @property
    def due_at(self) -> datetime:
        """The exclusive end of the last day for the report of the evaluator."""
        return end_of_day(self.due_on)

    @cached_property
    def criteria_set(self) -> rules.Criteria:
        """The criteria it was commissioned with."""
        return rules.from_pin(self.criteria)

    @property
    def late(self) -> bool:
        """Whether the report of the evaluator came after the last day."""
        return self.submitted_at is not None and self.submitted_at >= self.due_at

    def get_absolute_url(self) -> str:
        return reverse("supervision:evaluation", args=[self.uuid])

    @performs("evaluation", "commission")
    def commission(self) -> None:
        """Art. 18."""

    @performs("evaluation", "begin")
    def begin(self) -> None:
        """Art. 18; interests are declared before anything opens (default)."""

    @performs("evaluation", "recuse")
    def recuse(self) -> None:
        """Default."""

    @performs("evaluation", "reassign")
    def reassign(self) -> None:
        """Default: another evaluator takes over, interests first."""

    @performs("evaluation", "submit")
    def submit(self) -> None:
        """Art. 18."""

    @performs("evaluation", "send_back")
    def send_back(self) -> None:
        """Default: an incomplete report goes back with words."""

    @performs("evaluation", "conclude_pass")
    def conclude_pass(self) -> None:
        """Art. 18."""

    @performs("evaluation", "conclude_fail")
    def conclude_fail(self) -> None:
        """Art. 18."""

    @performs("evaluation", "abandon")
    def abandon(self) -> None:
        """Default."""


class EvaluationFinding(models.Model):
    """What was found under one criterion; drafts of an evaluation in progress count for nobody."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="findings")
    criterion = models.CharField("测评指标", max_length=30)
    verdict = models.CharField("结果", max_length=5, choices=rules.VERDICTS, blank=True)
    text = models.TextField("测评情况", blank=True)
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="证据")
    saved_at = models.DateTimeField("保存时间", default=clock.now)

    class Meta:
        verbose_name = "测评情况"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="evaluation_finding_once", fields=["evaluation", "criterion"])]

    def __str__(self) -> str:
        return f"{self.criterion} {self.get_verdict_display()}"
