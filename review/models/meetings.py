"""The bureau's collective decision (Art. 15), entered from the minutes by one officer and confirmed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from applications.models import Application, Call
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title


class Meeting(Subject):
    """One meeting and what it decided. The leaders do not log in; the minutes are the evidence."""

    SUBJECT = "meeting"

    class Kind(models.TextChoices):
        PARTY_GROUP = "party_group", "局党组会"
        DIRECTORS = "directors", "局长办公会"

    state = state_field(SUBJECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="meetings", verbose_name="申报通知")
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
    # NULL, not "": several meetings wait for their number at once, and UNIQUE must let them.
    document_number = models.CharField("认定文号", max_length=60, unique=True, null=True)  # noqa: DJ001
    issued_on = models.DateField("印发日期", null=True)
    portal_url = models.URLField("公告地址", blank=True)
    signed_document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="认定文件"
    )

    public_document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="公开的认定文件"
    )
    override_reason = models.TextField("含个人信息仍予公开的理由", blank=True)

    class Meta:
        verbose_name = "集体决策"
        verbose_name_plural = verbose_name
        ordering = ("-held_on", "-id")
        constraints = [
            state_constraint("meeting"),
            models.CheckConstraint(
                name="meeting_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
            ),
            models.UniqueConstraint(
                name="meeting_minutes_once", fields=["kind", "minutes_number"], condition=~Q(state="rejected")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on} {self.minutes_number}"

    def get_absolute_url(self) -> str:
        return reverse("review:meeting", args=[self.uuid])

    def public_url(self) -> str:
        return reverse("review:decision", args=[self.uuid])

    @property
    def heading(self) -> str:
        return f"{self.call.year}年度集体决策（{self.get_kind_display()} {self.held_on}）"

    @performs("meeting", "enter")
    def enter(self) -> None:
        """Art. 15."""

    @performs("meeting", "reject")
    def reject(self) -> None:
        """Default: what does not match the minutes goes back."""

    @performs("meeting", "confirm")
    def confirm(self) -> None:
        """Art. 15."""

    @performs("meeting", "announce")
    def announce(self) -> None:
        """Art. 10."""


class MeetingItem(models.Model):
    """What the meeting decided on one application."""

    class Outcome(models.TextChoices):
        CERTIFY = "certify", "认定"
        DECLINE = "decline", "不予认定"
        DEFER = "defer", "暂缓认定"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField("决定", max_length=8, choices=Outcome.choices)
    reason = models.TextField("理由", blank=True)
    title = models.OneToOneField(Title, on_delete=models.PROTECT, null=True, related_name="decision")

    class Meta:
        verbose_name = "决定事项"
        verbose_name_plural = verbose_name
        ordering = ("meeting", "id")
        constraints = [
            models.UniqueConstraint(name="meeting_item_once", fields=["meeting", "application"]),
            models.CheckConstraint(
                name="meeting_item_refusal_has_reason", condition=Q(outcome="certify") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.get_outcome_display()}"
