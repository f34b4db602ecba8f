"""Logs: one JSON object per line in production, plain lines on a developer's terminal; never personal data."""

from platforms_site.env import env
from platforms_site.settings.deployment import IN_PRODUCTION

LOG_FORMAT = env.choice("LOG_FORMAT", ("json", "plain"), "json" if IN_PRODUCTION else "plain")
LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO" if IN_PRODUCTION else "WARNING")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "platforms_site.logs.JsonFormatter"},
        "plain": {"()": "platforms_site.logs.PlainFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        # One line per request comes from platforms_site.requests: it names the route, never the address with its private parts.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
        "kombu.connection": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
