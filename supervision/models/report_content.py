"""What a report says before it is filed: sections as typed, lists, attachments, the signed scan."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from applications.models import ListKind, UploadedList
from files.models import StoredFile
from supervision.models.reports import AnnualReport
from timekeeping import clock


class ReportSection(models.Model):
    """One section as typed: raw JSON of strings. ``revision`` detects stale pages."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField("部分", max_length=30)
    data = models.JSONField("内容", default=dict)
    revision = models.PositiveIntegerField("修订号", default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("保存时间", default=clock.now)

    class Meta:
        verbose_name = "年度报告内容"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="report_section_once", fields=["report", "key"])]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class ReportList(models.Model):
    """One of the lists of the filing form as it stands: rows as plain JSON by column key. Filed versions keep their copy."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="lists")
    kind = models.CharField("清单", max_length=20, choices=ListKind.choices)
    rows: Any = models.JSONField("各行", default=list)
    origin = models.CharField("来源", max_length=60, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("保存时间", default=clock.now)

    class Meta:
        verbose_name = "年度报告清单"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="report_list_once", fields=["report", "kind"])]

    def __str__(self) -> str:
        return f"{self.report_id} {self.get_kind_display()}"


class ReportImport(UploadedList):
    """An uploaded list of a report."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="imports")
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta(UploadedList.Meta):
        verbose_name = "年度报告清单导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.report_id} {self.get_kind_display()} {self.file}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class ReportAttachment(models.Model):
    """A file that goes with the report. Removing it from a draft only marks it."""

    class Document(models.TextChoices):
        PROOFS = "proofs", "服务活动证明材料"
        SATISFACTION = "satisfaction", "满意度调查材料"
        FINANCE = "finance", "上年度财务报表"
        OTHER = "other", "其他材料"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="attachments")
    document = models.CharField("材料名称", max_length=20, choices=Document.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    removed_at = models.DateTimeField("移除时间", null=True)

    class Meta:
        verbose_name = "年度报告附件"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.get_document_display()} {self.file}"


class ReportScan(models.Model):
    """The signed and sealed scan of the report, bound to the fingerprint printed on it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="signed_scans")
    fingerprint = models.CharField("内容指纹", max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "年度报告签章扫描件"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.report_id} {self.fingerprint[:12]}"
