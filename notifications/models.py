"""Delivering what must be told: one inbox row per announcement and person, one mail per announcement and address."""

import uuid

from django.conf import settings
from django.db import models

from lifecycle.models import Announcement
from timekeeping import clock


class InboxMessage(models.Model):
    """A message in a person's inbox. The inbox is the statutory delivery; the mail only points to it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    announcement = models.OneToOneField(Announcement, on_delete=models.PROTECT, related_name="inbox_message")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inbox")
    created_at = models.DateTimeField("送达时间", default=clock.now)
    read_at = models.DateTimeField("阅读时间", null=True)

    class Meta:
        verbose_name = "站内通知"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        indexes = [models.Index(fields=["user", "read_at"], name="inbox_unread")]

    def __str__(self) -> str:
        return self.announcement.title


class MailDelivery(models.Model):
    """One e-mail on its way. Its Message-ID never changes, so a repeated sending is recognised as the same mail."""

    class State(models.TextChoices):
        PENDING = "pending", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    announcement = models.OneToOneField(Announcement, on_delete=models.PROTECT, related_name="mail")
    address = models.EmailField("收件地址")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PENDING, db_index=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_attempt_at = models.DateTimeField("下次尝试", default=clock.now)
    last_error = models.CharField("最近错误", max_length=200, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True)

    class Meta:
        verbose_name = "邮件"
        verbose_name_plural = verbose_name
        ordering = ("id",)
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.announcement.title} {self.get_state_display()}"
