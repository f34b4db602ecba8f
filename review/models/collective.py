"""What every collective decision of the bureau has in common: minutes entered by one officer, confirmed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from files.models import StoredFile
from lifecycle.subject import Subject


class CollectiveDecision(Subject):
    """One meeting as its minutes tell it. The leaders do not log in; the minutes are the evidence.

    Subclasses bring their life, their items and, in ``Meta``, ``collective_constraints()``.
    """

    SEALED: tuple[str, ...] = (
        "kind", "held_on", "minutes_number", "minutes", "attendance", "recusals", "vote", "entered_by", "confirmed_by",
    )  # fmt: skip

    class Kind(models.TextChoices):
        PARTY_GROUP = "party_group", "局党组会"
        DIRECTORS = "directors", "局长办公会"

    kind = models.CharField("会议类别", max_length=12, choices=Kind.choices)
    held_on = models.DateField("会议日期")
    minutes_number = models.CharField("纪要编号", max_length=60)
    minutes = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="会议纪要")
    attendance = models.TextField("出席人员")
    recusals = models.TextField("回避情况", blank=True)
    vote = models.TextField("表决情况", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="录入人"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )

    class Meta:
        abstract = True
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on} {self.minutes_number}"


def collective_constraints(subject: str) -> list[models.BaseConstraint]:
    """Two persons, and the same minutes once unless the entry was sent back: held by the database too."""
    return [
        models.CheckConstraint(
            name=f"{subject}_confirmed_by_another",
            condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
        ),
        models.UniqueConstraint(
            name=f"{subject}_minutes_once", fields=["kind", "minutes_number"], condition=~Q(state="rejected")
        ),
    ]
