"""Objections against a notice (Art. 14): real name or seal, receipt number, identity kept apart for handlers only."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District
from applications.models import Application
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from regulation.parameters import Parameters
from review.models.notices import Notice
from timekeeping import clock


class Objection(Subject):
    """An objection and how it was handled. It holds only the platform it names; who objected stands in ``ObjectorIdentity``."""

    SUBJECT = "objection"
    SEALED = (
        "receipt_number", "year", "sequence", "notice", "application", "named", "signed", "channel", "received_at",
        "content", "findings", "conclusion", "answer_text", "answered_at",
    )  # fmt: skip

    class Channel(models.TextChoices):
        ONLINE = "online", "网上"
        LETTER = "letter", "信函"
        VISIT = "visit", "来访"
        HOTLINE = "hotline", "12345转办"
        DISCIPLINE = "discipline", "纪检转办"

    class Signed(models.TextChoices):
        PERSON = "person", "个人（实名）"
        UNIT = "unit", "单位（盖章）"
        ANONYMOUS = "anonymous", "匿名"

    state = state_field(SUBJECT)
    receipt_number = models.CharField("回执编号", max_length=30, unique=True)
    year = models.PositiveSmallIntegerField("年份")
    sequence = models.PositiveIntegerField("序号")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections", verbose_name="公示")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="objections", verbose_name="涉及的申报"
    )
    named = models.CharField("所指平台", max_length=120, blank=True, help_text="不在名单上的单位名称")
    signed = models.CharField("署名", max_length=10, choices=Signed.choices)
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    received_at = models.DateTimeField("收到时间", default=clock.now)
    content = models.TextField("异议内容")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="handled_objections",
        verbose_name="经办人",
    )
    findings = models.TextField("调查情况", blank=True)
    conclusion = models.TextField("核查结论", blank=True, help_text="告知申报单位并留档，不含异议人信息")
    answer_text = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    link_version = models.PositiveSmallIntegerField("链接版本", default=1)

    class Meta:
        verbose_name = "异议"
        verbose_name_plural = verbose_name
        ordering = ("received_at", "id")
        constraints = [
            state_constraint("objection"),
            models.UniqueConstraint(name="objection_number_once", fields=["year", "sequence"]),
            models.CheckConstraint(
                name="objection_investigated_names_a_case",
                condition=~Q(state__in=["investigating", "unfounded", "founded"]) | Q(application__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"异议 {self.receipt_number}"

    @property
    def pinned_parameters(self) -> Parameters:
        return self.notice.call.parameters

    @property
    def platform(self) -> str:
        """The platform meant: as printed on the list, or as the objector named it."""
        return self.application.platform_name if self.application else self.named

    @property
    def concerned_district(self) -> District | None:
        return self.application.district if self.application else None

    def outsiders(self) -> Iterable[str]:
        identity = getattr(self, "identity", None)
        return [identity.email] if identity and identity.email else []

    def get_absolute_url(self) -> str:
        return reverse("review:objection", args=[self.uuid])

    def public_url(self) -> str:
        return reverse("review:objection_follow")

    @performs("objection", "file")
    def file(self) -> None:
        """Art. 14."""

    @performs("objection", "register")
    def register(self) -> None:
        """Art. 14."""

    @performs("objection", "investigate")
    def investigate(self) -> None:
        """Art. 14."""

    @performs("objection", "treat_as_lead")
    def treat_as_lead(self) -> None:
        """Default: anonymous is a lead without automatic hold."""

    @performs("objection", "answer")
    def answer(self) -> None:
        """Default: an objection that names nobody on the list, or came late, is answered and holds nobody."""

    @performs("objection", "find_unfounded")
    def find_unfounded(self) -> None:
        """Art. 14."""

    @performs("objection", "find_founded")
    def find_founded(self) -> None:
        """Art. 14."""


class ObjectionEvidence(models.Model):
    """A file given with an objection or collected in the investigation."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    from_objector = models.BooleanField("异议人提交", default=True)
    note = models.CharField("说明", max_length=120, blank=True)
    added_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "异议证据"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.file)
