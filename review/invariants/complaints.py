"""What must hold of complaints and of openings of identities (Art. 21)."""

from collections.abc import Iterator

from registry.invariants import gaps
from review.models import ComplainantIdentity, Complaint, ComplaintEvidence


def check() -> Iterator[str]:
    """Receipt numbers without gaps; signed complaints have an identity and nameless ones none; answers are there."""
    yield from gaps("complaint", Complaint.objects.values_list("year", "sequence"))
    nameless = Complaint.objects.filter(signed=Complaint.Signed.ANONYMOUS)
    named = ComplainantIdentity.objects.values("complaint")
    signed = Complaint.objects.exclude(signed=Complaint.Signed.ANONYMOUS)
    for number in signed.exclude(pk__in=named).values_list("receipt_number", flat=True):
        yield f"投诉举报 {number} 署名，但没有投诉人信息"
    for number in nameless.filter(pk__in=named).values_list("receipt_number", flat=True):
        yield f"投诉举报 {number} 匿名，却留有投诉人信息"
    for number in Complaint.objects.filter(state="answered", answer_text="").values_list("receipt_number", flat=True):
        yield f"投诉举报 {number} 已答复，但没有答复内容"
    early = ComplaintEvidence.objects.filter(from_complainant=False, complaint__handler__isnull=True)
    for number in early.values_list("complaint__receipt_number", flat=True):
        yield f"投诉举报 {number} 没有经办人，却有办理中取得的材料"
