"""The district's desk (Art. 11): who handles a case, checks, flags answered, common phrases, measurement."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import District
from applications.models import Application, ApplicationVersion
from review.checklist import token_of
from timekeeping import clock


class CaseAssignment(models.Model):
    """Which officer of the district handles a case; a working arrangement, kept with its history, no step of the law."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField("分派时间", default=clock.now)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "经办分工"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="case_assignment_one_in_force", fields=["application"], condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.officer_id}"


class CheckItem(models.Model):
    """The officer's answer to one item of the checklist on one version; working paper until a step uses it."""

    class Verdict(models.TextChoices):
        OK = "ok", "符合"
        FIX = "fix", "需补正"
        NA = "na", "不适用"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="check_items")
    version = models.ForeignKey(ApplicationVersion, on_delete=models.PROTECT, related_name="check_items")
    key = models.CharField("核对事项", max_length=60)
    verdict = models.CharField("核对结果", max_length=4, choices=Verdict.choices)
    note = models.TextField("告知申报单位", blank=True)
    revision = models.PositiveIntegerField("修订号", default=0)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "核对事项"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="check_item_once", fields=["version", "key"])]

    def __str__(self) -> str:
        return f"{self.key} {self.get_verdict_display()}"

    @property
    def token(self) -> str:
        """What a page that shows this answer sends back with its own."""
        return token_of(self.verdict, self.note)

    @property
    def words(self) -> str:
        """The answer in one line."""
        label = str(self.Verdict(self.verdict).label)
        return f"{label}：{self.note}" if self.note else label


class FlagAnswer(models.Model):
    """What an officer found out about an automatic flag on one version; the flag itself stays a question (``review.flags``).

    An answer put right is replaced, never overwritten.
    """

    version = models.ForeignKey(ApplicationVersion, on_delete=models.PROTECT, related_name="flag_answers")
    flag = models.CharField("提示", max_length=120)
    note = models.CharField("核实情况", max_length=500)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("核实时间", default=clock.now)
    replaced_at = models.DateTimeField("更正时间", null=True)

    class Meta:
        verbose_name = "提示核实"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="flag_answer_one_in_force", fields=["version", "flag"], condition=Q(replaced_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.flag}"


class FlagCount(models.Model):
    """How many flags of an application were open when last counted; the queue filters by it, the workbench counts anew.

    ``shared_with`` are the keys of the applications that have something in common with this one.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="flag_count")
    version = models.ForeignKey(ApplicationVersion, on_delete=models.PROTECT, related_name="+")
    open = models.PositiveIntegerField("待核实提示", db_index=True)
    total = models.PositiveIntegerField("提示")
    shared_with = models.JSONField("有相同内容的申报", default=list)
    counted_at = models.DateTimeField("统计时间", default=clock.now)

    class Meta:
        verbose_name = "提示统计"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.application_id} {self.open}/{self.total}"


class Phrase(models.Model):
    """A common phrase of a district's officers for one item of the checklist, or for any (``item`` empty)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="phrases")
    item = models.CharField("核对事项", max_length=60, blank=True)
    text = models.CharField("常用语", max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("建立时间", default=clock.now)
    retired_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "常用语"
        verbose_name_plural = verbose_name
        ordering = ("item", "id")
        constraints = [
            models.UniqueConstraint(
                name="phrase_once", fields=["district", "item", "text"], condition=Q(retired_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.text


class Measurement(models.Model):
    """初审测评: every finding with its figure and the officer's word, and three conclusions.

    A line of ``findings`` has key, head, article, label, figure (as shown), basis (what it is compared by later), met (None: not
    decided), note, counts (whether the conclusion of its head depends on it) and decided (whether a person decided otherwise than,
    or in place of, the figure).
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="measurements")
    version = models.OneToOneField(ApplicationVersion, on_delete=models.PROTECT, related_name="measurement")
    basic_met = models.BooleanField("基本条件合格")
    basic_note = models.TextField("基本条件测评意见")
    operation_met = models.BooleanField("运营情况合格")
    operation_note = models.TextField("运营情况测评意见")
    performance_met = models.BooleanField("服务业绩合格")
    performance_note = models.TextField("服务业绩测评意见")
    human_decisions = models.JSONField("人工判断及理由", default=dict)
    findings = models.JSONField(
        "逐项测评结果", default=list, help_text="按测评顺序：代号、所属方面、条款、数据、结论和说明"
    )
    measured_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    measured_at = models.DateTimeField("测评时间", default=clock.now)

    class Meta:
        verbose_name = "初审测评"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.application_id} 初审测评"

    @property
    def kept(self) -> dict[str, Any]:
        """Everything that was measured as plain JSON, for whatever rests on it: a later measurement takes this one's place."""
        names = ("basic", "operation", "performance")
        said = {f"{name}_{what}": getattr(self, f"{name}_{what}") for name in names for what in ("met", "note")}
        by = {"by": str(self.measured_by.uuid), "at": self.measured_at.isoformat()}
        return {**said, "human_decisions": self.human_decisions, "findings": self.findings, **by}
