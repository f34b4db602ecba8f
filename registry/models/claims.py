"""The first account of an organisation that is in the book but has nobody: claimed by its people, checked by its district."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District, Organisation, Role
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field


class Claim(Subject):
    """A person asks to act for an organisation without people. The password is chosen here and kept only as its hash, until decided."""

    SUBJECT = "claim"
    SEALED = (
        "receipt_number", "year", "sequence", "organisation", "role", "name", "phone", "email", "letter", "account",
    )  # fmt: skip

    class As(models.TextChoices):
        FILER = Role.FILER.value, "经办人"
        SIGNATORY = Role.SIGNATORY.value, "法定代表人或授权签字人"

    state = state_field(SUBJECT)
    receipt_number = models.CharField("受理编号", max_length=30, unique=True)
    year = models.PositiveSmallIntegerField("年份")
    sequence = models.PositiveIntegerField("序号")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="claims", verbose_name="认领单位"
    )
    role = models.CharField("认领身份", max_length=20, choices=As.choices)
    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("手机号", max_length=20)
    email = models.EmailField("电子邮箱")
    password = models.CharField("密码摘要", max_length=128, blank=True, editable=False)
    letter = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="介绍信或授权委托书"
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="claim", verbose_name="账号"
    )

    class Meta:
        verbose_name = "账号认领"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        constraints = [
            state_constraint("claim"),
            models.UniqueConstraint(name="claim_number_once", fields=["year", "sequence"]),
            models.CheckConstraint(name="claim_account_keeps_password", condition=Q(account=None) | Q(password="")),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_number} {self.organisation.name}"

    @property
    def heading(self) -> str:
        return f"{self.organisation.name}账号认领（{self.receipt_number}）"

    @property
    def concerned_district(self) -> District:
        return self.organisation.district

    def outsiders(self) -> Iterable[str]:
        return (self.email,)

    def public_url(self) -> str:
        return reverse("login")

    def get_absolute_url(self) -> str:
        return reverse("registry:claim", args=[self.uuid])

    @performs("claim", "file")
    def file(self) -> None:
        """Default: the people of an organisation from before the system ask for its account."""

    @performs("claim", "approve")
    def approve(self) -> None:
        """Default: the district knows its organisations."""

    @performs("claim", "refuse")
    def refuse(self) -> None:
        """Default: who cannot be verified gets no account."""
