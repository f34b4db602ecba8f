"""The demo never comes near real data."""

from accounts.models import Organisation, User
from desk.demo.names import MARK
from lifecycle.models import StepRecord


def real_data() -> str:
    """What stands in the database that is not of a demo, in words; empty for a database nobody has used."""
    stranger = Organisation.objects.exclude(name__startswith=MARK).first()
    if stranger:
        return f"单位“{stranger.name}”"
    if User.objects.exists():
        return f"{User.objects.count()}个账号"
    if StepRecord.objects.exists() or Organisation.objects.exists():
        return "办理记录"
    return ""
