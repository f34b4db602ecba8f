"""Draw a satisfaction sample again: ``manage.py replay_sample <uuid or receipt number>``.

Prints the SMEs the seed gives for the frozen list, in drawing order. Exit code 1 and the reason when list, seed or result
are not those of the record. ``--export FILE`` keeps what ``bin/replay_sample.py`` needs to do the same without this system.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from review.models import Sample
from review.selectors import sampling as samples


class Command(BaseCommand):
    help = "按留存的种子和清单重新抽取满意度样本，与记录逐家比对；不一致时退出码为1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sample", help="样本UUID，或申报的受理编号（含已作废的样本）")
        parser.add_argument("--export", metavar="FILE", help="导出种子、清单和抽中名单，供脱离本系统复核")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _named(options["sample"])
        if not found:
            raise CommandError(f"没有找到样本：{options['sample']}。请提供样本UUID或申报的受理编号。", returncode=1)
        if options["export"]:
            _export(found[-1], Path(options["export"]))
        wrong = [sample for sample in found if not self._told(sample)]
        if wrong:
            raise CommandError(f"复核未通过：{len(wrong)}份样本与记录不符。", returncode=1)

    def _told(self, sample: Sample) -> bool:
        """Print one sample; whether it agrees with the record."""
        replay = samples.replay(sample)
        self.stdout.write(
            f"{sample.application.receipt_number}　{sample.application.platform_name}　样本 {sample.uuid}"
        )
        self.stdout.write(f"种子 {sample.seed}")
        self.stdout.write(f"清单摘要 {replay.frame_hash}（{len(replay.frame)}家），状态：{sample.status.label}")
        for place, code, name, ticket in replay.tickets if replay.agrees else ():
            kind = "样本" if place <= sample.required else "备用"
            self.stdout.write(f"{place:>4} {kind} {code} {ticket[:16]} {name}")
        self.stdout.write(replay.words)
        return replay.agrees


def _named(name: str) -> list[Sample]:
    """The sample of this UUID, or every sample of the application with this receipt number, oldest first."""
    try:
        wanted = Q(uuid=UUID(name))
    except ValueError:
        wanted = Q(application__receipt_number__iexact=name.strip()) & ~Q(application__receipt_number="")
    return list(Sample.objects.filter(wanted).select_related("application", "application_version").order_by("pk"))


def _export(sample: Sample, path: Path) -> None:
    path.write_text(json.dumps(samples.exported(sample), ensure_ascii=False, indent=1), encoding="utf-8")
