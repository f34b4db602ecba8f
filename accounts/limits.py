"""How often one address may use a public form on one day, counted in the database so that every process sees the same.

The address itself is never stored: only a keyed hash of it, of the /64 network for IPv6, where one subscriber has many addresses.
Whatever else sends mail or files something is counted the same way: an organisation by its UUID, a mail address by its hash.
"""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from accounts.models import DailyQuota
from timekeeping import clock


def used(kind: str, address: str) -> int:
    """How often the address has used the form today."""
    return DailyQuota.objects.filter(**_identity(kind, address)).values_list("used", flat=True).first() or 0


@transaction.atomic
def use(kind: str, address: str) -> int:
    """Count one use; returns how many there are today, this one included."""
    quota, _ = DailyQuota.objects.get_or_create(**_identity(kind, address))
    DailyQuota.objects.filter(pk=quota.pk).update(used=F("used") + 1)
    quota.refresh_from_db()
    return quota.used


def fingerprint(address: str) -> str:
    """The keyed hash under which an address is counted."""
    return salted_hmac("accounts.limits", _source(address), algorithm="sha256").hexdigest()


def _identity(kind: str, address: str) -> dict[str, Any]:
    return {"kind": kind, "address": fingerprint(address), "day": clock.today()}


def _source(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)
