"""The yearly report of a district to the city: the accepted reports of its platforms, and who is missing (Art. 18)."""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import District
from lifecycle.subject import Subject, performs, state_constraint, state_field
from supervision.reporting import days


def identity(district: District, year: int) -> UUID:
    """The name of a district's first report on a year, known before there is one, so that reminders and report are one story."""
    return uuid5(NAMESPACE_URL, f"district_report:{district.slug}:{year}")


class DistrictReport(Subject):
    """What a district forwarded on ``year``: number 1, later ones supplementary. ``content`` is frozen."""

    SUBJECT = "district_report"
    SEALED = ("district", "year", "number", "note", "content", "fingerprint", "forwarded_at", "forwarded_by")

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="district_reports", verbose_name="县(市)区"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    number = models.PositiveSmallIntegerField("第几次报送")
    state = state_field(SUBJECT)
    note = models.TextField("县区说明", blank=True)
    content: Any = models.JSONField("内容", default=dict)
    fingerprint = models.CharField("内容指纹", max_length=64, blank=True)
    forwarded_at = models.DateTimeField("报送时间")
    forwarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="报送人"
    )

    class Meta:
        verbose_name = "县区年度报送"
        verbose_name_plural = verbose_name
        ordering = ("-year", "district", "number")
        constraints = [
            state_constraint("district_report"),
            models.UniqueConstraint(name="district_report_once", fields=["district", "year", "number"]),
            models.CheckConstraint(name="district_report_counted_from_one", condition=models.Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.district.name}{self.year}{'' if self.number == 1 else '年度'}{self.kind}"

    @property
    def kind(self) -> str:
        """年度报送, or 补充报送（第2次）."""
        return "年度报送" if self.number == 1 else f"补充报送（第{self.number}次）"

    @property
    def concerned_district(self) -> District:
        return self.district

    @property
    def district_due_at(self) -> datetime:
        """The exclusive end of the last day of February after the year (Art. 18)."""
        return days.district_due_at(self.year)

    def get_absolute_url(self) -> str:
        if self._state.adding:  # owed, not forwarded yet
            return reverse("supervision:report_forward", args=[self.year])
        return reverse("supervision:district_report", args=[self.uuid])

    @performs("district_report", "forward")
    def forward(self) -> None:
        """Art. 18."""

    @performs("district_report", "receive")
    def receive(self) -> None:
        """Art. 18."""
