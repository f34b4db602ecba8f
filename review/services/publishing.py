"""A signed decision on its way to the public: through the gate that looks for personal data (Art. 10, 21)."""

from django.core.exceptions import ValidationError

from files import publish
from files.errors import Refused
from files.models import StoredFile
from lifecycle import chain


def sealed(override_reason: str) -> dict[str, str]:
    """What the record keeps of a reason to publish personal data: its hash. The words stay with the officers, nobody is told them."""
    return {"override_reason": chain.digest(override_reason)} if override_reason.strip() else {}


def public_copy(signed: StoredFile | None, override_reason: str) -> StoredFile | None:
    """The copy that goes out, without metadata.

    Raises ValidationError at ``signed_document`` when the gate finds personal data and no reason is given.
    """
    if signed is None:
        return None
    try:
        finding = publish.inspect(signed)
        if finding.blocks and not override_reason.strip():
            raise ValidationError({"signed_document": f"{finding.words}确需公开的，请写明理由。"})
        return publish.public_copy(signed)
    except Refused as refusal:
        raise ValidationError({"signed_document": refusal.message}) from refusal
