"""Calling a service from a form, as everywhere: ``lifecycle.acting``."""

from lifecycle.acting import attempt, place, status_of

__all__ = ["attempt", "place", "status_of"]
