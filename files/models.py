"""Files and issued documents. The rows are never changed in content and never deleted; bytes lie under their
SHA-256.
"""

import uuid
from typing import NoReturn

from django.conf import settings
from django.db import models

from files.purposes import Purpose
from timekeeping import clock


class ScanStatus(models.TextChoices):
    """What the scanner said. Only a clean file is handed out."""

    PENDING = "pending", "待检"
    CLEAN = "clean", "已检"
    REFUSED = "refused", "未通过安全检查"


class KeptQuerySet(models.QuerySet):
    """Rows that stay for good."""

    def delete(self) -> NoReturn:
        raise TypeError("files are evidence and are never deleted")


class StoredFile(models.Model):
    """One upload or one generated file. Two uploads of the same bytes are two rows over one stored content.

    A refused row keeps only the hash, as the quarantine record; its bytes were not stored unless a later scan
    refused it. ``pages`` is known of PDF files that were examined on the way in.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节数")
    mime = models.CharField("类型", max_length=100)
    extension = models.CharField("扩展名", max_length=10)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    name = models.CharField("文件名", max_length=120, help_text="清理后的原文件名，含扩展名，仅供显示与下载。")
    purpose = models.CharField("用途", max_length=20, choices=Purpose.choices)
    scan_status = models.CharField("安全检查", max_length=10, choices=ScanStatus.choices)
    scanned_at = models.DateTimeField("检查时间", null=True, blank=True)
    scan_note = models.CharField("检查说明", max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="上传人",
    )
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(name="stored_file_not_empty", condition=models.Q(size__gt=0)),
            models.CheckConstraint(name="stored_file_hash_shape", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("files are evidence and are never deleted")

    @property
    def is_available(self) -> bool:
        """Whether the file may be handed out at all."""
        return self.scan_status == ScanStatus.CLEAN

    @property
    def short_hash(self) -> str:
        """As much of the hash as a person compares."""
        return self.sha256[:12]

    @property
    def is_refused(self) -> bool:
        """Whether the scanner found something; nobody gets the file any more."""
        return self.scan_status == ScanStatus.REFUSED

    @property
    def is_image(self) -> bool:
        return self.mime in {"image/jpeg", "image/png"}


class IssuedDocument(models.Model):
    """A document the system rendered from data. The same data give the same document, rendered once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("种类", max_length=40)
    subject_type = models.CharField("对象", max_length=60)
    subject_id = models.UUIDField("对象编号")
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号或编号", max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="issued", verbose_name="文件")
    source_hash = models.CharField("数据指纹", max_length=64)
    created_at = models.DateTimeField("生成时间", default=clock.now)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "制发文件"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="issued_once_per_source", fields=["kind", "subject_type", "subject_id", "source_hash"]
            )
        ]

    def __str__(self) -> str:
        return self.title

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("issued documents are evidence and are never deleted")
