"""附件2 推荐汇总表: the batch in which a district forwards its recommendations to the city (Art. 11)."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District
from applications.models import Call
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from regulation.parameters import Parameters
from timekeeping import clock


class SummarySheet(Subject):
    """One 附件2 of a district for a call; a second one supplements the first. ``rows`` and ``fingerprint`` are frozen when
    it is forwarded; while it is open its rows are the recommendations on it.
    """

    SUBJECT = "summary"
    # When the request being judged arrived, as set by the forwarding service; guards measure the deadline by it, not by now.
    received_at: datetime | None = None

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="summary_sheets", verbose_name="申报通知")
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="summary_sheets", verbose_name="县(市)区"
    )
    number = models.PositiveSmallIntegerField("第几次报送")
    state = state_field(SUBJECT)
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="盖章扫描件"
    )
    scan_fingerprint = models.CharField("扫描件所载内容指纹", max_length=64, blank=True)
    letter_number = models.CharField("推荐函文号", max_length=40, blank=True)
    rows: Any = models.JSONField("报送的内容", default=list)
    fingerprint = models.CharField("内容指纹", max_length=64, blank=True)
    forwarded_at = models.DateTimeField("报送时间", null=True)
    forwarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="报送人"
    )

    class Meta:
        verbose_name = "推荐汇总表"
        verbose_name_plural = verbose_name
        ordering = ("-call__year", "district", "number")
        constraints = [
            state_constraint("summary"),
            models.UniqueConstraint(name="summary_once", fields=["call", "district", "number"]),
            models.UniqueConstraint(name="summary_one_open", fields=["call", "district"], condition=Q(state="open")),
            models.UniqueConstraint(
                name="summary_letter_once", fields=["district", "letter_number"], condition=~Q(letter_number="")
            ),
            models.CheckConstraint(
                name="summary_forwarded_is_whole",
                condition=~Q(state="forwarded")
                | (
                    Q(scan__isnull=False, forwarded_at__isnull=False, forwarded_by__isnull=False)
                    & ~Q(letter_number="")
                    & ~Q(fingerprint="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district.name}{self.call.year}年度{self.kind}"

    @property
    def kind(self) -> str:
        """推荐汇总表, or 推荐汇总表（第2次）."""
        return "推荐汇总表" if self.number == 1 else f"推荐汇总表（第{self.number}次）"

    @property
    def concerned_district(self) -> District:
        return self.district

    @property
    def pinned_parameters(self) -> Parameters:
        return self.call.parameters

    @property
    def due_at(self) -> datetime:
        """The earliest exclusive end of recommending among the cases on it; of the call when there are none."""
        regular = self.call.district_due_at_for(self.district_id)
        own = [made.application.sent_back_due_at for made in self.recommendations.all() if made.stands]
        return min((max(regular, end or regular) for end in own), default=regular)

    def get_absolute_url(self) -> str:
        return reverse("review:summary", args=[self.uuid])

    @performs("summary", "open")
    def open(self) -> None:
        """Art. 11."""

    @performs("summary", "revise")
    def revise(self) -> None:
        """Default: the district's own columns may be edited as a workbook until the sheet is forwarded."""

    @performs("summary", "seal")
    def seal(self) -> None:
        """Art. 11: the district seals what it recommends; the scan shows which rows it has sealed."""

    @performs("summary", "forward")
    def forward(self) -> None:
        """Art. 11."""


class SummaryImport(models.Model):
    """An edited workbook of an open sheet; what was taken over of it stands in ``changes`` once it is confirmed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(SummarySheet, on_delete=models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    changes: Any = models.JSONField("写入的修改", default=list)

    class Meta:
        verbose_name = "推荐汇总表导入"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.uploaded_at:%Y-%m-%d %H:%M}"
