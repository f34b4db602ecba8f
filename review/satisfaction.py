"""What a sampled satisfaction means, in words: whether it is enough, how much hangs on single answers, what the district may do.

Compared exactly, never rounded: 79.6 % is not 80 %. The threshold is Art. 7(3)'s; that the sampled figure counts instead of the
applicant's own is a default (``regulation.rules``).
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from regulation.wording import percent

CONDITION = "第七条第（三）项“用户满意度”"


@dataclass(frozen=True)
class Meaning:
    """One judgement in words: ``tone`` as of a note (ok, warn, bad, info), ``figures`` for everybody, ``advice`` for the district."""

    tone: str
    title: str
    figures: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """Valid and satisfied answers, enterprises that have not answered yet, and the least share that is enough."""

    valid: int
    satisfied: int
    waiting: int
    minimum: Fraction
    closed: bool

    @property
    def share(self) -> Fraction:
        return Fraction(self.satisfied, self.valid)

    @property
    def enough(self) -> bool:
        return self.share >= self.minimum

    @property
    def shown(self) -> str:
        """The exact fraction beside the percentage: 12/13（92.3%）."""
        return f"{self.satisfied}/{self.valid}（{percent(self.share)}）"


def meaning(tally: Tally) -> Meaning:
    """What the answers so far, or the closed result, say about the condition."""
    if not tally.valid:
        words = "没有有效答复，无法确定满意度" if tally.closed else "还没有有效答复，尚不能判断"
        return Meaning("bad" if tally.closed else "info", words)
    demand = percent(tally.minimum)
    when = "抽查满意度" if tally.closed else "目前满意度"
    standing = f"达到不低于{demand}的要求" if tally.enough else f"低于{demand}"
    figures = (_weight(tally), *(() if tally.closed else _ahead(tally)))
    return Meaning(_tone(tally), f"{when}为{tally.shown}，{standing}", figures, () if tally.enough else _advice(tally))


def _tone(tally: Tally) -> str:
    if tally.enough:
        return "ok" if tally.closed else "info"
    return "bad" if tally.closed else "warn"


def _weight(tally: Tally) -> str:
    """How much one answer weighs, and how many decide: small numbers speak for themselves."""
    one = f"有效答复{tally.valid}份，每份相当于{percent(Fraction(1, tally.valid))}"
    if not tally.enough:
        lacking = ceil(tally.minimum * tally.valid) - tally.satisfied
        return f"{one}；同样份数下还差{lacking}份满意。"
    spare = floor(tally.satisfied - tally.minimum * tally.valid)
    if spare:
        return f"{one}；其中{spare}份由满意变为不满意，结论不变。"
    return f"{one}；少1份满意即低于{percent(tally.minimum)}，结论取决于个别答复，请结合意见和走访情况核实。"


def _ahead(tally: Tally) -> tuple[str, ...]:
    """What the answers still to come can change."""
    if not tally.waiting:
        return ("在抽查的企业均已答复，结束前替换企业会改变结果。",)
    best = Fraction(tally.satisfied + tally.waiting, tally.valid + tally.waiting)
    if best < tally.minimum:
        return (f"还有{tally.waiting}家未答复，即使全部满意也只有{percent(best)}。",)
    return (f"还有{tally.waiting}家未答复，结果还会变化。",)


def _advice(tally: Tally) -> tuple[str, ...]:
    reading = f"{CONDITION}要求不低于{percent(tally.minimum)}；默认规则以抽查满意度为准，申报单位自评不再采用。"
    never = "不可以：更换已有效答复的企业，改动或代替答复，以自评代替抽查结果，因结果低而重新抽样。"
    if tally.closed:
        return (
            f"{reading}低于要求的，该项条件不符合，不能推荐。",
            "可以：作出不予推荐并写明理由，理由写入结果告知书；在测评表中如实记录，提出指导意见。",
            never,
        )
    return (
        f"{reading}以现有答复结束的，该项条件不符合，不能推荐。",
        "可以：继续联系未答复的企业；清单有误、联系方式有误或他人代答的，说明理由申请重新抽样，由另一名经办人复核。",
        never,
    )
