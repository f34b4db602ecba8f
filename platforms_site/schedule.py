"""The bells of the house: which task beat rings, and how often.

Beat only rings. Every task finds by itself what is due, so a bell that rings twice, late or never changes no outcome.
"""

from datetime import timedelta

# fmt: off
BELLS = (
    # name of the task              every                    what it finds
    ("lifecycle.scan",              timedelta(minutes=10)),  # deadlines and ended notices that people must be told of
    ("notifications.sweep",         timedelta(minutes=1)),   # announcements that a lost wake-up left undelivered
    ("accounts.send_waiting",       timedelta(minutes=1)),   # mail about accounts that a lost wake-up or mail server left
    ("accounts.forget",             timedelta(hours=1)),     # ended sessions with what was typed in them, old counts of forms
    ("applications.read_forgotten", timedelta(minutes=1)),   # uploaded lists of applications that a lost wake-up left unread
    ("supervision.read_forgotten",  timedelta(minutes=1)),   # uploaded lists of yearly reports, likewise
)
# fmt: on

SCHEDULE = {
    # A bell nobody heard before the next one rings is worth nothing.
    task: {"task": task, "schedule": every, "options": {"expires": every.total_seconds()}}
    for task, every in BELLS
}
