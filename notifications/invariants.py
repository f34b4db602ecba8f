"""What must hold of messages."""

from collections.abc import Iterator

from lifecycle.models import Announcement


def check() -> Iterator[str]:
    """Everything handed over lies in the inbox of its person and has a mail when it has an address."""
    handed = Announcement.objects.filter(handed_over_at__isnull=False)
    for key in handed.filter(user__isnull=False, inbox_message__isnull=True).values_list("uuid", flat=True):
        yield f"应告知事项 {key} 没有进入站内通知"
    for key in handed.exclude(email="").filter(mail__isnull=True).values_list("uuid", flat=True):
        yield f"应告知事项 {key} 没有生成邮件"
