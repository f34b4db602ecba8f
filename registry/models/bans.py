"""Bans on new applications after a cancellation (Art. 19)."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from registry.models.book import Title
from regulation.identifiers import normalise_credit_code
from timekeeping import clock


class BanQuerySet(models.QuerySet["Ban"]):
    def running(self, credit_code: str, day: date) -> "BanQuerySet":
        """Bans on the normalised credit code that cover the day (both dates included) and are neither lifted nor stayed."""
        return self.filter(
            credit_code=normalise_credit_code(credit_code), starts_on__lte=day, ends_on__gte=day,
            lifted_at__isnull=True, stayed_at__isnull=True,
        )  # fmt: skip


class Ban(models.Model):
    """Three years without a new application after cancellation (Art. 19), keyed on the normalised credit code.

    A stay suspends it without moving its dates; a lifted ban never comes back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.ForeignKey(
        Title, on_delete=models.PROTECT, null=True, blank=True, related_name="bans", verbose_name="称号"
    )
    credit_code = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    operator_name = models.CharField("单位名称", max_length=120)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止（含当日）")
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    reason = models.TextField("事由")
    lifted_at = models.DateTimeField("解除时间", null=True, blank=True)
    stayed_at = models.DateTimeField("停止执行时间", null=True, blank=True)
    created_at = models.DateTimeField("登记时间", default=clock.now, editable=False)

    objects = BanQuerySet.as_manager()

    class Meta:
        verbose_name = "不得再次申报"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(name="ban_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="ban_lifted_is_not_stayed", condition=Q(lifted_at__isnull=True) | Q(stayed_at__isnull=True)
            ),
            models.UniqueConstraint(name="one_ban_per_title", fields=["title"], condition=Q(lifted_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.operator_name} {self.starts_on}—{self.ends_on}"

    def standing(self, day: date) -> tuple[str, str]:
        """(words, tone of the badge) for the ban on a day."""
        if self.lifted_at is not None:
            return "已解除", "done"
        if self.stayed_at is not None:
            return "停止执行", "warn"
        if day > self.ends_on:
            return "已期满", "done"
        return ("执行中", "bad") if day >= self.starts_on else ("尚未开始", "wait")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.credit_code = normalise_credit_code(self.credit_code)
        super().save(*args, **kwargs)
