"""Wiring only: settings, addresses, the Celery application, error pages."""

from platforms_site.celery import app as celery_app

__all__ = ["celery_app"]
