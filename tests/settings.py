"""Settings of the test run: the embedded site with throw-away data; PostgreSQL and Redis when `make test` names them."""

import os
import tempfile

VAR = tempfile.TemporaryDirectory(prefix="platforms-test-", ignore_cleanup_errors=True)
os.environ["VAR_DIR"] = VAR.name
os.environ["DEPLOYMENT"] = "embedded"
# Playwright runs an event loop in the test's thread; the tests themselves stay synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from platforms_site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
WHITENOISE_AUTOREFRESH = True
# The clock of a test is the test's own; tests of the demo allow it themselves.
DEMO_ALLOWED = False
