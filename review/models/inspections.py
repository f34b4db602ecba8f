"""On-site inspection of the recommended list, with a written opinion (Art. 13)."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation, User
from applications.models import Application
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from timekeeping import clock
from timekeeping.dates import end_of_day


class Inspection(Subject):
    """One visit by at least two people; clarification proves facts of the closing date and never cures Art. 7."""

    SUBJECT = "inspection"
    SEALED = (
        "application", "visit_on", "place", "begun_at", "question", "clarification_due_at", "clarification",
        "clarification_file", "conclusion", "opinion", "inspector_signature", "applicant_signature", "signed_record",
        "concluded_at",
    )  # fmt: skip
    SEALED_ROWS: ClassVar = {"items": ("key", "result", "note", "condition_unmet", "existed_at_closing", "saved_by")}

    class Conclusion(models.TextChoices):
        PASS = "pass", "通过"
        FAIL = "fail", "不通过"

    state = state_field(SUBJECT)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="inspection")
    visit_on = models.DateField("核查日期")
    place = models.CharField("核查地点", max_length=200)
    begun_at = models.DateTimeField("开始时间", null=True)
    question = models.TextField("要求说明的事项", blank=True)
    clarification_due_at = models.DateTimeField("说明期限", null=True)
    clarification = models.TextField("申报单位说明", blank=True)
    clarification_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    conclusion = models.CharField("核查结论", max_length=4, choices=Conclusion.choices, blank=True)
    opinion = models.TextField("现场核查意见", blank=True)
    inspector_signature = models.CharField("核查组签字", max_length=120, blank=True)
    applicant_signature = models.CharField("申报单位签字", max_length=60, blank=True)
    signed_record = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "现场核查"
        verbose_name_plural = verbose_name
        ordering = ("visit_on", "id")
        constraints = [
            state_constraint("inspection"),
            models.CheckConstraint(
                name="inspection_concluded_has_opinion",
                condition=~Q(state="concluded") | (~Q(conclusion="") & ~Q(opinion="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 现场核查"

    @property
    def is_sealed(self) -> bool:
        return self.state == "concluded"

    @property
    def heading(self) -> str:
        return f"现场核查 {self.application.platform_name}"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.application.organisation

    @property
    def concerned_district(self) -> District:
        return self.application.district

    def assigned_users(self) -> Iterable[User]:
        return [inspector.user for inspector in self.inspectors.select_related("user")]

    @property
    def visit_due_at(self) -> datetime:
        """The end of the day of the visit."""
        return end_of_day(self.visit_on)

    def get_absolute_url(self) -> str:
        return reverse("review:inspection", args=[self.uuid])

    @performs("inspection", "plan")
    def plan(self) -> None:
        """Art. 13."""

    @performs("inspection", "begin")
    def begin(self) -> None:
        """Art. 13."""

    @performs("inspection", "ask_clarification")
    def ask_clarification(self) -> None:
        """Default."""

    @performs("inspection", "clarify")
    def clarify(self) -> None:
        """Default."""

    @performs("inspection", "close_clarification")
    def close_clarification(self) -> None:
        """Default: a missed clarification is judged as not given."""

    @performs("inspection", "conclude")
    def conclude(self) -> None:
        """Art. 13."""


class Inspector(models.Model):
    """A person of the inspection group."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="inspectors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inspections")
    is_lead = models.BooleanField("组长", default=False)

    class Meta:
        verbose_name = "核查员"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(name="inspector_once", fields=["inspection", "user"]),
            models.UniqueConstraint(name="inspection_one_lead", fields=["inspection"], condition=Q(is_lead=True)),
        ]

    def __str__(self) -> str:
        return str(self.user)


class InspectionItem(models.Model):
    """One item of the checklist, saved as a draft one by one on the phone."""

    class Result(models.TextChoices):
        CONSISTENT = "consistent", "一致"
        INCONSISTENT = "inconsistent", "不一致"
        CLARIFY = "clarify", "需说明"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="items")
    key = models.CharField("核查事项", max_length=30)
    result = models.CharField("结果", max_length=14, choices=Result.choices)
    note = models.TextField("情况记录", blank=True)
    condition_unmet = models.BooleanField("不符合第七条基本条件", default=False)
    existed_at_closing = models.BooleanField("说明所证事实在申报截止时已存在", default=False)
    revision = models.PositiveIntegerField("修订号", default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("保存时间", default=clock.now)

    class Meta:
        verbose_name = "核查事项"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="inspection_item_once", fields=["inspection", "key"])]

    def __str__(self) -> str:
        return f"{self.key} {self.get_result_display()}"


class InspectionPhoto(models.Model):
    """A photo taken for one item, with the place when the inspector chose to record it.

    ``file`` is the original with all its metadata, ``shown`` the copy without them that people see.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="photos")
    key = models.CharField("核查事项", max_length=30)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    accuracy = models.PositiveIntegerField("定位精度（米）", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "核查照片"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.key} {self.file}"
