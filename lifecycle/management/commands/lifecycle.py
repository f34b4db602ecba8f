"""Print the table of every step: ``manage.py lifecycle [--json]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lifecycle import printing


class Command(BaseCommand):
    help = "Print every step of every life: subject, step, sources, target, actor, article, term, service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print a list of objects")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = printing.as_objects()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            sources = ",".join(row["sources"]) or "-"
            article = f"第{row['article']}条" if row["article"].isdigit() else row["article"]
            self.stdout.write(
                f"{row['subject']:<12} {row['step']:<24} {sources} -> {row['target']}  [{','.join(row['actor'])}]  "
                f"{article}  {row['term'] or '-'}  {row['service']}  {row['label']}"
            )
