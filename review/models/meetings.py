"""The bureau's collective decision (Art. 15), entered from the minutes by one officer and confirmed by another."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models import Application, Call
from files.models import StoredFile
from lifecycle.subject import performs, state_constraint, state_field
from registry.models import Title
from review.models.collective import CollectiveDecision, collective_constraints


class Meeting(CollectiveDecision):
    """One meeting on the applications of a call, and what it decided (Art. 15)."""

    SUBJECT = "meeting"
    SEALED = (
        *CollectiveDecision.SEALED, "call", "document_number", "issued_on", "portal_url", "signed_document",
        "public_document", "override_reason",
    )  # fmt: skip
    SEALED_ROWS: ClassVar = {"items": ("application", "outcome", "reason", "title")}

    state = state_field(SUBJECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="meetings", verbose_name="申报通知")
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

    class Meta(CollectiveDecision.Meta):
        verbose_name = "集体决策"
        verbose_name_plural = verbose_name
        constraints = [state_constraint("meeting"), *collective_constraints("meeting")]

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
