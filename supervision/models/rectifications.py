"""Rectification ordered after a failed evaluation, the platform's reports, and the recheck (Art. 19)."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title
from supervision.models.evaluations import Evaluation
from timekeeping import clock
from timekeeping.dates import end_of_day

OPEN = ("ordered", "reported")
RECHECKED = ("passed", "failed")


class Rectification(Subject):
    """One order with one deadline; ``due_on`` is its last day, which a report sent back may have moved to a later one."""

    SUBJECT = "rectification"
    SEALED = (
        "title", "evaluation", "number", "grounds", "ordered_on", "ordered_by", "due_on", "rechecked_on",
        "recheckers", "findings", "evidence",
    )  # fmt: skip
    SEALED_ROWS: ClassVar = {
        "items": ("criterion", "label", "requirement"),
        "reports": ("number", "text", "filed_by", "filed_at"),
    }

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="rectifications", verbose_name="称号")
    evaluation = models.OneToOneField(
        Evaluation, on_delete=models.PROTECT, related_name="rectification", verbose_name="运行测评"
    )
    state = state_field(SUBJECT)
    number = models.CharField("整改编号", max_length=30, unique=True)
    grounds = models.TextField("责令整改的理由")
    ordered_on = models.DateField("责令日期")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="责令经办人"
    )
    due_on = models.DateField("整改期限的最后一日")
    rechecked_on = models.DateField("复查日期", null=True)
    recheckers = models.CharField("复查人员", max_length=120, blank=True)
    findings = models.TextField("复查情况", blank=True)
    evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="复查材料"
    )

    class Meta:
        verbose_name = "限期整改"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        constraints = [
            state_constraint("rectification"),
            models.CheckConstraint(
                name="rectification_recheck_has_findings",
                condition=~Q(state__in=RECHECKED) | (Q(rechecked_on__isnull=False) & ~Q(findings="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title.platform_name}限期整改（{self.number}）"

    @property
    def heading(self) -> str:
        return f"限期整改 {self.number} {self.title.platform_name}"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.title.platform.district

    @property
    def due_at(self) -> datetime:
        """The exclusive end of the last day for rectification."""
        return end_of_day(self.due_on)

    def get_absolute_url(self) -> str:
        return reverse("supervision:rectification", args=[self.uuid])

    @performs("rectification", "order")
    def order(self) -> None:
        """Art. 19."""

    @performs("rectification", "report")
    def report(self) -> None:
        """Art. 19."""

    @performs("rectification", "send_back")
    def send_back(self) -> None:
        """Default: a report that leaves something open goes back with words."""

    @performs("rectification", "pass_recheck")
    def pass_recheck(self) -> None:
        """Art. 19."""

    @performs("rectification", "find_failing")
    def find_failing(self) -> None:
        """Art. 19."""


class RectificationItem(models.Model):
    """What has to be put right under one criterion of the evaluation, as ordered."""

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="items")
    criterion = models.CharField("测评指标", max_length=30)
    label = models.CharField("指标名称", max_length=60)
    requirement = models.TextField("整改要求")

    class Meta:
        verbose_name = "整改事项"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [models.UniqueConstraint(name="rectification_item_once", fields=["rectification", "criterion"])]

    def __str__(self) -> str:
        return self.label


class RectificationReport(models.Model):
    """What the platform reported at one time; a report sent back is followed by another one."""

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField("第几次提交")
    text = models.TextField("整改情况")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="提交人"
    )
    filed_at = models.DateTimeField("提交时间")
    due_on = models.DateField("提交时的最后一日")

    class Meta:
        verbose_name = "整改报告"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(name="rectification_report_once", fields=["rectification", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.rectification} 第{self.number}次"

    @property
    def late(self) -> bool:
        """Whether it came after the last day as it then stood."""
        return self.filed_at >= end_of_day(self.due_on)


class RectificationFile(models.Model):
    """A file that goes with a report."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(RectificationReport, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "整改材料"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.file)
