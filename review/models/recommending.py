"""The district's word to the city, and the city's return to the district (Art. 5, 11)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import District
from applications import wording
from applications.models import Application, ApplicationVersion, Call
from review.models.sampling import Sample
from review.models.summaries import SummarySheet
from timekeeping import clock

# What a return may name besides the parts of the application: the district's own acts.
ACT = "act"
ACTS = {"measurement": "初审测评", "sample": "满意度抽查", "recommendation": "推荐意见和汇总表"}


class Recommendation(models.Model):
    """The district's act on one application, with its row of 附件2 and the sheet it goes to the city on; a withdrawn one
    stays. ``summary`` holds the row; of its cells the district may edit its own until the sheet is forwarded. ``measured`` is
    the measurement it rested on (``Measurement.kept``), its hash is in the record.
    """

    class Ended(models.TextChoices):
        """How it ended: the step that ended it."""

        WITHDRAWN = "withdraw_recommendation", "已撤回"
        SENT_BACK = "send_back", "市局已退回"
        FALSIFIED = "reject_falsified", "材料不实，不予认定"
        BY_APPLICANT = "withdraw", "申报单位已撤回"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recommendations")
    version = models.ForeignKey(ApplicationVersion, on_delete=models.PROTECT, related_name="recommendations")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, null=True, related_name="+")
    recommended = models.BooleanField("推荐")
    order = models.PositiveSmallIntegerField("推荐顺序", null=True)
    opinion = models.TextField("推荐意见")
    summary = models.JSONField("附件2所列数据", default=dict)
    measured = models.JSONField("所依据的初审测评", null=True)
    sheet = models.ForeignKey(SummarySheet, on_delete=models.PROTECT, null=True, related_name="recommendations")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("时间", default=clock.now)
    withdrawn_at = models.DateTimeField("终止时间", null=True)
    ended_as = models.CharField("终止方式", max_length=30, choices=Ended.choices, blank=True)

    class Meta:
        verbose_name = "县区推荐"
        verbose_name_plural = verbose_name
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(
                name="recommendation_one_in_force", fields=["application"], condition=Q(withdrawn_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="recommendation_order_once",
                fields=["call", "district", "order"],
                condition=Q(withdrawn_at__isnull=True, order__isnull=False),
            ),
            models.CheckConstraint(
                name="recommendation_on_a_sheet",
                condition=Q(recommended=False) | Q(withdrawn_at__isnull=False) | Q(sheet__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {'推荐' if self.recommended else '不予推荐'}"

    @property
    def stands(self) -> bool:
        """Whether it was not taken back and its application was not withdrawn meanwhile."""
        return self.recommended and self.withdrawn_at is None and self.application.state != "withdrawn"


class SendBack(models.Model):
    """The city's return of a recommended case to its district, item by item, with its own exclusive deadline."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="send_backs")
    version = models.ForeignKey(ApplicationVersion, on_delete=models.PROTECT, related_name="send_backs")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="send_back")
    due_at = models.DateTimeField("重新推荐截止")
    note = models.TextField("总体说明", blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("退回时间", default=clock.now)
    answered_at = models.DateTimeField("县区答复时间", null=True)

    class Meta:
        verbose_name = "退回县区"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.application_id} 退回县区 {self.made_at:%Y-%m-%d}"


class SendBackItem(models.Model):
    """One thing the district must look at again, and its answer; ``part`` and ``key`` as in ``CorrectionItem``, or a district's act."""

    send_back = models.ForeignKey(SendBack, on_delete=models.PROTECT, related_name="items")
    part = models.CharField("部分", max_length=12)
    key = models.CharField("项目", max_length=30)
    text = models.TextField("需核实的内容")
    answer = models.TextField("县区核实情况", blank=True)

    class Meta:
        verbose_name = "退回事项"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [models.UniqueConstraint(name="send_back_item_once", fields=["send_back", "part", "key"])]

    def __str__(self) -> str:
        return f"{self.part} {self.key}"

    @property
    def slug(self) -> str:
        """How forms and answers name the item."""
        return f"{self.part}-{self.key}"

    @property
    def label(self) -> str:
        """初审测评, or the part of the application: 资产与财务."""
        return ACTS[self.key] if self.part == ACT else wording.part_label(self.part, self.key)
