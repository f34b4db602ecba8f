"""Expert review (Art. 12): the pool, panels, cases, score sheets and the list recommended for certification."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from applications.models import Application, Call
from lifecycle.subject import Subject, performs, state_constraint, state_field
from timekeeping import clock


class ExpertProfile(models.Model):
    """What is known of an expert in the pool, for drawing and for conflicts of interest."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert_profile")
    employer = models.CharField("工作单位", max_length=120)
    employer_code = models.CharField("工作单位信用代码", max_length=18, blank=True)
    field = models.CharField("专业领域", max_length=60)
    professional_title = models.CharField("职称", max_length=40, blank=True)
    in_pool = models.BooleanField("在库", default=True)

    class Meta:
        verbose_name = "专家"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.user.name}（{self.employer}）"


class Panel(Subject):
    """One round of expert review for a call. ``declare_due_at`` and ``score_due_at`` are exclusive instants."""

    SUBJECT = "panel"

    state = state_field(SUBJECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="panels", verbose_name="申报通知")
    name = models.CharField("名称", max_length=80)
    seed = models.CharField("抽取种子", max_length=64, blank=True)
    draw = models.JSONField("抽取记录", null=True)
    declare_due_at = models.DateTimeField("声明期限")
    score_due_at = models.DateTimeField("评分期限")
    cut_reason = models.TextField("择优理由", blank=True)
    ranking = models.JSONField("排名", null=True)

    class Meta:
        verbose_name = "专家组"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        constraints = [state_constraint("panel")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("review:panel", args=[self.uuid])

    @performs("panel", "form")
    def form(self) -> None:
        """Art. 12."""

    @performs("panel", "start")
    def start(self) -> None:
        """Art. 12."""

    @performs("panel", "conclude")
    def conclude(self) -> None:
        """Art. 12."""


class PanelMember(models.Model):
    """An expert on a panel, drawn or chosen."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_memberships")
    drawn = models.BooleanField("随机抽取", default=False)

    class Meta:
        verbose_name = "专家组成员"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="panel_member_once", fields=["panel", "expert"])]

    def __str__(self) -> str:
        return f"{self.panel} {self.expert}"


class PanelCase(models.Model):
    """An application before a panel, and its result once the panel has concluded."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="cases")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="panel_case")
    mean = models.DecimalField("平均分", max_digits=7, decimal_places=4, null=True)
    rank = models.PositiveSmallIntegerField("名次", null=True)
    shortlisted = models.BooleanField("列入推荐认定名单", null=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = "评审申报"
        verbose_name_plural = verbose_name
        ordering = ("rank", "id")

    def __str__(self) -> str:
        return str(self.application)


class ScoreSheet(Subject):
    """One expert's sheet for one case: interests first, then scores; drafts never count, locked sheets are immutable."""

    SUBJECT = "score_sheet"

    state = state_field(SUBJECT)
    case = models.ForeignKey(PanelCase, on_delete=models.PROTECT, related_name="sheets")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="score_sheets")
    declared_at = models.DateTimeField("声明时间", null=True)
    conflict = models.TextField("利益关系", blank=True)
    opinion = models.TextField("评审意见", blank=True)
    total = models.DecimalField("总分", max_digits=5, decimal_places=2, null=True)
    locked_at = models.DateTimeField("提交时间", null=True)
    revision = models.PositiveIntegerField("修订号", default=0)

    class Meta:
        verbose_name = "评分表"
        verbose_name_plural = verbose_name
        ordering = ("case", "id")
        constraints = [
            state_constraint("score_sheet"),
            models.UniqueConstraint(name="score_sheet_once", fields=["case", "expert"], condition=~Q(state="voided")),
            models.CheckConstraint(
                name="score_sheet_total_in_range", condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100)
            ),
            models.CheckConstraint(
                name="score_sheet_locked_has_total",
                condition=~Q(state="locked") | Q(total__isnull=False, locked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.expert}"

    @property
    def heading(self) -> str:
        return f"评审 {self.case.application.platform_name}"

    def assigned_users(self) -> Iterable[User]:
        return (self.expert,)

    @property
    def declare_due_at(self) -> datetime:
        return self.case.panel.declare_due_at

    @property
    def score_due_at(self) -> datetime:
        return self.case.panel.score_due_at

    def get_absolute_url(self) -> str:
        return reverse("review:score_sheet", args=[self.uuid])

    @performs("score_sheet", "assign")
    def assign(self) -> None:
        """Art. 12."""

    @performs("score_sheet", "declare_clear")
    def declare_clear(self) -> None:
        """Default: interests are declared before any dossier opens."""

    @performs("score_sheet", "recuse")
    def recuse(self) -> None:
        """Default."""

    @performs("score_sheet", "lock")
    def lock(self) -> None:
        """Art. 12."""

    @performs("score_sheet", "reopen")
    def reopen(self) -> None:
        """Default: locked sheets are reopened only with a reason."""

    @performs("score_sheet", "void")
    def void(self) -> None:
        """Default: a conflict found later voids the score and stays on record."""


class Score(models.Model):
    """The points of one rubric item on one sheet; None while the draft leaves it open."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="scores")
    item = models.CharField("评分项", max_length=30)
    points = models.DecimalField("得分", max_digits=5, decimal_places=2, null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    saved_at = models.DateTimeField("保存时间", default=clock.now)

    class Meta:
        verbose_name = "评分"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(name="score_once", fields=["sheet", "item"]),
            models.CheckConstraint(name="score_in_range", condition=Q(points__gte=0, points__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.points}"
