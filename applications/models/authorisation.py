"""The letter by which a legal representative authorises somebody to sign."""

import uuid

from django.conf import settings
from django.db import models

from accounts.models import Capacity
from files.models import StoredFile
from timekeeping import clock


class AuthorisationLetter(models.Model):
    """授权委托书: on what a signatory's capacity rests when the person is not the legal representative."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    capacity = models.OneToOneField(Capacity, on_delete=models.PROTECT, related_name="authorisation_letter")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="授权委托书")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "授权委托书"
        verbose_name_plural = verbose_name
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.capacity} 授权委托书"
