"""Public notice on the portal for at least ten working days over both printed dates (Art. 14)."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import District
from applications.models import Application, Call
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from regulation.parameters import Parameters
from regulation.terms import Period
from timekeeping import clock
from timekeeping.dates import end_of_day


class Notice(Subject):
    """A notice of the proposed list. Its end is computed from its dates, never stored as a state."""

    SUBJECT = "notice"
    SEALED = (
        "call", "title", "planned_on", "starts_on", "ends_on", "phone", "supervision_phone", "address", "email",
        "letter_rule", "portal_url", "portal_published_at", "capture", "override_reason", "overridden_by",
    )  # fmt: skip
    # Not the removal of a platform, which is a step of its application.
    SEALED_ROWS: ClassVar = {
        "items": ("application", "position", "platform_name", "operator_name", "district", "starts_on", "ends_on")
    }

    state = state_field(SUBJECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="notices", verbose_name="申报通知")
    title = models.CharField("标题", max_length=160)
    planned_on = models.DateField("计划发布日期", help_text="门户网站发布日期，也是落款日期")
    starts_on = models.DateField("公示起")
    ends_on = models.DateField("公示止（含当日）")
    phone = models.CharField("受理电话", max_length=60)
    supervision_phone = models.CharField("监督电话", max_length=60)
    address = models.CharField("通信地址", max_length=200)
    email = models.EmailField("电子邮箱", blank=True)
    letter_rule = models.CharField("信函时间认定", max_length=60, default="信函以到达日期为准")
    portal_url = models.URLField("门户网站地址", blank=True)
    portal_published_at = models.DateTimeField("门户网站发布时间", null=True)
    capture = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="发布页面截图"
    )
    override_reason = models.TextField("含个人信息仍予公开的理由", blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="决定公开人"
    )

    class Meta:
        verbose_name = "公示"
        verbose_name_plural = verbose_name
        ordering = ("-starts_on", "-id")
        constraints = [
            state_constraint("notice"),
            models.CheckConstraint(name="notice_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="notice_published_has_portal_record",
                condition=~Q(state="published")
                | (~Q(portal_url="") & Q(portal_published_at__isnull=False, capture__isnull=False)),
            ),
            models.CheckConstraint(
                name="notice_override_has_name_and_reason",
                condition=Q(override_reason="", overridden_by__isnull=True)
                | (~Q(override_reason="") & Q(overridden_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def pinned_parameters(self) -> Parameters:
        return self.call.parameters

    @property
    def period(self) -> Period:
        """The printed dates, both included."""
        return Period(self.starts_on, self.ends_on)

    def get_absolute_url(self) -> str:
        return reverse("review:notice", args=[self.uuid])

    def public_url(self) -> str:
        return reverse("review:public_notice", args=[self.uuid])

    @performs("notice", "draft")
    def draft(self) -> None:
        """Art. 14."""

    @performs("notice", "revise")
    def revise(self) -> None:
        """Art. 14: before publication the text may change."""

    @performs("notice", "publish")
    def publish(self) -> None:
        """Art. 14."""

    @performs("notice", "extend")
    def extend(self) -> None:
        """Art. 14: an outage of the portal extends, nothing shortens."""

    @performs("notice", "correct")
    def correct(self) -> None:
        """Art. 14: a material correction starts a new period for the corrected item only."""


class NoticeItem(models.Model):
    """One platform on a notice, with its own period and the names as printed."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notice_items")
    position = models.PositiveSmallIntegerField("序号")
    platform_name = models.CharField("平台名称", max_length=120)
    operator_name = models.CharField("运营单位", max_length=120)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+", verbose_name="推荐单位")
    starts_on = models.DateField("公示起")
    ends_on = models.DateField("公示止（含当日）")
    removed_at = models.DateTimeField("移出时间", null=True)

    class Meta:
        verbose_name = "公示平台"
        verbose_name_plural = verbose_name
        ordering = ("notice", "position")
        constraints = [
            models.UniqueConstraint(name="notice_item_once", fields=["notice", "application"]),
            models.CheckConstraint(name="notice_item_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.platform_name

    def ended_on(self, day: date) -> bool:
        """Whether the period has run out before the day: both printed dates belong to it."""
        return day > self.ends_on

    def reaches(self, moment: datetime) -> bool:
        """Whether something received at the moment came before the end of the last day (24:00)."""
        return moment < end_of_day(self.ends_on)


class NoticeChange(models.Model):
    """An extension, a correction or a removal, as published. ``reason`` is public; a material correction restarts the item's period."""

    class Kind(models.TextChoices):
        EXTEND = "extend", "延长公示"
        CORRECT = "correct", "更正"
        REMOVE = "remove", "移出名单"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="changes")
    item = models.ForeignKey(NoticeItem, on_delete=models.PROTECT, null=True, related_name="changes")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    material = models.BooleanField("实质性更正", default=False)
    before = models.JSONField("变更前", default=dict)
    after = models.JSONField("变更后", default=dict)
    reason = models.TextField("理由")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "公示变更"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.notice} {self.get_kind_display()}"
