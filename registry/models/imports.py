"""Titles granted before the system, and bans that still run: brought in by one officer, confirmed by another."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models.bans import Ban
from registry.models.book import Title


class TitleImport(Subject):
    """One workbook of old titles and bans. Nothing of it counts before the confirmation; the file is read again then."""

    SUBJECT = "title_import"
    SEALED = ("file", "source", "uploaded_by", "confirmed_by")
    # A ban from before the system follows no title of the book and has no other record.
    SEALED_ROWS: ClassVar = {
        "rows": (
            "number", "title", "ban", "ban__credit_code", "ban__operator_name", "ban__starts_on", "ban__ends_on",
            "ban__document_number", "ban__reason", "ban__lifted_at", "ban__stayed_at",
        )
    }  # fmt: skip

    state = state_field(SUBJECT)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="导入文件")
    source = models.CharField("依据", max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="导入人"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )

    class Meta:
        verbose_name = "原有称号导入"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        constraints = [
            state_constraint("title_import"),
            models.CheckConstraint(
                name="title_import_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("uploaded_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"原有称号导入 {self.file.name}"

    def get_absolute_url(self) -> str:
        return reverse("registry:import", args=[self.uuid])

    @performs("title_import", "upload")
    def upload(self) -> None:
        """Default: titles from before the system keep their numbers and dates."""

    @performs("title_import", "confirm")
    def confirm(self) -> None:
        """Default: a second officer compares the rows with the documents."""

    @performs("title_import", "reject")
    def reject(self) -> None:
        """Default: what does not match the documents goes back."""


class ImportedRow(models.Model):
    """What one row of a confirmed workbook became: a title, a ban, or both."""

    title_import = models.ForeignKey(TitleImport, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("行号")
    title = models.OneToOneField(Title, on_delete=models.PROTECT, null=True, related_name="imported_row")
    ban = models.OneToOneField(Ban, on_delete=models.PROTECT, null=True, related_name="imported_row")

    class Meta:
        verbose_name = "导入的行"
        verbose_name_plural = verbose_name
        ordering = ("title_import", "number")
        constraints = [
            models.UniqueConstraint(name="imported_row_once", fields=["title_import", "number"]),
            models.CheckConstraint(
                name="imported_row_became_something", condition=Q(title__isnull=False) | Q(ban__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_import_id} 第 {self.number} 行"
