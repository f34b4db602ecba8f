"""Asking for papers ahead of time, so that nobody waits while a long list is set."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

from applications.models import Application

logger = logging.getLogger(__name__)
TASK = "applications.print_report"


def ahead(application: Application) -> None:
    """After commit, have the worker print what people will open next. Without a worker the pages print it themselves."""
    transaction.on_commit(partial(_ask, str(application.uuid)), robust=True)


def _ask(application_uuid: str) -> None:
    try:
        current_app.send_task(TASK, [application_uuid], retry=False, ignore_result=True)
    except Exception:
        logger.warning("printing ahead was not asked for; it is done when somebody opens the paper")
