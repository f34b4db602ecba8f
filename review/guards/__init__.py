"""What stands in the way of each step: one module per stage, all registered on import."""

from review.guards import (
    complaints,
    district,
    inspections,
    intake,
    meetings,
    notices,
    objections,
    panels,
    plaques,
    sampling,
    scoring,
)

__all__ = [
    "complaints",
    "district",
    "inspections",
    "intake",
    "meetings",
    "notices",
    "objections",
    "panels",
    "plaques",
    "sampling",
    "scoring",
]
