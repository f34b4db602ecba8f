"""The yearly call and its public extensions (Art. 6, 10)."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import District
from lifecycle.subject import Subject, performs, state_constraint, state_field
from regulation import parameters
from timekeeping import clock

NAMED_AT_MOST = 4


class TerritorialTest(models.TextChoices):
    """Which address decides the district of an applicant (Art. 10, 属地原则); one test per call."""

    SERVICE = "service", "经营服务地"
    REGISTERED = "registered", "注册地"


def _together(ends: dict[str, datetime]) -> str:
    """Districts in words: all of them while they are few and end together."""
    if len(set(ends.values())) > 1:
        return "部分县(市)区最晚"
    names = list(ends)
    return "、".join(names) if len(names) <= NAMED_AT_MOST else f"{names[0]}等{len(names)}个县(市)区"


class Call(Subject):
    """One call a year. Publishing pins the parameters, the rubric and the revision of the regulation in force.

    ``closes_at`` and ``district_due_at`` are exclusive instants; extensions move them (``closes_at_for``).
    """

    SUBJECT = "call"
    SEALED = (
        "year", "title", "document_number", "opens_at", "closes_at", "district_due_at", "territorial_test", "requirements",
        "contact", "portal_url", "pinned_parameters", "rubric", "revision", "published_at",
    )  # fmt: skip
    SEALED_ROWS: ClassVar = {
        "extensions": (
            "district", "application", "closes_at", "district_due_at", "document_number", "reason", "made_by", "made_at",
        )
    }  # fmt: skip
    # The pin last read and what it says: reading it is the dearest part of a term, and the cases of a list share their call.
    _read_pin: tuple[Any, parameters.Parameters] | None = None

    state = state_field(SUBJECT)
    year = models.PositiveSmallIntegerField("申报年度", unique=True)
    title = models.CharField("标题", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    opens_at = models.DateTimeField("申报开始")
    closes_at = models.DateTimeField("申报截止")
    district_due_at = models.DateTimeField("县区推荐截止")
    territorial_test = models.CharField("属地认定", max_length=12, choices=TerritorialTest.choices, default="service")
    requirements = models.TextField("申报要求")
    contact = models.CharField("联系方式", max_length=200)
    portal_url = models.URLField("门户网站地址", blank=True)
    pinned_parameters = models.JSONField("固定的参数", null=True, editable=False)
    rubric = models.JSONField("评分标准", null=True, editable=False)
    revision = models.CharField("适用办法", max_length=20, blank=True, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, editable=False)

    class Meta:
        verbose_name = "申报通知"
        verbose_name_plural = verbose_name
        ordering = ("-year",)
        constraints = [
            state_constraint("call"),
            models.CheckConstraint(
                name="call_times_in_order",
                condition=Q(closes_at__gt=F("opens_at")) & Q(district_due_at__gte=F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("applications:call", args=[self.uuid])

    @property
    def is_sealed(self) -> bool:
        return self.state != "draft"

    @property
    def parameters(self) -> parameters.Parameters:
        """The parameters this call judges by: the pinned ones once published, else those of today."""
        pin = self.pinned_parameters
        if not pin:
            return parameters.at(clock.today())
        if self._read_pin is None or self._read_pin[0] is not pin:
            self._read_pin = pin, parameters.from_pin(pin)
        return self._read_pin[1]

    def closes_at_for(self, district_id: int | None) -> datetime:
        """The end of filing for applicants of a district: the latest of the call's and the extensions that reach it."""
        return max([self.closes_at, *self._extended("closes_at", district_id)])

    def district_due_at_for(self, district_id: int | None) -> datetime:
        """The end of the district's recommending, extensions included."""
        return max([self.district_due_at, *self._extended("district_due_at", district_id)])

    def _extended(self, name: str, district_id: int | None) -> list[Any]:
        reached = [
            e for e in self.extensions.all() if e.application_id is None and e.district_id in (None, district_id)
        ]
        return [getattr(e, name) for e in reached if getattr(e, name)]

    @property
    def open_longest(self) -> tuple[datetime, str]:
        """The last end of filing anywhere, and the districts that have it when extensions gave it to them only."""
        general = self.closes_at_for(None)
        extended = {e.district.name: self.closes_at_for(e.district_id) for e in self.extensions.all() if e.district}
        later = {name: end for name, end in extended.items() if end > general}
        running = {name: end for name, end in later.items() if end > clock.now()} or later
        return (max(running.values()), _together(running)) if running else (general, "")

    @property
    def filing_end(self) -> tuple[datetime, str]:
        """The exclusive end of filing for most; once it is over, that of the districts whose extension still runs, and their names."""
        end = self.closes_at_for(None)
        return self.open_longest if end <= clock.now() else (end, "")

    @performs("call", "prepare")
    def prepare(self) -> None:
        """Art. 10."""

    @performs("call", "publish")
    def publish(self) -> None:
        """Art. 6."""

    @performs("call", "extend")
    def extend(self) -> None:
        """Art. 10: times follow the year's notice; only the city extends them, publicly."""

    @performs("call", "conclude")
    def conclude(self) -> None:
        """Art. 10."""


class CallExtension(models.Model):
    """A public, formal extension for all, for one district, or (proven failure of the system) for one application."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions", verbose_name="申报通知")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, verbose_name="仅限县(市)区")
    application = models.ForeignKey(
        "applications.Application",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions",
        verbose_name="仅限申报",
    )
    closes_at = models.DateTimeField("申报截止延至", null=True, blank=True)
    district_due_at = models.DateTimeField("县区推荐截止延至", null=True, blank=True)
    document_number = models.CharField("文号", max_length=60)
    reason = models.TextField("理由")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="办理人"
    )
    made_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "延期"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="extension_moves_something",
                condition=Q(closes_at__isnull=False) | Q(district_due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.call} 延期（{self.document_number}）"
