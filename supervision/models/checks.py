"""Checks and guidance of a platform by its district (Art. 18): what was found, what was advised, what must be looked at again."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title
from timekeeping.dates import end_of_day


class Check(Subject):
    """One visit or other check of a title by the district it belonged to then. ``follow_up_by`` is empty when nothing is left to do."""

    SUBJECT = "check"
    SEALED = (
        "title", "district", "kind", "checked_on", "people", "findings", "advice", "follow_up_by", "recorded_by",
        "followed_up_on", "followed_up_people", "result",
    )  # fmt: skip

    class Kind(models.TextChoices):
        VISIT = "visit", "现场检查"
        GUIDANCE = "guidance", "走访指导"
        DOCUMENTS = "documents", "书面检查"

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="checks", verbose_name="称号")
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="checks", verbose_name="县(市)区",
        help_text="检查时平台所在县(市)区；迁移后不变",
    )  # fmt: skip
    state = state_field(SUBJECT)
    kind = models.CharField("检查方式", max_length=20, choices=Kind.choices)
    checked_on = models.DateField("检查日期")
    people = models.CharField("参加人员", max_length=200)
    findings = models.TextField("检查情况")
    advice = models.TextField("指导意见", blank=True)
    follow_up_by = models.DateField("复查期限", null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="记录人"
    )
    followed_up_on = models.DateField("复查日期", null=True)
    followed_up_people = models.CharField("复查人员", max_length=200, blank=True)
    result = models.TextField("复查结果", blank=True)

    class Meta:
        verbose_name = "指导检查"
        verbose_name_plural = verbose_name
        ordering = ("-checked_on", "-pk")
        constraints = [
            state_constraint("check"),
            models.CheckConstraint(
                name="check_followed_up_after_it",
                condition=Q(followed_up_on__isnull=True) | Q(followed_up_on__gte=F("checked_on")),
            ),
            models.CheckConstraint(
                name="check_followed_up_has_day", condition=~Q(state="followed_up") | Q(followed_up_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title.platform_name}{self.checked_on:%Y-%m-%d}{self.get_kind_display()}"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.district

    @property
    def follow_up_due_at(self) -> datetime | None:
        """The exclusive end of the last day for looking again; None when nothing is left to do."""
        return end_of_day(self.follow_up_by) if self.follow_up_by else None

    def get_absolute_url(self) -> str:
        return reverse("supervision:check", args=[self.uuid])

    @performs("check", "record")
    def record(self) -> None:
        """Art. 18."""

    @performs("check", "follow_up")
    def follow_up(self) -> None:
        """Art. 18."""


class CheckFile(models.Model):
    """A photo or paper that goes with a check, or with the second look."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="files", verbose_name="指导检查")
    of_follow_up = models.BooleanField("复查材料", default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = "检查材料"
        verbose_name_plural = verbose_name
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.file.name
