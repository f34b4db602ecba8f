"""Ending a title: 取消 (Art. 19) and 撤销 (Art. 16), two different acts on one road with notice, reply and collective decision."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title
from regulation import parameters
from regulation.parameters import Parameters
from timekeeping import clock


class Ending(Subject):
    """One procedure against one title, from the findings to the announced decision and what a court makes of it.

    ``facts_on`` is the day of the facts, whose parameters judge the case. ``title_was`` and ``title_ended_on`` keep where
    the title stood before the decision, so that an overturned one leaves everything as it was.
    """

    SUBJECT = "ending"
    SEALED = (
        "title", "kind", "ground", "facts_on", "findings", "evidence", "opened_by", "delivery", "delivered_on",
        "reply_due_at", "statement", "replied_at", "decided_on", "title_was", "title_ended_on", "document_number",
        "issued_on", "portal_url", "signed_document", "public_document", "override_reason",
    )  # fmt: skip
    SEALED_ROWS: ClassVar = {
        "interventions": ("effect", "authority", "reference", "made_on", "file", "entered_by", "entered_at")
    }
    OPEN = ("opened", "notified", "replied", "referred")
    DECIDED = ("decided", "announced", "stayed", "overturned")

    class Kind(models.TextChoices):
        CANCEL = "cancel", "取消称号"
        REVOKE = "revoke", "撤销称号"

    class Ground(models.TextChoices):
        ABSENCES = "absences", "多次不参加省市公共服务活动"
        NO_REPORT = "no_report", "未按要求报送年度总结材料"
        FAILED_RECTIFICATION = "failed_rectification", "测评不合格、限期整改仍不达标"
        UNLAWFUL = "unlawful", "有违法违规等行为，经查实"

    class Delivery(models.TextChoices):
        SYSTEM = "system", "系统送达"
        DIRECT = "direct", "直接送达"
        MAIL = "mail", "邮寄送达"
        OTHER = "other", "其他方式"

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="endings", verbose_name="称号")
    state = state_field(SUBJECT)
    kind = models.CharField("程序", max_length=8, choices=Kind.choices)
    ground = models.CharField("事由", max_length=24, choices=Ground.choices)
    facts_on = models.DateField("事实发生日期")
    findings = models.TextField("查明的事实")
    evidence = models.JSONField("系统列出的依据", default=list)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="提出人"
    )
    delivery = models.CharField("送达方式", max_length=8, choices=Delivery.choices, blank=True)
    delivered_on = models.DateField("送达日期", null=True)
    reply_due_at = models.DateTimeField("陈述申辩截止", null=True)
    statement = models.TextField("陈述申辩", blank=True)
    replied_at = models.DateTimeField("陈述申辩时间", null=True)
    decided_on = models.DateField("决定日期", null=True)
    title_was = models.CharField("决定前称号状态", max_length=40, blank=True)
    title_ended_on = models.DateField("决定前效力终止日期", null=True)
    # NULL, not "": several decisions wait for their number at once, and UNIQUE must let them.
    document_number = models.CharField("决定文号", max_length=60, unique=True, null=True)  # noqa: DJ001
    issued_on = models.DateField("印发日期", null=True)
    portal_url = models.URLField("公告地址", blank=True)
    signed_document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="决定书"
    )
    public_document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="公开的决定书"
    )
    override_reason = models.TextField("含个人信息仍予公开的理由", blank=True)

    class Meta:
        verbose_name = "取消、撤销程序"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        constraints = [
            state_constraint("ending"),
            models.UniqueConstraint(
                name="ending_one_open_per_title",
                fields=["title"],
                condition=Q(state__in=("opened", "notified", "replied", "referred")),
            ),
            models.CheckConstraint(
                name="ending_ground_fits_kind",
                condition=Q(kind="revoke", ground="unlawful") | (Q(kind="cancel") & ~Q(ground="unlawful")),
            ),
            models.CheckConstraint(
                name="ending_notified_has_deadline",
                condition=Q(state__in=("opened", "dropped")) | Q(reply_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title.platform_name}（{self.title.number}）"

    def get_absolute_url(self) -> str:
        return reverse("supervision:ending", args=[self.uuid])

    def public_url(self) -> str:
        return reverse("supervision:ending_decision", args=[self.uuid]) if self.document_number else ""

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.title.platform.district

    @property
    def pinned_parameters(self) -> Parameters:
        """Supervision judges by the parameters in force on the day of the facts (Art. 24)."""
        return parameters.at(self.facts_on)

    @property
    def verb(self) -> str:
        """取消 or 撤销: two acts that are never mixed up."""
        return "撤销" if self.kind == self.Kind.REVOKE else "取消"

    @property
    def article(self) -> str:
        """The article that the decision carries out."""
        return "16" if self.kind == self.Kind.REVOKE else "19"

    @property
    def decision_step(self) -> str:
        """The step of the table that ends the title."""
        return "decide_revocation" if self.kind == self.Kind.REVOKE else "decide_cancellation"

    @property
    def reply_late(self) -> bool:
        """Whether the reply came after its deadline; it is read all the same."""
        return bool(self.replied_at and self.reply_due_at and self.replied_at >= self.reply_due_at)

    @performs("ending", "open")
    def open(self) -> None:
        """Default: findings first."""

    @performs("ending", "notify")
    def notify(self) -> None:
        """Default: nobody is judged unheard."""

    @performs("ending", "reply")
    def reply(self) -> None:
        """Default: the platform is heard."""

    @performs("ending", "refer")
    def refer(self) -> None:
        """Default: to the collective decision, after the reply or its deadline."""

    @performs("ending", "drop")
    def drop(self) -> None:
        """Default: the facts do not bear it."""

    @performs("ending", "decide_cancellation")
    def decide_cancellation(self) -> None:
        """Art. 19."""

    @performs("ending", "decide_revocation")
    def decide_revocation(self) -> None:
        """Art. 16."""

    @performs("ending", "keep")
    def keep(self) -> None:
        """Default: the meeting decides not to end the title."""

    @performs("ending", "announce")
    def announce(self) -> None:
        """Default: made public with number, portal address and the routes of review."""

    @performs("ending", "stay")
    def stay(self) -> None:
        """Default: a court or superior pauses the effects."""

    @performs("ending", "resume")
    def resume(self) -> None:
        """Default: the effects go on."""

    @performs("ending", "resume_unannounced")
    def resume_unannounced(self) -> None:
        """Default: the effects of a decision not announced yet go on."""

    @performs("ending", "overturn")
    def overturn(self) -> None:
        """Default: a court or superior set the decision aside."""


class EndingFile(models.Model):
    """A file of the procedure: evidence, proof of delivery, or what the platform put in."""

    class Part(models.TextChoices):
        EVIDENCE = "evidence", "证据"
        DELIVERY = "delivery", "送达凭证"
        REPLY = "reply", "陈述申辩材料"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    part = models.CharField("种类", max_length=10, choices=Part.choices)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("添加时间", default=clock.now)

    class Meta:
        verbose_name = "取消、撤销程序材料"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return self.file.name


class Intervention(models.Model):
    """What a court or a superior authority ordered about a decision: who, by which document, from when."""

    class Effect(models.TextChoices):
        STAY = "stay", "停止执行"
        RESUME = "resume", "恢复执行"
        OVERTURN = "overturn", "撤销原决定"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="interventions")
    effect = models.CharField("内容", max_length=8, choices=Effect.choices)
    authority = models.CharField("作出机关", max_length=120)
    reference = models.CharField("文书编号", max_length=80)
    made_on = models.DateField("作出日期")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="文书")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = "法院或者上级机关的决定"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.authority} {self.reference} {self.get_effect_display()}"


def line(*, words: str, on: date, life: str = "", key: object = "") -> dict[str, Any]:
    """One line of evidence as an ending keeps it: words, day, and where it comes from (a case by its UUID, a report by its year)."""
    return {"words": words, "on": on.isoformat(), "life": life, "key": str(key)}
