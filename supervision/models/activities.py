"""Public-service activities of province and city, and the invitations to them: who came, who did not (Art. 19)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field
from registry.models import Title
from timekeeping.clock import SHANGHAI


class Activity(Subject):
    """A public-service activity organised by the authorities of province or city; no other level counts for Art. 19."""

    SUBJECT = "activity"
    SEALED = (
        "name", "level", "organiser", "starts_at", "place", "content", "contact", "document_number", "document",
        "announced_by",
    )  # fmt: skip

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        CITY = "city", "市级"

    COUNTED = (Level.PROVINCE, Level.CITY)

    name = models.CharField("活动名称", max_length=120)
    level = models.CharField("活动级别", max_length=10, choices=Level.choices)
    state = state_field(SUBJECT)
    organiser = models.CharField("组织单位", max_length=120)
    starts_at = models.DateTimeField("开始时间")
    place = models.CharField("活动地点", max_length=200)
    content = models.TextField("活动内容和参加要求")
    contact = models.CharField("联系人和电话", max_length=120)
    document_number = models.CharField("活动通知文号", max_length=60, blank=True)
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="活动通知"
    )
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="发布人"
    )

    class Meta:
        verbose_name = "公共服务活动"
        verbose_name_plural = verbose_name
        ordering = ("-starts_at", "-pk")
        constraints = [
            state_constraint("activity"),
            models.CheckConstraint(name="activity_level_counts", condition=Q(level__in=["province", "city"])),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def held_on(self) -> date:
        """The day of the activity in Asia/Shanghai."""
        return self.starts_at.astimezone(SHANGHAI).date()

    def get_absolute_url(self) -> str:
        return reverse("supervision:activity", args=[self.uuid])

    @performs("activity", "announce")
    def announce(self) -> None:
        """Art. 19."""

    @performs("activity", "call_off")
    def call_off(self) -> None:
        """Default: an activity that is not held counts for nobody."""

    @performs("activity", "conclude")
    def conclude(self) -> None:
        """Art. 19: every invited platform is marked."""


class Invitation(Subject):
    """The invitation of one title to one activity. It exists from the moment it is served; ``way`` says how that is proved."""

    SUBJECT = "invitation"
    SEALED = (
        "activity", "title", "way", "served_on", "proof", "served_by", "leave_reason", "leave_evidence",
        "leave_asked_at", "note", "marked_by", "marked_at",
    )  # fmt: skip
    MARKED = ("present", "absent", "excused")

    class Way(models.TextChoices):
        SYSTEM = "system", "系统送达"
        PAPER = "paper", "书面送达"
        PHONE = "phone", "电话通知（有记录）"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="invitations", verbose_name="活动")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="invitations", verbose_name="称号")
    state = state_field(SUBJECT)
    way = models.CharField("送达方式", max_length=10, choices=Way.choices)
    served_on = models.DateField("送达日期")
    proof = models.CharField("送达凭据", max_length=200, blank=True)
    served_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="送达人"
    )
    leave_reason = models.TextField("请假事由", blank=True)
    leave_evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="请假证明"
    )
    leave_asked_at = models.DateTimeField("请假时间", null=True)
    note = models.CharField("出席登记说明", max_length=500, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    marked_at = models.DateTimeField("登记时间", null=True)

    class Meta:
        verbose_name = "活动邀请"
        verbose_name_plural = verbose_name
        ordering = ("-activity__starts_at", "title__number")
        constraints = [
            state_constraint("invitation"),
            models.UniqueConstraint(name="invitation_once", fields=["activity", "title"]),
            models.CheckConstraint(
                name="invitation_marked_by_somebody",
                condition=~Q(state__in=["present", "absent", "excused"])
                | Q(marked_by__isnull=False, marked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity.name}（{self.title.platform_name}）"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.title.platform.organisation

    @property
    def concerned_district(self) -> District:
        return self.title.platform.district

    @property
    def asked_in_time(self) -> bool:
        """Whether leave was asked before the activity began."""
        return self.leave_asked_at is not None and self.leave_asked_at < self.activity.starts_at

    def get_absolute_url(self) -> str:
        return reverse("supervision:invitation", args=[self.uuid])

    @performs("invitation", "serve")
    def serve(self) -> None:
        """Art. 19: nobody is absent from what nobody was invited to."""

    @performs("invitation", "ask_leave")
    def ask_leave(self) -> None:
        """Default."""

    @performs("invitation", "refuse_leave")
    def refuse_leave(self) -> None:
        """Default."""

    @performs("invitation", "excuse")
    def excuse(self) -> None:
        """Default: an excused absence is recorded and does not count."""

    @performs("invitation", "present")
    def present(self) -> None:
        """Art. 19."""

    @performs("invitation", "absent")
    def absent(self) -> None:
        """Art. 19."""

    @performs("invitation", "correct")
    def correct(self) -> None:
        """Default: a wrong mark is taken back, with a reason, and made anew."""
