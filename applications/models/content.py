"""What an application says: sections, materials, frozen versions, corrections."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from files.models import StoredFile
from timekeeping import clock


class Section(models.Model):
    """One section of the draft as typed: raw JSON of strings, typed only when checked. ``revision`` detects stale pages."""

    # Fields somebody tried to change although a correction has not opened them: label and what was typed; set by saving.
    refused: Sequence[tuple[str, str]] = ()

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField("部分", max_length=30)
    data = models.JSONField("内容", default=dict)
    revision = models.PositiveIntegerField("修订号", default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("保存时间", default=clock.now)
    carried_from = models.ForeignKey(
        "applications.ApplicationVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="沿用自"
    )
    kept_at = models.DateTimeField("确认沿用时间", null=True)

    class Meta:
        verbose_name = "申报内容"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="section_once", fields=["application", "key"])]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key}"


class SectionVisit(models.Model):
    """That somebody has a section open, so that colleagues see who else is editing it; one row a person, renewed while typing."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    key = models.CharField("部分", max_length=30)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField("最近打开", default=clock.now)

    class Meta:
        verbose_name = "正在填写"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="section_visit_once", fields=["application", "key", "user"])]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key} {self.user_id}"


class Material(models.Model):
    """One file of one of the eight classes of Art. 9. Removing it from a draft only marks it; evidence is never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="materials")
    category = models.PositiveSmallIntegerField("材料类别")
    document = models.CharField("材料名称", max_length=40, help_text="regulation.materials 中的代号")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    removed_at = models.DateTimeField("移除时间", null=True)
    carried_from = models.ForeignKey(
        "applications.ApplicationVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="沿用自"
    )

    class Meta:
        verbose_name = "申报材料"
        verbose_name_plural = verbose_name
        ordering = ("category", "id")
        constraints = [
            models.CheckConstraint(name="material_category_of_art_9", condition=Q(category__gte=1, category__lte=8))
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.file}"


class SignedScan(models.Model):
    """The signed and sealed scan of 附件1, bound to the fingerprint printed on it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="signed_scans")
    fingerprint = models.CharField("内容指纹", max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "签章扫描件"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.application_id} {self.fingerprint[:12]}"


class ApplicationVersion(models.Model):
    """A submitted version: canonical JSON of sections, lists, materials, facts and parameters; its hash is the fingerprint."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本号")
    content: Any = models.JSONField("内容")
    fingerprint = models.CharField("内容指纹", max_length=64, db_index=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "申报版本"
        verbose_name_plural = verbose_name
        ordering = ("application", "number")
        constraints = [models.UniqueConstraint(name="application_version_once", fields=["application", "number"])]

    def __str__(self) -> str:
        return f"{self.application_id} 第{self.number}版"


class Correction(models.Model):
    """A return for correction: all defects at once, item by item, with its own exclusive deadline."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="corrections")
    version = models.ForeignKey(ApplicationVersion, on_delete=models.PROTECT, related_name="corrections")
    due_at = models.DateTimeField("补正截止")
    note = models.TextField("总体说明", blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField("退回时间", default=clock.now)
    answered_at = models.DateTimeField("补正时间", null=True)

    class Meta:
        verbose_name = "补正通知"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.application_id} 补正 {self.returned_at:%Y-%m-%d}"


class CorrectionItem(models.Model):
    """One defect: which part opens again, what is wrong, and the applicant's answer.

    ``item`` is the officer's item of the checklist (``review.checklist``). ``fields`` are the fields it is about, each with its
    section (``finance.total_assets``): of a section only those open. None of its own section named: the whole part opens. Fields
    of another section open besides (``applications.openings``). ``done`` is the applicant's tick.
    """

    class Part(models.TextChoices):
        SECTION = "section", "填报内容"
        LIST = "list", "清单"
        MATERIAL = "material", "证明材料"

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="items")
    part = models.CharField("部分", max_length=10, choices=Part.choices)
    key = models.CharField("项目", max_length=30, help_text="部分的代号；证明材料为类别序号")
    item = models.CharField("核对事项", max_length=60, blank=True)
    fields = models.JSONField("涉及的栏目", default=list)
    defect = models.TextField("需补正内容")
    answer = models.TextField("补正说明", blank=True)
    done = models.BooleanField("已补正", default=False)

    class Meta:
        verbose_name = "补正事项"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="correction_item_once", fields=["correction", "part", "key", "item"])
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.key}"
