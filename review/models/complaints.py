"""Complaints and reports of society (Art. 21): at any time, anonymous too, answered; who complained stands apart."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import reverse

from applications.models import Application
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title
from review.models.objections import Objection
from timekeeping import clock


class Complaint(Subject):
    """A complaint about a platform, a procedure or the work of the authority. It holds nobody; it is answered."""

    SUBJECT = "complaint"
    SEALED = (
        "receipt_number", "year", "sequence", "about", "named", "title", "application", "signed", "channel",
        "received_at", "content", "findings", "answer_text", "answered_at",
    )  # fmt: skip
    Channel, Signed = Objection.Channel, Objection.Signed

    class About(models.TextChoices):
        PLATFORM = "platform", "示范平台或其运营单位"
        PROCEDURE = "procedure", "申报、评审、公示和认定"
        AUTHORITY = "authority", "主管部门及其工作人员"
        OTHER = "other", "其他"

    state = state_field(SUBJECT)
    receipt_number = models.CharField("回执编号", max_length=30, unique=True)
    year = models.PositiveSmallIntegerField("年份")
    sequence = models.PositiveIntegerField("序号")
    about = models.CharField("反映对象", max_length=12, choices=About.choices)
    named = models.CharField("单位或事项名称", max_length=120, blank=True)
    title = models.ForeignKey(
        Title, on_delete=models.PROTECT, null=True, related_name="complaints", verbose_name="涉及的称号"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="complaints", verbose_name="涉及的申报"
    )
    signed = models.CharField("署名", max_length=10, choices=Signed.choices)
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    received_at = models.DateTimeField("收到时间", default=clock.now)
    content = models.TextField("反映内容")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="handled_complaints",
        verbose_name="经办人",
    )  # fmt: skip
    findings = models.TextField("核实情况", blank=True)
    answer_text = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    link_version = models.PositiveSmallIntegerField("链接版本", default=1)

    class Meta:
        verbose_name = "投诉举报"
        verbose_name_plural = verbose_name
        ordering = ("received_at", "id")
        constraints = [
            state_constraint("complaint"),
            models.UniqueConstraint(name="complaint_number_once", fields=["year", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"投诉举报 {self.receipt_number}"

    @property
    def target(self) -> str:
        """What it is about: the platform of the book, or as the sender named it."""
        return self.title.platform_name if self.title else self.named

    def outsiders(self) -> Iterable[str]:
        identity = getattr(self, "identity", None)
        return [identity.email] if identity and identity.email else []

    def get_absolute_url(self) -> str:
        return reverse("review:complaint", args=[self.uuid])

    def public_url(self) -> str:
        return reverse("review:complaint_follow")

    @performs("complaint", "file")
    def file(self) -> None:
        """Art. 21."""

    @performs("complaint", "register")
    def register(self) -> None:
        """Art. 21."""

    @performs("complaint", "handle")
    def handle(self) -> None:
        """Art. 21."""

    @performs("complaint", "answer")
    def answer(self) -> None:
        """Art. 21."""


class ComplaintEvidence(models.Model):
    """A file given with a complaint or collected while it was handled."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    from_complainant = models.BooleanField("投诉人提交", default=True)
    note = models.CharField("说明", max_length=120, blank=True)
    added_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "投诉材料"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.file)
