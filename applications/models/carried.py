"""What was taken over from an earlier application and has to be looked at before it counts as said anew."""

from django.db import models


class Carried(models.Model):
    """Part of a draft that may come from a frozen version of the same organisation (沿用). Unkept, it blocks 送签."""

    carried_from = models.ForeignKey(
        "applications.ApplicationVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="沿用自"
    )
    kept_at = models.DateTimeField("确认沿用时间", null=True)

    class Meta:
        abstract = True

    @property
    def awaits_check(self) -> bool:
        """待核对: carried over, and nobody has looked at it yet."""
        return self.carried_from_id is not None and self.kept_at is None

    @property
    def carried_words(self) -> str:
        """Where it comes from, such as 沿用自2025年度申报; empty when it was written here."""
        version = self.carried_from
        return f"沿用自{version.application.call.year}年度申报" if version else ""
