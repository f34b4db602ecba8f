"""The lists from which figures are computed: batches of relational rows, sealed at submission, copied on the next edit."""

from django.conf import settings
from django.db import models

from applications.models.application import Application
from applications.models.carried import Carried
from files.models import StoredFile
from timekeeping import clock


class ListKind(models.TextChoices):
    SERVED = "served", "服务中小企业清单"
    STAFF = "staff", "专职服务人员清单"
    INSTITUTIONS = "institutions", "签约服务机构清单"
    ACTIVITIES = "activities", "服务活动清单"
    EQUIPMENT = "equipment", "设施设备清单"
    QUALIFICATIONS = "qualifications", "资质荣誉清单"
    FINANCING = "financing", "融资服务清单"
    SERVICES = "services", "公益性和低收费服务清单"


class ListBatch(Carried):
    """One state of one list. The newest batch of a kind is the draft until it is sealed by a submission."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="batches")
    kind = models.CharField("清单", max_length=20, choices=ListKind.choices)
    number = models.PositiveSmallIntegerField("批次")
    source = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="导入文件"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("建立时间", default=clock.now)
    sealed_at = models.DateTimeField("封存时间", null=True)
    rows_hash = models.CharField("内容摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = "清单批次"
        verbose_name_plural = verbose_name
        ordering = ("application", "kind", "number")
        constraints = [models.UniqueConstraint(name="list_batch_once", fields=["application", "kind", "number"])]

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_kind_display()} {self.number}"


class ListRow(models.Model):
    """What every row of every list has: its batch and its place."""

    batch = models.ForeignKey(ListBatch, on_delete=models.PROTECT, related_name="%(class)s_rows")
    position = models.PositiveIntegerField("行号")

    class Meta:
        abstract = True
        ordering = ("batch", "position")


class ServedEnterprise(ListRow):
    """One enterprise served in one calendar year (Art. 7(3)); also the sampling frame of Art. 11."""

    year = models.PositiveSmallIntegerField("服务年度")
    name = models.CharField("企业名称", max_length=120)
    credit_code = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    size = models.CharField("企业规模", max_length=12, help_text="regulation.rows.Size 的代号")
    is_specialised = models.BooleanField("专精特新", default=False)
    functions = models.JSONField("服务功能", default=list, help_text="第八条服务功能的代号")
    served_on = models.DateField("服务日期", null=True)
    service = models.CharField("服务内容", max_length=200, blank=True)
    fee = models.DecimalField("收费（元）", max_digits=16, decimal_places=2, null=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True, db_index=True)
    email = models.EmailField("电子邮箱", blank=True)

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class StaffMember(ListRow):
    """One member of the service staff (Art. 7(6))."""

    name = models.CharField("姓名", max_length=60)
    id_number = models.CharField("身份证号", max_length=18, blank=True, db_index=True)
    is_full_time = models.BooleanField("专职", default=True)
    education = models.CharField("学历", max_length=20, blank=True, help_text="regulation.rows.Degree 的代号")
    professional_title = models.CharField("职称级别", max_length=20, blank=True, help_text="ProfessionalTitle 的代号")
    position_held = models.CharField("岗位", max_length=60, blank=True)
    is_mentor = models.BooleanField("创业导师", default=False)

    def __str__(self) -> str:
        return self.name


class Institution(ListRow):
    """One contracted professional service institution (Art. 7(7))."""

    name = models.CharField("机构名称", max_length=120)
    credit_code = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    service = models.CharField("合作内容", max_length=200, blank=True)
    starts_on = models.DateField("协议起")
    ends_on = models.DateField("协议止", null=True)

    def __str__(self) -> str:
        return self.name


class Activity(ListRow):
    """One service activity of a function (Art. 8)."""

    function = models.CharField("服务功能", max_length=20)
    name = models.CharField("活动名称", max_length=120)
    held_on = models.DateField("日期")
    participants = models.PositiveIntegerField("参加人次", default=0)
    enterprises = models.PositiveIntegerField("服务企业数", default=0)

    def __str__(self) -> str:
        return f"{self.held_on} {self.name}"


class Equipment(ListRow):
    """Equipment and facilities (Art. 7(4))."""

    name = models.CharField("名称", max_length=120)
    model = models.CharField("型号", max_length=80, blank=True)
    quantity = models.PositiveIntegerField("数量", default=1)
    value = models.DecimalField("原值（元）", max_digits=16, decimal_places=2, null=True)

    def __str__(self) -> str:
        return self.name


class Qualification(ListRow):
    """A qualification or honour (Art. 9(5))."""

    name = models.CharField("名称", max_length=120)
    issuer = models.CharField("颁发单位", max_length=120)
    level = models.CharField("级别", max_length=20, blank=True)
    issued_on = models.DateField("颁发日期", null=True)
    valid_to = models.DateField("有效期至", null=True)

    def __str__(self) -> str:
        return self.name


class Financing(ListRow):
    """Money brought to one enterprise on one day: financing or a new guarantee (Art. 8(5))."""

    name = models.CharField("企业名称", max_length=120)
    credit_code = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    arranged_on = models.DateField("日期")
    is_guarantee = models.BooleanField("新增担保", default=False)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    provider = models.CharField("资金提供方", max_length=120, blank=True)
    product = models.CharField("融资方式", max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.arranged_on} {self.name}"


class ServiceVolume(ListRow):
    """How much of one service was given in one year under one kind of charge, in one stated unit (Art. 7(5))."""

    year = models.PositiveSmallIntegerField("服务年度")
    service = models.CharField("服务项目", max_length=120)
    charge = models.CharField("收费方式", max_length=12, help_text="regulation.rows.Charge 的代号")
    quantity = models.PositiveIntegerField("服务量")
    unit = models.CharField("计量单位", max_length=10)
    fee_standard = models.CharField("收费标准", max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.year} {self.service}"
