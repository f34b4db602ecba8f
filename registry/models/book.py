"""Platforms, titles and plaques. The book keeps its own copy of number, dates and names."""

import secrets
import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from timekeeping import clock

EVALUATE = "evaluate"


class Platform(models.Model):
    """A service platform that has or had a title, operated by a legal person (Art. 2)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="platforms", verbose_name="运营单位"
    )
    name = models.CharField("平台名称", max_length=120)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="platforms", verbose_name="所属县(市)区"
    )
    service_address = models.CharField("经营服务地址", max_length=200, blank=True)
    functions = models.JSONField("服务功能", default=list, help_text="第八条服务功能的代号")
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = "平台"
        verbose_name_plural = verbose_name
        ordering = ("name",)
        constraints = [models.UniqueConstraint(name="platform_once", fields=["organisation", "name"])]

    def __str__(self) -> str:
        return self.name


def new_token() -> str:
    """An unguessable token for the public page of a title."""
    return secrets.token_urlsafe(18)


class Title(Subject):
    """The title 昆明市中小企业公共服务示范平台 for three years (Art. 15, 16). Valid and expired are computed by date.

    ``sequence`` is empty for a title that was granted before the system and keeps its old number. ``ended_on`` is the first
    day on which an ended title is no longer in force; it stays while the ending is suspended.
    """

    SUBJECT = "title"
    ENDED = ("cancelled", "revoked", "dissolved", "renounced")
    # Not the document numbers: they are borne by the decisions, which seal theirs.
    SEALED = (
        "platform", "number", "year", "sequence", "platform_name", "operator_name", "credit_code", "district", "functions",
        "decided_on", "valid_from", "valid_to", "ended_on", "ended_evidence", "token",
    )  # fmt: skip
    SEALED_ROWS: ClassVar = {"amendments": ("kind", "before", "after", "completed_on", "change", "registered_at")}

    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="titles", verbose_name="平台")
    state = state_field(SUBJECT)
    number = models.CharField("证号", max_length=40, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    sequence = models.PositiveIntegerField("年度序号", null=True)
    platform_name = models.CharField("平台名称", max_length=120)
    operator_name = models.CharField("运营单位", max_length=120)
    credit_code = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="titles", verbose_name="所属县(市)区")
    functions = models.JSONField("服务功能", default=list)
    decided_on = models.DateField("决定日期")
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止（含当日）")
    document_number = models.CharField("认定文号", max_length=60, blank=True)
    ended_on = models.DateField("效力终止日期", null=True)
    ended_document = models.CharField("终止文号", max_length=60, blank=True)
    ended_evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="终止凭证"
    )
    token = models.CharField("查询令牌", max_length=40, unique=True, default=new_token, editable=False)

    class Meta:
        verbose_name = "称号"
        verbose_name_plural = verbose_name
        ordering = ("-year", "sequence")
        permissions = [(EVALUATE, "测评平台")]
        constraints = [
            state_constraint("title"),
            models.UniqueConstraint(name="title_sequence_once", fields=["year", "sequence"]),
            models.CheckConstraint(name="title_dates_in_order", condition=Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.platform_name}"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.platform.district

    def get_absolute_url(self) -> str:
        return reverse("registry:title", args=[self.uuid])

    def public_url(self) -> str:
        return reverse("registry:check", args=[self.token])

    def valid_on(self, day: date) -> bool:
        """Whether the day lies in the term as granted (both dates included, Art. 16), whatever came of the title since."""
        return self.valid_from <= day <= self.valid_to

    def ended_by(self, day: date) -> bool:
        """Whether the title was cancelled, revoked, given up or lost its operator by the day; a suspended ending is none."""
        return self.state in self.ENDED and (self.ended_on is None or self.ended_on <= day)

    def in_force(self, day: date) -> bool:
        """Whether the title is in effect on the day: within its term and not ended. All duties ask this."""
        return self.valid_on(day) and not self.ended_by(day)

    @property
    def last_day(self) -> date:
        """The last day in force: that of the term, or the day before the ending."""
        if self.state in self.ENDED and self.ended_on is not None:
            return min(self.valid_to, self.ended_on - timedelta(days=1))
        return self.valid_to

    @performs("title", "register")
    def register(self) -> None:
        """Default: a title granted before the system is entered with its old number."""

    @performs("title", "grant")
    def grant(self) -> None:
        """Art. 15."""

    @performs("title", "dissolve")
    def dissolve(self) -> None:
        """Default: the title ends with its operator; neither 取消 nor 撤销."""

    @performs("title", "renounce")
    def renounce(self) -> None:
        """Default: the platform gives up its title; neither 取消 nor 撤销."""

    @performs("title", "amend")
    def amend(self) -> None:
        """Art. 20."""

    @performs("title", "change_operator")
    def change_operator(self) -> None:
        """Art. 20."""

    @performs("title", "cancel")
    def cancel(self) -> None:
        """Art. 19: with the plaque and a ban."""

    @performs("title", "revoke")
    def revoke(self) -> None:
        """Art. 16: neither plaque nor ban by itself."""

    @performs("title", "stay")
    def stay(self) -> None:
        """Default: a court or superior pauses the decision."""

    @performs("title", "resume_cancellation")
    def resume_cancellation(self) -> None:
        """Art. 19 goes on."""

    @performs("title", "resume_revocation")
    def resume_revocation(self) -> None:
        """Art. 16 goes on."""

    @performs("title", "restore")
    def restore(self) -> None:
        """Default: an overturned decision leaves the title with its original dates."""

    @performs("title", "restore_renounced")
    def restore_renounced(self) -> None:
        """Default: what was given up before the decision stays given up."""

    @performs("title", "restore_dissolved")
    def restore_dissolved(self) -> None:
        """Default: what had lost its operator before the decision stays ended."""


class TitleUserObjectPermission(UserObjectPermissionBase):
    """django-guardian's grants on single titles, with a real foreign key; written only by ``supervision.grants``."""

    content_object = models.ForeignKey(Title, on_delete=models.PROTECT)


class Plaque(Subject):
    """The plaque that goes with a title (Art. 15): serial, issue and receipt. ``sequence`` is empty for one from before the system."""

    SUBJECT = "plaque"
    # Not the term to hand it in, which a suspended decision takes away without a step of the plaque.
    SEALED = (
        "title", "serial", "year", "sequence", "issued_on", "received_on", "received_by", "lost_on", "recovered_on",
        "recovered_from", "void_url",
    )  # fmt: skip

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="plaques", verbose_name="称号")
    state = state_field(SUBJECT)
    serial = models.CharField("牌匾编号", max_length=40, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    sequence = models.PositiveIntegerField("年度序号", null=True)
    issued_on = models.DateField("颁发日期", null=True)
    received_on = models.DateField("签收日期", null=True)
    received_by = models.CharField("签收人", max_length=60, blank=True)
    lost_on = models.DateField("遗失日期", null=True)
    return_due_at = models.DateTimeField("交回期限", null=True)
    recovered_on = models.DateField("收回日期", null=True)
    recovered_from = models.CharField("交回人", max_length=60, blank=True)
    void_url = models.URLField("作废公告地址", blank=True)

    class Meta:
        verbose_name = "牌匾"
        verbose_name_plural = verbose_name
        ordering = ("-year", "sequence")
        constraints = [
            state_constraint("plaque"),
            models.UniqueConstraint(name="plaque_sequence_once", fields=["year", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"{self.serial}（{self.title.platform_name}）"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.title.platform.district

    def get_absolute_url(self) -> str:
        return reverse("registry:title", args=[self.title.uuid])

    @performs("plaque", "register")
    def register(self) -> None:
        """Default: a plaque handed over before the system is entered with its old serial."""

    @performs("plaque", "allot")
    def allot(self) -> None:
        """Art. 15."""

    @performs("plaque", "issue")
    def issue(self) -> None:
        """Art. 15."""

    @performs("plaque", "receive")
    def receive(self) -> None:
        """Art. 15."""

    @performs("plaque", "report_lost")
    def report_lost(self) -> None:
        """Default: a lost plaque is reported by its holder."""

    @performs("plaque", "recall")
    def recall(self) -> None:
        """Art. 19."""

    @performs("plaque", "order_back")
    def order_back(self) -> None:
        """Default: a revocation may order the plaque back, never by itself."""

    @performs("plaque", "recover")
    def recover(self) -> None:
        """Default: handed in at the district or the city."""

    @performs("plaque", "declare_void")
    def declare_void(self) -> None:
        """Default: not handed in within its term."""

    @performs("plaque", "give_back")
    def give_back(self) -> None:
        """Default: an overturned decision gives the plaque back."""
