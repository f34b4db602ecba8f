"""Uploaded lists: kept as a file, read in the background, nothing of them counts before somebody confirms."""

import uuid

from django.conf import settings
from django.db import models

from applications.models.application import Application
from applications.models.lists import ListBatch, ListKind
from files.models import StoredFile
from timekeeping import clock


class UploadedList(models.Model):
    """An uploaded list waiting for confirmation, whoever's it is.

    It is read in the background: ``rows_read`` of ``rows_total`` says how far that has come, ``outcome`` keeps what was found
    (importable rows, problems, duplicates), ``fixes`` what the person put right in the page (cell address → text). Once confirmed
    the rows live in the list, and ``outcome`` keeps only what could not be taken over.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "等待读取"
        READING = "reading", "正在读取"
        READY = "ready", "可以预览"
        FAILED = "failed", "不能读取"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("清单", max_length=20, choices=ListKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="导入文件")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    status = models.CharField("读取状态", max_length=8, choices=Status.choices, default=Status.WAITING)
    rows_read = models.PositiveIntegerField("已读行数", default=0)
    rows_total = models.PositiveIntegerField("总行数", null=True)
    outcome = models.JSONField("读取结果", null=True)
    fixes = models.JSONField("页面内更正", default=dict)
    failure = models.CharField("不能读取的原因", max_length=300, blank=True)
    touched_at = models.DateTimeField("最近进展", default=clock.now)

    class Meta:
        abstract = True
        ordering = ("id",)

    @property
    def is_confirmed(self) -> bool:
        """Whether its rows have been taken over."""
        raise NotImplementedError

    @property
    def is_being_read(self) -> bool:
        """Whether it is still to be read, or half read."""
        return self.status in (self.Status.WAITING, self.Status.READING)

    @property
    def is_unusable(self) -> bool:
        """Whether it was read and cannot be used; ``failure`` says why."""
        return self.status == self.Status.FAILED


class ListImport(UploadedList):
    """An uploaded list of an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="imports")
    batch = models.OneToOneField(ListBatch, on_delete=models.PROTECT, null=True, related_name="imported_from")

    class Meta(UploadedList.Meta):
        verbose_name = "清单导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_kind_display()} {self.file}"

    @property
    def is_confirmed(self) -> bool:
        return self.batch_id is not None
