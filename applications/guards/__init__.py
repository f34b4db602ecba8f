"""What stands in the way of each step of calls and applications: one module per matter, all registered on import."""

from applications.guards import calls, filing, handover, submission

__all__ = ["calls", "filing", "handover", "submission"]
