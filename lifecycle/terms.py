"""By when a step must be taken: so many working days, or until a moment that the subject knows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Workdays:
    """So many working days after the day on which the subject entered its state; the number is a dated parameter."""

    parameter: str


@dataclass(frozen=True)
class Until:
    """Until the exclusive instant that the subject gives under ``attribute`` (None: no term yet)."""

    attribute: str


Term = Workdays | Until
