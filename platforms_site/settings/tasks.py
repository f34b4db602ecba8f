"""Celery: the broker and how tasks are taken."""

from platforms_site.schedule import SCHEDULE
from platforms_site.settings.data import REDIS_URL
from platforms_site.settings.deployment import VAR_DIR

CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_ENABLE_UTC = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")

if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    # Longer than any task runs: only then does a task of a killed worker, and no other, come back.
    # Whoever rings a bell does not wait long for a broker that is gone: the sweep finds what was not rung.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900, "socket_connect_timeout": 5, "socket_timeout": 30,
        "max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2,
    }  # fmt: skip
else:
    _folder = VAR_DIR / "broker"
    (_folder / "control").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    # A killed worker loses the message it held; the sweep finds its row again (docs/operations.md).
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_folder),
        "data_folder_out": str(_folder),
        "control_folder": str(_folder / "control"),
        "store_processed": False,
    }
