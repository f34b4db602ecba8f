"""The random satisfaction sample of Art. 11: a draw that anybody may replay from its recorded seed.

The frame is the distinct set of SMEs served in the last calendar year. Every code gets the ticket
SHA-256("seed:code"); the lowest tickets are the sample, the next ones the reserve. Nothing else enters: not the
order of the list, not the machine, not the version of Python.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import ceil

from regulation.identifiers import normalise_credit_code


class EmptyFrame(ValueError):
    """There is no SME to ask."""


class FrameChanged(ValueError):
    """The list at hand is not the list the draw was made from."""


@dataclass(frozen=True)
class Draw:
    """One draw: who is asked, who replaces non-respondents in this order, and the proof of the frame."""

    seed: str
    frame_hash: str
    sample: tuple[str, ...]
    reserve: tuple[str, ...]


def sample_size(frame_size: int, share: Fraction) -> int:
    """At least this many must be asked: the share rounded up, at least one (105 at 10 % is 11)."""
    if frame_size < 1:
        raise EmptyFrame("服务企业名单为空，无法抽查")
    return max(1, ceil(frame_size * share))


def reserve_size(frame_size: int, size: int, share: Fraction) -> int:
    """How many reserves to draw: the share of the sample rounded up, as far as the frame goes."""
    return min(frame_size - size, ceil(size * share))


def frame_of(codes: Iterable[str]) -> tuple[str, ...]:
    """The frame in its canonical form: normalised, distinct, sorted."""
    return tuple(sorted({normalise_credit_code(code) for code in codes}))


def frame_hash(codes: Iterable[str]) -> str:
    """SHA-256 (hex) of the canonical frame, one code a line; equal for every order and spelling of the same set."""
    return sha256("\n".join(frame_of(codes)).encode()).hexdigest()


def draw(codes: Iterable[str], seed: str, size: int, reserve: int = 0) -> Draw:
    """Draw ``size`` SMEs and up to ``reserve`` replacements. Raises EmptyFrame, ValueError for an impossible size."""
    frame = frame_of(codes)
    if not frame:
        raise EmptyFrame("服务企业名单为空，无法抽查")
    if not seed:
        raise ValueError("抽样须有随机种子")
    if not 1 <= size <= len(frame):
        raise ValueError(f"抽样数应在1至{len(frame)}之间，现为{size}")
    if reserve < 0:
        raise ValueError("备用样本数不能为负")
    order = sorted(frame, key=lambda code: (ticket(seed, code), code))
    return Draw(seed, frame_hash(frame), tuple(order[:size]), tuple(order[size : size + reserve]))


def seed_hash(seed: str) -> str:
    """SHA-256 (hex) of the seed: what the record holds from the draw on, so that nobody can choose the seed afterwards."""
    return sha256(seed.encode()).hexdigest()


def ticket(seed: str, code: str) -> str:
    """The number a code draws: anyone can compute it with any SHA-256 tool."""
    return sha256(f"{seed}:{code}".encode()).hexdigest()


def again(recorded: Draw, codes: Iterable[str]) -> Draw:
    """What the recorded seed gives for this frame. Raises FrameChanged when it is not the frame of the draw."""
    frame = frame_of(codes)
    if frame_hash(frame) != recorded.frame_hash:
        raise FrameChanged("服务企业清单与抽样时不一致，不能据以复核")
    return draw(frame, recorded.seed, len(recorded.sample), len(recorded.reserve))


def replay(recorded: Draw, codes: Iterable[str]) -> bool:
    """Whether the recorded draw is exactly what its seed gives for this frame."""
    try:
        return again(recorded, codes) == recorded
    except FrameChanged:
        return False


def satisfaction(*, very_satisfied: int, satisfied: int, valid: int) -> Fraction | None:
    """(very satisfied + satisfied) / valid answers, exactly; None while there is no valid answer."""
    if min(very_satisfied, satisfied, valid) < 0 or very_satisfied + satisfied > valid:
        raise ValueError("满意答卷数不能多于有效答卷数")
    return Fraction(very_satisfied + satisfied, valid) if valid else None


def valid_needed(frame_size: int, share: Fraction) -> int:
    """How many valid answers the default floor asks for: the share of the frame, rounded up, at least one."""
    return sample_size(frame_size, share)
