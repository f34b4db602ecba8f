"""What was changed in a title after it was granted (Art. 20)."""

import uuid

from django.db import models

from accounts.models import District
from registry.models.book import Title
from timekeeping import clock


class Amendment(models.Model):
    """One change carried out in the book, with the words before and after. Never altered; the book shows it as history."""

    class Kind(models.TextChoices):
        PLATFORM_NAME = "platform_name", "平台名称"
        OPERATOR_NAME = "operator_name", "运营单位名称"
        ADDRESS = "address", "地址"
        REPRESENTATIVE = "representative", "法定代表人"
        DISTRICT = "district", "所属县(市)区"
        OPERATOR = "operator", "运营单位"
        OTHER = "other", "其他重大事项"

    # What anybody may read of the history; the rest is for those concerned.
    PUBLIC = (Kind.PLATFORM_NAME, Kind.OPERATOR_NAME, Kind.DISTRICT, Kind.OPERATOR)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="amendments", verbose_name="称号")
    kind = models.CharField("变更事项", max_length=16, choices=Kind.choices)
    before = models.TextField("变更前")
    after = models.TextField("变更后")
    old_district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="原所属县(市)区"
    )
    completed_on = models.DateField("变更完成日期")
    registered_at = models.DateTimeField("登记时间", default=clock.now, editable=False)
    # A change filing lives above the registry, so its key is kept and not a relation.
    change = models.UUIDField("变更备案", null=True, editable=False)

    class Meta:
        verbose_name = "变更登记"
        verbose_name_plural = verbose_name
        ordering = ("registered_at", "id")
        constraints = [models.UniqueConstraint(name="amendment_once", fields=["title", "change", "kind"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.before} → {self.after}"

    @property
    def is_public(self) -> bool:
        return self.kind in self.PUBLIC
