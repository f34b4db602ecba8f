"""Filing of major changes (Art. 20): one submission to district and city at once, with a receipt of each."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Amendment, Title
from timekeeping import clock

OPEN = ("filed", "returned", "checked", "referred")


class Change(Subject):
    """A change of a platform or its operator. ``filed_at`` is the first receipt and decides whether it was in time.

    ``district`` is the one it was filed to; a move takes effect only when the filing is registered.
    """

    SUBJECT = "change"
    SEALED = (
        "title", "organisation", "district", "new_district", "new_organisation", "kind", "before", "values",
        "completed_on", "explanation", "year", "district_sequence", "city_sequence", "district_receipt",
        "city_receipt", "filed_at", "filed_by", "opinion", "findings", "conclusion",
    )  # fmt: skip
    SEALED_ROWS: ClassVar = {"versions": ("number", "content", "fingerprint", "filed_by", "filed_at")}
    Kind = Amendment.Kind

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="changes", verbose_name="称号")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="changes", verbose_name="备案单位"
    )
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="changes", verbose_name="县(市)区")
    new_district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="迁入县(市)区"
    )
    new_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="新运营单位"
    )
    state = state_field(SUBJECT)
    kind = models.CharField("变更事项", max_length=24, choices=Kind.choices)
    before = models.JSONField("变更前", default=dict)
    values = models.JSONField("变更后", default=dict)
    completed_on = models.DateField("更改完成日期")
    explanation = models.TextField("说明", blank=True)
    year = models.PositiveSmallIntegerField("年份")
    district_sequence = models.PositiveIntegerField("县区序号")
    city_sequence = models.PositiveIntegerField("市局序号")
    district_receipt = models.CharField("县区回执编号", max_length=30, unique=True)
    city_receipt = models.CharField("市局回执编号", max_length=30, unique=True)
    filed_at = models.DateTimeField("收到时间", default=clock.now)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="报备人"
    )
    opinion = models.TextField("县区核对意见", blank=True)
    findings = models.TextField("重新核验情况", blank=True)
    conclusion = models.TextField("办理意见", blank=True)

    class Meta:
        verbose_name = "变更备案"
        verbose_name_plural = verbose_name
        ordering = ("-filed_at", "-id")
        constraints = [
            state_constraint("change"),
            models.UniqueConstraint(name="change_district_number_once", fields=["year", "district_sequence"]),
            models.UniqueConstraint(name="change_city_number_once", fields=["year", "city_sequence"]),
            models.UniqueConstraint(
                name="change_open_once_per_matter", fields=["title", "kind"], condition=Q(state__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}变更（{self.title.platform_name}）"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.organisation

    @property
    def concerned_district(self) -> District:
        return self.district

    @property
    def leaves_the_city(self) -> bool:
        """Whether the platform moves out of Kunming, which only people can settle."""
        return self.kind == self.Kind.DISTRICT and self.new_district_id is None

    def get_absolute_url(self) -> str:
        return reverse("supervision:change", args=[self.uuid])

    @performs("change", "file")
    def file(self) -> None:
        """Art. 20."""

    @performs("change", "return_for_correction")
    def return_for_correction(self) -> None:
        """Default: what does not fit its proof goes back."""

    @performs("change", "refile")
    def refile(self) -> None:
        """Art. 20."""

    @performs("change", "withdraw")
    def withdraw(self) -> None:
        """Default: the platform may take back what has not been registered."""

    @performs("change", "examine")
    def examine(self) -> None:
        """Art. 20."""

    @performs("change", "register")
    def register(self) -> None:
        """Art. 20."""

    @performs("change", "refuse")
    def refuse(self) -> None:
        """Default: what is no change, or is not proved, is not registered."""

    @performs("change", "refer")
    def refer(self) -> None:
        """Art. 20; default: another operator needs re-verification and a collective decision."""

    @performs("change", "approve_operator")
    def approve_operator(self) -> None:
        """Art. 20."""

    @performs("change", "refuse_operator")
    def refuse_operator(self) -> None:
        """Art. 20."""


class ChangeVersion(models.Model):
    """What was filed, each time it was filed: frozen, with its fingerprint."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    content = models.JSONField("内容")
    fingerprint = models.CharField("指纹", max_length=64)
    filed_at = models.DateTimeField("收到时间")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "备案版本"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = [models.UniqueConstraint(name="change_version_once", fields=["change", "number"])]

    def __str__(self) -> str:
        return f"{self.change_id} 第{self.number}版"


class ChangeFile(models.Model):
    """A proof given with a filing, or a paper of the re-verification."""

    class Stage(models.TextChoices):
        FILING = "filing", "报备材料"
        VERIFICATION = "verification", "重新核验材料"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=12, choices=Stage.choices, default=Stage.FILING)
    version = models.PositiveSmallIntegerField("版本", default=1)
    added_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "变更材料"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.file)
