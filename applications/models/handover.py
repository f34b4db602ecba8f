"""Handing an organisation's files from a filer who has left to another one."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Capacity, District, Organisation, User
from files.models import StoredFile
from lifecycle.subject import Subject, performs, state_constraint, state_field


class Handover(Subject):
    """交接经办人: drafts, applications and reports stay with the organisation; only who works on them changes.

    ``leaving`` is empty when no filer was left. ``by_district`` only on the organisation's sealed ``letter``.
    """

    SUBJECT = "handover"

    state = state_field(SUBJECT)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="handovers", verbose_name="申报单位"
    )
    leaving = models.ForeignKey(
        Capacity, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="离任经办人"
    )
    successor = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="+", verbose_name="接任经办人")
    reason = models.CharField("交接原因", max_length=300)
    letter = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="单位盖章的交接函"
    )
    by_district = models.BooleanField("由县区办理")

    class Meta:
        verbose_name = "经办人交接"
        verbose_name_plural = verbose_name
        ordering = ("-id",)
        constraints = [
            state_constraint("handover"),
            models.CheckConstraint(
                name="handover_by_district_has_letter", condition=Q(by_district=False) | Q(letter__isnull=False)
            ),
            models.CheckConstraint(
                name="handover_to_somebody_else", condition=Q(leaving=None) | ~Q(leaving=F("successor"))
            ),
            models.UniqueConstraint(name="handover_leaves_once", fields=["leaving"]),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        return f"{self.organisation.name}交接经办人"

    @property
    def concerned_organisation(self) -> Organisation:
        return self.organisation

    @property
    def concerned_district(self) -> District:
        return self.organisation.district

    @property
    def left(self) -> User | None:
        """The person who left; None when there was nobody any more."""
        return self.leaving.user if self.leaving else None

    def get_absolute_url(self) -> str:
        return reverse("applications:handover", args=[self.uuid])

    @performs("handover", "hand_over")
    def hand_over(self) -> None:
        """Default: the organisation's signatory, or its district on a sealed letter, replaces a filer who has left."""
