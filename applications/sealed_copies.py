"""The signed and sealed scan of 附件1. It counts only for the content whose fingerprint is printed on it."""

from applications.models import Application, SignedScan


def bound_to(application: Application, fingerprint: str) -> SignedScan | None:
    """The newest scan for exactly this content, or None."""
    found = application.signed_scans.filter(fingerprint=fingerprint).select_related("file", "uploaded_by")
    return found.order_by("-pk").first()


def outdated(application: Application, fingerprint: str) -> bool:
    """Whether a scan was uploaded, but only for other content than this."""
    return bound_to(application, fingerprint) is None and application.signed_scans.exists()
