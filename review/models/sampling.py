"""The random satisfaction sample of Art. 11: the draw, the enterprises, attempts to reach them, their answers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import District, Organisation
from applications.models import Application, ApplicationVersion
from lifecycle.subject import Subject, performs, state_constraint, state_field
from timekeeping import clock


class Sample(Subject):
    """A random satisfaction sample of at least 10 % of the SMEs served, replayable from seed and frame hash (Art. 11)."""

    SUBJECT = "sample"
    SEALED = (
        "application", "application_version", "frame_size", "required", "seed", "frame_hash", "drawn_by",
        "redraw_reason", "redraw_proposed_by", "floor_waiver", "reached", "satisfied", "closed_at",
    )  # fmt: skip

    state = state_field(SUBJECT)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="samples")
    application_version = models.ForeignKey(ApplicationVersion, on_delete=models.PROTECT, related_name="samples")
    frame_size = models.PositiveIntegerField("抽样框企业数")
    required = models.PositiveIntegerField("应抽数")
    reserve = models.PositiveIntegerField("备用数")
    seed = models.CharField("随机种子", max_length=64)
    frame_hash = models.CharField("抽样框摘要", max_length=64)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    redraw_reason = models.TextField("重抽理由", blank=True)
    redraw_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    floor_waiver = models.TextField("有效答复不足的理由", blank=True)
    reached = models.PositiveIntegerField("有效答复数", null=True)
    satisfied = models.PositiveIntegerField("满意数", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "满意度抽查"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            state_constraint("sample"),
            models.UniqueConstraint(name="sample_one_in_force", fields=["application"], condition=~Q(state="voided")),
            models.CheckConstraint(
                name="sample_satisfied_within_reached",
                condition=Q(reached__isnull=True) | Q(satisfied__lte=F("reached")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 满意度抽查"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.application.organisation

    @property
    def concerned_district(self) -> District:
        return self.application.district

    def get_absolute_url(self) -> str:
        return reverse("review:sample", args=[self.uuid])

    @performs("sample", "draw")
    def draw(self) -> None:
        """Art. 11."""

    @performs("sample", "propose_redraw")
    def propose_redraw(self) -> None:
        """Default: a redraw needs a reason and a second person."""

    @performs("sample", "refuse_redraw")
    def refuse_redraw(self) -> None:
        """Default."""

    @performs("sample", "keep_result")
    def keep_result(self) -> None:
        """Default: a sample that was closed when the redraw was asked for is closed again."""

    @performs("sample", "approve_redraw")
    def approve_redraw(self) -> None:
        """Default."""

    @performs("sample", "void")
    def void(self) -> None:
        """Default: a sample of another list, or of an application that has ended, is no basis for anything."""

    @performs("sample", "close")
    def close(self) -> None:
        """Art. 11."""


class SampleUnit(models.Model):
    """One drawn enterprise in drawing order; reserves are activated one by one for those who cannot be reached."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="units")
    position = models.PositiveIntegerField("抽中顺序")
    name = models.CharField("企业名称", max_length=120)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_reserve = models.BooleanField("备用", default=False)
    activated_at = models.DateTimeField("启用时间", null=True)
    replaced_at = models.DateTimeField("替换时间", null=True)
    flags = models.JSONField("提示", default=list)
    link_version = models.PositiveSmallIntegerField("链接版本", default=1)

    class Meta:
        verbose_name = "被抽查企业"
        verbose_name_plural = verbose_name
        ordering = ("sample", "position")
        constraints = [
            models.UniqueConstraint(name="sample_unit_position_once", fields=["sample", "position"]),
            models.UniqueConstraint(name="sample_unit_enterprise_once", fields=["sample", "credit_code"]),
        ]

    def __str__(self) -> str:
        return self.name


class ContactAttempt(models.Model):
    """One attempt to reach a drawn enterprise; attempts stay logged even when the enterprise is replaced."""

    class Outcome(models.TextChoices):
        SENT = "sent", "已发送链接"
        REACHED = "reached", "已联系上"
        NO_ANSWER = "no_answer", "无人接听"
        WRONG_NUMBER = "wrong_number", "号码有误"
        REFUSED = "refused", "拒绝答复"

    unit = models.ForeignKey(SampleUnit, on_delete=models.PROTECT, related_name="attempts")
    outcome = models.CharField("结果", max_length=12, choices=Outcome.choices)
    note = models.CharField("备注", max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "联系记录"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.unit} {self.get_outcome_display()}"


class SurveyAnswer(models.Model):
    """An enterprise's one answer, given by its private link or noted by an officer on the telephone."""

    class Satisfaction(models.TextChoices):
        VERY = "very", "很满意"
        SATISFIED = "satisfied", "满意"
        NEUTRAL = "neutral", "一般"
        DISSATISFIED = "dissatisfied", "不满意"
        NOT_SERVED = "not_served", "未接受过该平台服务"

    unit = models.OneToOneField(SampleUnit, on_delete=models.PROTECT, related_name="answer")
    satisfaction = models.CharField("满意程度", max_length=12, choices=Satisfaction.choices)
    comment = models.TextField("意见", blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", default=clock.now)

    class Meta:
        verbose_name = "满意度答复"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.unit} {self.get_satisfaction_display()}"
