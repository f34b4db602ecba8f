"""The Celery application: worker and beat start with ``celery -A platforms_site``."""

import logging.config
import os

from celery import Celery
from celery.signals import beat_init, setup_logging
from django.conf import settings

from platforms_site.schedule import BELLS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platforms_site.settings")

app = Celery("platforms_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


# Without a receiver Celery would replace the logging of the site, which keeps personal data out, by its own.
@setup_logging.connect
def use_site_logging(**_: object) -> None:
    logging.config.dictConfig(settings.LOGGING)


# Beat waits one full interval before a new bell; after a pause of hours nobody should wait another ten minutes.
@beat_init.connect
def ring_at_once(**_: object) -> None:
    for task, _every in BELLS:
        app.send_task(task)
