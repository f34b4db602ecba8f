"""The district's preliminary review (Art. 5, 10, 11), one function per step of the table."""

from review.services.district.checking import save_checks
from review.services.district.handling import accept, judge_last_version, return_for_correction, transfer
from review.services.district.measuring import measure
from review.services.district.recommending import (
    keep_signed_summary,
    not_recommend,
    recommend,
    withdraw_recommendation,
)

__all__ = [
    "accept",
    "judge_last_version",
    "keep_signed_summary",
    "measure",
    "not_recommend",
    "recommend",
    "return_for_correction",
    "save_checks",
    "transfer",
    "withdraw_recommendation",
]
