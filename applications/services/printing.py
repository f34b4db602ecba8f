"""Asking for papers ahead of time, so that nobody waits while a long list is set."""

from accounts import bell
from applications.models import Application

TASK = "applications.print_report"


def ahead(application: Application) -> None:
    """After commit, have the worker print what people will open next. Without a worker the pages print it themselves."""
    bell.ring_after_commit(TASK, str(application.uuid))
