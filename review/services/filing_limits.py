"""How much one address may file online on one day; beyond it other channels stay open, nothing is dropped silently."""

import math
from dataclasses import dataclass
from datetime import timedelta

from accounts import limits
from lifecycle.errors import TooMany
from regulation.parameters import Parameters
from timekeeping import clock
from timekeeping.dates import start_of_day


class TooManyFiled(TooMany):
    """The address has filed as much today as it may (429)."""

    title = "今日网上提交已达上限"


@dataclass(frozen=True)
class FilingLimit:
    """One public form: what its counter is called, the parameter that limits it, and what is filed."""

    kind: str
    parameter: str
    what: str

    def check(self, parameters: Parameters, address: str) -> None:
        """Raises TooManyFiled when nothing is left today; asked before any file is kept."""
        if limits.used(self.kind, address) >= self._limit(parameters):
            raise self._refusal(parameters)

    def charge(self, parameters: Parameters, address: str) -> None:
        """Count one filing inside the caller's transaction. Raises TooManyFiled beyond the limit."""
        if limits.use(self.kind, address) > self._limit(parameters):
            raise self._refusal(parameters)

    def _limit(self, parameters: Parameters) -> int:
        limit: int = getattr(parameters, self.parameter)
        return limit

    def _refusal(self, parameters: Parameters) -> TooManyFiled:
        tomorrow = start_of_day(clock.today() + timedelta(days=1))
        return TooManyFiled(
            f"同一来源每天最多在网上提交{self._limit(parameters)}件{self.what}，今天已达上限。您填写的内容没有提交，"
            "请改用信函、来访或电话方式，或者明天再提交。",
            retry_after=math.ceil((tomorrow - clock.now()).total_seconds()),
        )


OBJECTIONS = FilingLimit("objection", "objections_per_day_per_ip", "异议")
COMPLAINTS = FilingLimit("complaint", "complaints_per_day_per_ip", "投诉举报")
