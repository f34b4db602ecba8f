"""The web process behind nginx."""

import os

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 120
graceful_timeout = 30
max_requests = 2000
max_requests_jitter = 200
# A heartbeat file on a disk may block a healthy worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108
limit_request_line = 4094
limit_request_fields = 60
# One line per request comes from platforms_site.middleware, without addresses of pages or people.
accesslog = None
loglevel = "warning"
