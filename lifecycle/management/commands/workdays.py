"""Working days by the published arrangements: ``manage.py workdays START END`` or ``START --days N``."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lifecycle.workdays import calendar
from timekeeping.workdays import UnknownYear


class Command(BaseCommand):
    help = "Count the working days between two dates (both counted), or find the N-th working day from a date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("start", type=date.fromisoformat)
        parser.add_argument("end", type=date.fromisoformat, nargs="?")
        parser.add_argument("--days", type=int, help="the N-th working day, counting START when it is one")

    def handle(self, *args: Any, **options: Any) -> None:
        start, end, days = options["start"], options["end"], options["days"]
        if (end is None) == (days is None):
            raise CommandError("give either END or --days N")
        if days is not None and days < 1:
            raise CommandError("--days must be at least 1")
        try:
            known = calendar()
            self.stdout.write(str(known.count(start, end)) if days is None else known.nth(start, days).isoformat())
        except UnknownYear as unknown:
            raise CommandError(str(unknown)) from unknown
