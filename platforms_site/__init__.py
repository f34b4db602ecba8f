"""Wiring only: settings, addresses, the Celery application, error pages."""

import gc

from platforms_site.celery import app as celery_app

__all__ = ["celery_app"]

# A page makes and drops tens of thousands of small objects; Python would look for cycles after every 700 of them (decision 0016).
gc.set_threshold(50_000, 20, 20)
