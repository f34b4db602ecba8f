"""Whether an organisation may apply at all on a day: no running ban (Art. 19), no title that blocks it (Art. 16)."""

from collections.abc import Iterator
from datetime import date

from accounts.models import Organisation
from registry import standing
from registry.models import Ban, Title
from regulation.terms import Period, title_blocks_filing
from timekeeping.dates import chinese_date


def obstacles(organisation: Organisation, day: date) -> Iterator[str]:
    """Why the organisation may not apply on the day, in the words of the page; nothing when it may."""
    for ban in Ban.objects.running(organisation.credit_code, day).order_by("-ends_on")[:1]:
        until = chinese_date(ban.ends_on)
        yield f"贵单位曾被取消称号，{until}（含当日）前不得再次申报（第十九条）。如认为登记有误，请联系市局"
    held = standing.in_force(day) | standing.condition(standing.COMING.key, day)
    for title in Title.objects.filter(held, credit_code=organisation.credit_code):
        if title.valid_from > day or title_blocks_filing(Period(title.valid_from, title.valid_to), day):
            yield (
                f"贵单位已有在有效期内的称号（{title.number}，至{chinese_date(title.valid_to)}），"
                f"在有效期满当年（{title.valid_to.year}年）方可再次申报（第十六条）"
            )
