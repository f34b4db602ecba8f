"""What must hold of objections (Art. 14)."""

from collections.abc import Iterator

from applications.models import Application
from registry.invariants import gaps
from review.models import Objection, ObjectorIdentity


def check() -> Iterator[str]:
    """Receipt numbers without gaps; a platform is held exactly while an objection against it is investigated; identities fit."""
    yield from gaps("objection", Objection.objects.values_list("year", "sequence"))
    investigated = Objection.objects.filter(state="investigating").values("application")
    for uuid in Application.objects.filter(state="held").exclude(pk__in=investigated).values_list("uuid", flat=True):
        yield f"申报 {uuid} 处于异议核查中，但没有正在调查的异议"
    for uuid in Application.objects.filter(state="on_notice", pk__in=investigated).values_list("uuid", flat=True):
        yield f"申报 {uuid} 有正在调查的异议，但没有暂停"
    named = ObjectorIdentity.objects.values("objection")
    signed = Objection.objects.exclude(signed=Objection.Signed.ANONYMOUS)
    for number in signed.exclude(pk__in=named).values_list("receipt_number", flat=True):
        yield f"异议 {number} 署名，但没有异议人信息"
