"""The annual report of a title on one year: last year's summary and this year's plan (Art. 17), forwarded by the district (Art. 18)."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title
from supervision.models.district_reports import DistrictReport
from supervision.reporting import days


class AnnualReport(Subject):
    """The report on ``year`` of one title. ``first_submitted_at`` fixes whether it came in time, whatever follows."""

    SUBJECT = "annual_report"
    SEALED = (
        "title", "district", "year", "receipt_number", "first_submitted_at", "created_by", "current_version",
        "district_report",
    )  # fmt: skip
    # When the request being judged arrived, as set by the submitting services.
    received_at: datetime | None = None

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="annual_reports", verbose_name="称号")
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="annual_reports", verbose_name="县(市)区",
        help_text="报送时平台所在县(市)区；迁移后不变",
    )  # fmt: skip
    year = models.PositiveSmallIntegerField("报告年度")
    state = state_field(SUBJECT)
    receipt_number = models.CharField("报送编号", max_length=30, unique=True, null=True, editable=False)  # noqa: DJ001 - unique only once given
    first_submitted_at = models.DateTimeField("首次报送时间", null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="新建人"
    )
    current_version = models.ForeignKey(
        "supervision.ReportVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="当前版本"
    )
    district_report = models.ForeignKey(
        DistrictReport, on_delete=models.PROTECT, null=True, related_name="reports", verbose_name="县区报送"
    )

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = verbose_name
        ordering = ("-year", "pk")
        constraints = [
            state_constraint("annual_report"),
            models.UniqueConstraint(name="annual_report_once", fields=["title", "year"]),
            models.CheckConstraint(
                name="annual_report_filed_has_stamp",
                condition=Q(first_submitted_at__isnull=False) | ~Q(state__in=["submitted", "returned", "accepted", "forwarded"]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title.platform_name}{self.year}年度报告"

    @property
    def heading(self) -> str:
        return f"{self.year}年度工作总结和{self.year + 1}年工作计划（{self.title.platform_name}）"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.district

    @property
    def due_at(self) -> datetime:
        """The exclusive end of 31 January after the year (Art. 17)."""
        return days.platform_due_at(self.year)

    @property
    def district_due_at(self) -> datetime:
        """The exclusive end of the last day of February after the year (Art. 18)."""
        return days.district_due_at(self.year)

    def get_absolute_url(self) -> str:
        if self._state.adding:  # owed, not begun yet
            return reverse("supervision:report_begin", args=[self.title.uuid, self.year])
        return reverse("supervision:report", args=[self.uuid])

    @performs("annual_report", "create")
    def create(self) -> None:
        """Art. 17."""

    @performs("annual_report", "request_signature")
    def request_signature(self) -> None:
        """Art. 17."""

    @performs("annual_report", "reopen")
    def reopen(self) -> None:
        """Default: before filing, the draft may go back and forth inside the organisation."""

    @performs("annual_report", "submit")
    def submit(self) -> None:
        """Art. 17."""

    @performs("annual_report", "return_for_completion")
    def return_for_completion(self) -> None:
        """Art. 18: guidance and checks; the first filing keeps its time."""

    @performs("annual_report", "resubmit")
    def resubmit(self) -> None:
        """Art. 17."""

    @performs("annual_report", "accept")
    def accept(self) -> None:
        """Art. 18."""

    @performs("annual_report", "forward")
    def forward(self) -> None:
        """Art. 18."""


class ReportVersion(models.Model):
    """A filed version: canonical JSON of sections, lists and attachments; its hash is the fingerprint."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本号")
    content: Any = models.JSONField("内容")
    fingerprint = models.CharField("内容指纹", max_length=64, db_index=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("报送时间")

    class Meta:
        verbose_name = "年度报告版本"
        verbose_name_plural = verbose_name
        ordering = ("report", "number")
        constraints = [models.UniqueConstraint(name="report_version_once", fields=["report", "number"])]

    def __str__(self) -> str:
        return f"{self.report_id} 第{self.number}版"
