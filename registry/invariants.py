"""What must hold of titles, plaques and bans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lifecycle.models import Counter, StepRecord
from registry.models import Ban, Claim, Plaque, Title, TitleImport


def check() -> Iterator[str]:
    """Numbers are unique, gapless and agree with their counters; every title has a plaque; terms do not overlap."""
    yield from gaps("title", Title.objects.filter(sequence__isnull=False).values_list("year", "sequence"))
    yield from gaps("plaque", Plaque.objects.filter(sequence__isnull=False).values_list("year", "sequence"))
    for number in Title.objects.filter(plaques__isnull=True, sequence__isnull=False).values_list("number", flat=True):
        yield f"称号 {number} 没有牌匾"
    yield from _overlaps()
    yield from _endings()
    yield from _imports()
    yield from gaps("claim", Claim.objects.values_list("year", "sequence"))
    yield from _claims()
    yield from _bans()


def gaps(kind: str, numbers: Iterable[tuple[int, int]]) -> Iterator[str]:
    """One line per year whose numbers are not exactly 1..n, n being the counter's last."""
    found: dict[int, list[int]] = defaultdict(list)
    for year, sequence in numbers:
        found[year].append(sequence)
    counters = dict(Counter.objects.filter(kind=kind).values_list("year", "last"))
    for year in sorted(found.keys() | counters.keys()):
        last = counters.get(year, 0)
        if sorted(found.get(year, [])) != list(range(1, last + 1)):
            yield f"{kind} {year}年编号不连续：已发 {sorted(found.get(year, []))}，计数器为 {last}"


def _overlaps() -> Iterator[str]:
    previous: dict[str, Title] = {}
    for title in Title.objects.order_by("credit_code", "valid_from"):
        before = previous.get(title.credit_code)
        if before and title.valid_from <= before.last_day:
            yield f"称号 {before.number} 与 {title.number} 的有效期重叠"
        previous[title.credit_code] = title


def _endings() -> Iterator[str]:
    """The day of the ending stands exactly where an ending stands."""
    for title in Title.objects.order_by("pk"):
        ended = title.state in (*Title.ENDED, "stayed")
        if ended != (title.ended_on is not None):
            words = "没有效力终止日期" if ended else "未终止却有效力终止日期"
            yield f"称号 {title.number} {words}"


def _bans() -> Iterator[str]:
    """A ban stands with a cancelled title or one from before the system; it is suspended exactly while the title is.

    What was given up before its cancellation stays ended while the decision is suspended: then the ban alone is.
    """
    given_up = set(
        StepRecord.objects.filter(subject_type="title", step="renounce").values_list("subject_id", flat=True)
    )
    for ban in Ban.objects.filter(lifted_at__isnull=True, title__isnull=False).select_related("title"):
        title = ban.title
        if title.state not in ("cancelled", "stayed"):
            yield f"{ban.operator_name} 不得申报，但称号 {title.number} 未被取消"
        elif (ban.stayed_at is not None) != (title.state == "stayed") and title.uuid not in given_up:
            yield f"{ban.operator_name} 的限制申报与称号 {title.number} 的停止执行不一致"


def _imports() -> Iterator[str]:
    """Nothing enters the book from a workbook that no second officer confirmed."""
    for taken in TitleImport.objects.filter(rows__isnull=False).exclude(state="confirmed").distinct():
        yield f"原有称号导入 {taken.uuid} 未经复核，却已入册"


def _claims() -> Iterator[str]:
    """A claim has an account exactly when it was approved, and keeps no password once it is decided."""
    for claim in Claim.objects.order_by("pk"):
        if (claim.state == "approved") != (claim.account_id is not None):
            yield f"账号认领 {claim.receipt_number} 的状态与账号不一致"
        if claim.state != "filed" and claim.password:
            yield f"账号认领 {claim.receipt_number} 已办结，仍存有密码摘要"
