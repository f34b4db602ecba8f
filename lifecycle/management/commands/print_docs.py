"""Print docs/lifecycle.md and docs/articles.md from the table, or check that they are current."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lifecycle import printing

PAGES = {"lifecycle.md": printing.lifecycle_page, "articles.md": printing.articles_page}


class Command(BaseCommand):
    help = "Print the documentation that comes from the table of steps."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail when a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        docs = Path(settings.BASE_DIR) / "docs"  # type: ignore[misc]
        stale = [n for n, page in PAGES.items() if not (docs / n).exists() or (docs / n).read_text() != page()]
        if options["check"]:
            if stale:
                raise CommandError(f"stale: {', '.join(stale)}; run manage.py print_docs")
            return
        for name in stale:
            (docs / name).write_text(PAGES[name]())
        self.stdout.write(f"printed: {', '.join(stale) or 'nothing changed'}")
