"""The gate before the public: a file's text is searched for personal data, and the copy that goes out carries no
metadata.

Whether a named officer lets a file through in spite of findings, and with which reason, is decided and recorded by
the caller.
"""

import base64
from dataclasses import dataclass
from typing import Any

from files import intake, sandbox, storage
from files.errors import Refused
from files.models import StoredFile
from files.parsing.verdict import Rejected
from files.purposes import Purpose
from regulation.identifiers import PersonalData, find_personal_data


@dataclass(frozen=True)
class Finding:
    """What the gate found: the personal data, masked, and whether parts (scans, pictures) could not be read by
    machine.
    """

    personal_data: tuple[PersonalData, ...]
    blind: bool

    @property
    def blocks(self) -> bool:
        """Whether a named officer must override with a reason."""
        return bool(self.personal_data)

    @property
    def words(self) -> str:
        """What to tell the officer; empty when there is nothing to say."""
        kinds = sorted({item.kind for item in self.personal_data})
        if kinds:
            shown = "、".join(item.masked for item in self.personal_data[:5])
            return f"文件中有{'、'.join(kinds)}共 {len(self.personal_data)} 处（{shown}），请删去后再公开。"
        if self.blind:
            return "文件中有图片或扫描页，系统读不到其中的文字，请人工核对没有个人信息后再公开。"
        return ""


def inspect(stored: StoredFile) -> Finding:
    """Search a stored file before it is made public. Refused (422) when its text cannot be read, Damaged when it is
    altered.
    """
    storage.verify(stored)
    answer = _run("text", stored)
    return Finding(find_personal_data(answer["text"]), answer["blind"])


def public_copy(stored: StoredFile) -> StoredFile:
    """A new file with the same content and without author, path, camera and position; the original stays."""
    storage.verify(stored)
    data = base64.b64decode(_run("clean", stored))
    return intake.keep_generated(data, stored.name, purpose=Purpose.PUBLIC)


def _run(job: str, stored: StoredFile) -> Any:
    try:
        return sandbox.run(job, storage.path_of(stored), kind=stored.extension)
    except Rejected as refusal:
        raise Refused(refusal.message, refusal.status) from refusal
