"""The district's preliminary review (Art. 5, 10, 11), one function per step of the table."""

from review.services.district.checking import save_checks
from review.services.district.forwarding import forward, keep_scan
from review.services.district.handling import accept, judge_last_version, return_for_correction, transfer
from review.services.district.measuring import measure
from review.services.district.recommending import not_recommend, recommend, withdraw_recommendation
from review.services.district.revising import revise, upload

__all__ = [
    "accept",
    "forward",
    "judge_last_version",
    "keep_scan",
    "measure",
    "not_recommend",
    "recommend",
    "return_for_correction",
    "revise",
    "save_checks",
    "transfer",
    "upload",
    "withdraw_recommendation",
]
