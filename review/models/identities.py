"""Who objected or complained, kept apart from the case, and the record of everybody who looked (Art. 14, 21)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Role
from lifecycle.subject import Subject, performs, state_constraint, state_field
from review.models.complaints import Complaint
from review.models.objections import Objection
from timekeeping import clock


class Identity(models.Model):
    """A person or unit behind a case. Read only by its handler; an auditor's opening needs a reason."""

    name = models.CharField("姓名或单位名称", max_length=120)
    phone = models.CharField("联系电话", max_length=30)
    email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("通信地址", max_length=200, blank=True)
    consented_at = models.DateTimeField("同意个人信息告知的时间", null=True)

    class Meta:
        abstract = True


class ObjectorIdentity(Identity):
    """Who objected."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="identity")

    class Meta:
        verbose_name = "异议人身份"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.objection_id} 异议人"


class ComplainantIdentity(Identity):
    """Who complained."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="identity")

    class Meta:
        verbose_name = "投诉人身份"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.complaint_id} 投诉人"


class IdentityOpening(Subject):
    """That a person looked at an identity, and why. It begins and ends with one step; never changed, never deleted."""

    SUBJECT = "disclosure"

    state = state_field(SUBJECT)
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, null=True, related_name="openings")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, null=True, related_name="openings")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("身份", max_length=20, choices=Role.choices)
    reason = models.TextField("理由")
    opened_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "来件人信息查看记录"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            state_constraint("disclosure"),
            models.CheckConstraint(
                name="opening_of_one_case",
                condition=Q(objection__isnull=True, complaint__isnull=False)
                | Q(objection__isnull=False, complaint__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 来件人信息"

    @property
    def case(self) -> Objection | Complaint:
        """The objection or complaint whose sender was looked up."""
        found = self.objection or self.complaint
        assert found is not None
        return found

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()

    @performs("disclosure", "open")
    def open(self) -> None:
        """Default: the handler reads who sent the case."""

    @performs("disclosure", "inspect")
    def inspect(self) -> None:
        """Art. 21: supervision reads it with a reason."""
