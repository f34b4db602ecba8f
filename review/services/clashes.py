"""Two officers on one file: the later one is told what the earlier one wrote, and nothing of either is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lifecycle.errors import Stale


@dataclass(frozen=True)
class Kept:
    """What is on file now, by whom, since when; ``token`` is what a page sends back that knows it."""

    words: str
    by: str
    at: datetime
    token: str


class Clash(Stale):
    """Nothing was written: ``kept`` names for each item what a colleague has written since the page was made."""

    def __init__(self, kept: Mapping[str, Kept]) -> None:
        names = "、".join(dict.fromkeys(one.by for one in kept.values()))
        super().__init__(
            f"您打开页面后，{names}更改了其中 {len(kept)} 项。您填写的内容仍在本页，尚未保存；请核对两份内容后再保存。"
        )
        self.kept = kept
