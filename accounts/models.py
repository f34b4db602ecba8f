"""People and bodies: users, districts, organisations, and the capacities in which people act."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from regulation.identifiers import normalise_credit_code
from timekeeping import clock


class Role(models.TextChoices):
    """Who may act. ``docs/glossary.md`` gives the Chinese term of each."""

    FILER = "filer", "申报单位经办人"
    SIGNATORY = "signatory", "法定代表人或授权签字人"
    DISTRICT_OFFICER = "district_officer", "县区主管部门经办人"
    CITY_OFFICER = "city_officer", "市局经办人"
    EXPERT = "expert", "评审专家"
    INSPECTOR = "inspector", "现场核查员"
    EVALUATOR = "evaluator", "受托第三方"
    AUDITOR = "auditor", "审计监察人员"
    SYSADMIN = "sysadmin", "系统管理员"


APPLICANT_ROLES = (Role.FILER, Role.SIGNATORY)


class District(models.Model):
    """A county-level district or development zone of Kunming whose SME department handles applications (Art. 5)."""

    slug = models.SlugField("代号", unique=True)
    name = models.CharField("名称", max_length=40, unique=True)
    bureau = models.CharField("主管部门名称", max_length=80)
    gb_code = models.CharField("行政区划代码", max_length=6, blank=True, help_text="开发(度假)区没有国标代码，留空。")
    is_zone = models.BooleanField("开发(度假)区", default=False)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    active_from = models.DateField("启用日期", null=True, blank=True)
    active_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "县(市)区、开发(度假)区"
        verbose_name_plural = verbose_name
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What the person may do comes from capacities, never from the person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    email = models.EmailField("电子邮箱", blank=True)
    phone = models.CharField("手机号", max_length=20, blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_staff = models.BooleanField("可登录后台", default=False)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "用户"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    """Kinds of body that may apply (Art. 3)."""

    ENTERPRISE = "enterprise", "企业"
    INSTITUTION = "institution", "事业单位"
    ASSOCIATION = "association", "社会团体"
    NON_ENTERPRISE = "non_enterprise", "民办非企业单位"
    RESEARCH = "research", "科研院所"
    OTHER = "other", "其他"


class Organisation(models.Model):
    """A legal person that operates a platform (Art. 2). It, not a person, owns its files."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("单位名称", max_length=120)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    kind = models.CharField("单位性质", max_length=20, choices=OrganisationKind.choices)
    legal_representative = models.CharField("法定代表人", max_length=60)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="organisations", verbose_name="所属县(市)区"
    )
    registered_address = models.CharField("注册地址", max_length=200)
    service_address = models.CharField("经营服务地址", max_length=200, blank=True)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20, blank=True)
    contact_email = models.EmailField("联系邮箱", blank=True)
    created_at = models.DateTimeField("登记时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = "申报单位"
        verbose_name_plural = verbose_name
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.credit_code = normalise_credit_code(self.credit_code)
        super().save(*args, **kwargs)


class CapacityQuerySet(models.QuerySet["Capacity"]):
    def active(self) -> "CapacityQuerySet":
        """Capacities in force on today's date of the product's clock; one taken away ends at that moment."""
        today = clock.today()
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today),
            valid_from__lte=today,
            ended_at__isnull=True,
            user__is_active=True,
        )


class Capacity(models.Model):
    """User acts as role for a district or an organisation, from one date to another (both inclusive)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="capacities", verbose_name="用户")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, blank=True, related_name="capacities", verbose_name="县(市)区"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="capacities", verbose_name="单位"
    )
    valid_from = models.DateField("起", default=clock.today)
    valid_to = models.DateField("止", null=True, blank=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True, editable=False)

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name = "身份"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="capacity_scope_fits_role",
                condition=Q(role__in=[Role.FILER, Role.SIGNATORY], organisation__isnull=False, district__isnull=True)
                | Q(role=Role.DISTRICT_OFFICER, district__isnull=False, organisation__isnull=True)
                | (
                    ~Q(role__in=[Role.FILER, Role.SIGNATORY, Role.DISTRICT_OFFICER])
                    & Q(district__isnull=True, organisation__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="capacity_dates_in_order", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.UniqueConstraint(
                name="capacity_once_per_district",
                fields=["user", "role", "district"],
                condition=Q(valid_to__isnull=True, district__isnull=False),
            ),
            models.UniqueConstraint(
                name="capacity_once_per_organisation",
                fields=["user", "role", "organisation"],
                condition=Q(valid_to__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                name="capacity_once_citywide",
                fields=["user", "role"],
                condition=Q(valid_to__isnull=True, district__isnull=True, organisation__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @cached_property
    def label(self) -> str:
        """How the capacity is shown, such as 盘龙区科技和工业信息化局 · 县区主管部门经办人."""
        body = self.district.bureau if self.district else self.organisation.name if self.organisation else ""
        return f"{body} · {self.get_role_display()}" if body else str(self.get_role_display())


class ResetRequest(models.Model):
    """That somebody asked for a password link; the address is kept only as a hash, to limit how often."""

    address = models.CharField("邮箱指纹", max_length=64)
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "找回密码请求"
        verbose_name_plural = verbose_name
        indexes = [models.Index(fields=["address", "at"], name="reset_by_address")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class FormerAddress(models.Model):
    """A mail address that a person gave up and that is told so; kept here, so that no task carries it as an argument."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="former_addresses", verbose_name="用户")
    email = models.EmailField("原邮箱")
    given_up_at = models.DateTimeField("变更时间", default=clock.now)

    class Meta:
        verbose_name = "原联系邮箱"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.user_id} {self.given_up_at:%Y-%m-%d}"


class AccountMail(models.Model):
    """A mail about an account that must go out: written with what it tells of, kept until it went (``accounts.services.mailing``).

    ``about`` is a key or a hash, never an address.
    """

    kind = models.CharField("用途", max_length=20)
    about = models.CharField("对象", max_length=64)
    asked_at = models.DateTimeField("时间", default=clock.now)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_attempt_at = models.DateTimeField("下次尝试", null=True, default=clock.now, db_index=True)
    sent_at = models.DateTimeField("办理时间", null=True)

    class Meta:
        verbose_name = "账号邮件"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d %H:%M}"


class DailyQuota(models.Model):
    """How often one address used a public form on one day. The address is kept only as a keyed hash (``accounts.limits``)."""

    kind = models.CharField("用途", max_length=20)
    address = models.CharField("来源指纹", max_length=64)
    day = models.DateField("日期")
    used = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "公开表单用量"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="daily_quota_once", fields=["kind", "address", "day"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}: {self.used}"
