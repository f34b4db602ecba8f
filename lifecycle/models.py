"""The record of every step, what must be told, locked counters, answered forms and the working-day table."""

import uuid

from django.conf import settings
from django.db import models

from timekeeping import clock


class ChainHead(models.Model):
    """The one row that every act locks last: the end of the record's hash chain."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "记录链头"
        verbose_name_plural = verbose_name
        constraints = [models.CheckConstraint(name="chain_head_is_single", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"


class StepRecord(models.Model):
    """One step of one subject, append-only and chained by hash (see ``lifecycle.chain``).

    Subjects are named by life and UUID, actors by ``Actor.key``; ``data`` holds ids and hashes, never personal data.
    Triggers refuse UPDATE and DELETE; on PostgreSQL the application's role has only INSERT and SELECT.
    """

    sequence = models.PositiveBigIntegerField("序号", primary_key=True)
    act_id = models.UUIDField("办理编号", db_index=True)
    subject_type = models.CharField("事项", max_length=30)
    subject_id = models.UUIDField("事项编号")
    step = models.CharField("步骤", max_length=40)
    from_state = models.CharField("原状态", max_length=40, blank=True)
    to_state = models.CharField("新状态", max_length=40)
    actor_key = models.CharField("办理人编号", max_length=80)
    role = models.CharField("身份", max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间")
    written_at = models.DateTimeField("写入时间")
    article = models.CharField("依据", max_length=10)
    reason = models.TextField("理由", blank=True)
    data = models.JSONField("数据", default=dict)
    previous_hash = models.CharField("前一记录摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = verbose_name
        ordering = ("sequence",)
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "sequence"], name="steprecord_subject"),
            models.Index(fields=["user", "sequence"], name="steprecord_user"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.subject_type}.{self.step}"


class Announcement(models.Model):
    """Something that must be told to one recipient, once. Written with the step or by a scan; notifications deliver it.

    ``occasion`` is the act's id for a step and the ISO due date for a reminder, so that a repeated scan tells nobody twice.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    occasion = models.CharField(max_length=40)
    recipient = models.CharField(max_length=120, help_text="user:<uuid> 或 mail:<地址>")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="announcements"
    )
    email = models.EmailField(blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    handed_over_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = "应告知事项"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="announcement_once", fields=["subject_type", "subject_id", "kind", "occasion", "recipient"]
            )
        ]

    def __str__(self) -> str:
        return self.title


class Counter(models.Model):
    """The last number given out of one kind in one year; locked while a number is taken, so numbers have no gap."""

    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(name="counter_once", fields=["kind", "year"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class DocumentNumber(models.Model):
    """A number of the bureau's office system and the one decision that bears it: unique across all lives."""

    number = models.CharField("文号", max_length=60, unique=True)
    issued_on = models.DateField("印发日期")
    subject_type = models.CharField("对象", max_length=60)
    subject_id = models.UUIDField("对象编号")

    class Meta:
        verbose_name = "文号"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.number


class AnsweredForm(models.Model):
    """The idempotency key of a form that has taken effect, and where it led."""

    key = models.UUIDField(unique=True)
    actor_key = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    act_id = models.UUIDField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "已办表单"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self.key)


class WorkCalendarYear(models.Model):
    """A year whose arrangement of holidays the State Council has published."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    document_number = models.CharField("文号", max_length=60)
    entered_at = models.DateTimeField("录入时间", default=clock.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )

    class Meta:
        verbose_name = "放假安排年份"
        verbose_name_plural = verbose_name
        ordering = ("year",)

    def __str__(self) -> str:
        return f"{self.year}年（{self.document_number}）"


class WorkCalendarDay(models.Model):
    """A day that differs from the ordinary week: a holiday, or a weekend day on which people work."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "放假"
        WORKDAY = "workday", "调休上班"

    year = models.ForeignKey(WorkCalendarYear, on_delete=models.PROTECT, related_name="days", verbose_name="年份")
    date = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    name = models.CharField("名称", max_length=40, blank=True)

    class Meta:
        verbose_name = "放假与调休日"
        verbose_name_plural = verbose_name
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"


class ScanRun(models.Model):
    """When a scan last ran to its end; a stale one shows on the health page."""

    name = models.CharField(max_length=60, unique=True)
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = "扫描"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.name} {self.finished_at:%Y-%m-%d %H:%M}"
