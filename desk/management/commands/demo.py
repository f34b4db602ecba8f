"""Play the demo city into an empty database: ``manage.py demo``; list its accounts: ``manage.py demo --accounts``."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.demo import accounts, guard, play, standing


class Command(BaseCommand):
    help = "Play the demo city through the real services into an empty database, or list its accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="print the demo accounts and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("演示数据不能建立在生产环境。")
        standing.forget()
        if options["accounts"]:
            self.stdout.write(accounts.table() if standing.city() else "没有演示数据，也没有演示账号。")
            return
        if standing.city():
            self.stdout.write("演示数据已经建立，未作改动。查看账号：manage.py demo --accounts")
            return
        if reason := guard.real_data():
            raise CommandError(f"数据库中已有真实数据（{reason}），不能建立演示数据。")
        self.stdout.write("建立演示城市，约需一至两分钟：")
        started = time.monotonic()
        made = play.play(lambda words: self._say(words, started))
        self._say(f"完成，演示日期 {made.anchor}", started)

    def _say(self, words: str, started: float) -> None:
        self.stdout.write(f"  {time.monotonic() - started:5.1f} 秒  {words}")
        self.stdout.flush()
