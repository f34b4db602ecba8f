"""Why a platform did not report in time: told by the platform, judged by the city; no date ever moves (default)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title


class ReportExcuse(Subject):
    """The reasons for a late or missing report on ``year``. An accepted one keeps the report out of the grounds of Art. 19."""

    SUBJECT = "report_excuse"
    SEALED = ("title", "year", "reason", "evidence", "filed_by")

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="report_excuses", verbose_name="称号")
    year = models.PositiveSmallIntegerField("报告年度")
    state = state_field(SUBJECT)
    reason = models.TextField("未按期报送的原因")
    evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="证明材料"
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="说明人"
    )

    class Meta:
        verbose_name = "未按期报送说明"
        verbose_name_plural = verbose_name
        ordering = ("pk",)
        constraints = [
            state_constraint("report_excuse"),
            models.UniqueConstraint(
                name="report_excuse_one_open", fields=["title", "year"], condition=~Q(state="refused")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title.platform_name}{self.year}年度报告未按期报送说明"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.title.platform.district

    def get_absolute_url(self) -> str:
        return reverse("supervision:excuse", args=[self.uuid])

    @performs("report_excuse", "file")
    def file(self) -> None:
        """Default: excuses are recorded; the dates never move."""

    @performs("report_excuse", "accept")
    def accept(self) -> None:
        """Default: people judge whether the report is missing as Art. 19 means it."""

    @performs("report_excuse", "refuse")
    def refuse(self) -> None:
        """Default."""
