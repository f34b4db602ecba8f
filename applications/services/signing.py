"""The paper half of the signature: the scan of the signed and sealed 附件1, bound to the fingerprint printed on it."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actors import Actor
from applications import versions
from applications.models import Application, SignedScan
from files import intake
from files.purposes import Purpose
from lifecycle import authority
from lifecycle.errors import NotAllowed, Stale, WrongStage

SIGNABLE = ("awaiting_signature", "returned")
OTHER_CONTENT = "上传期间填报内容有修改，扫描件上的内容指纹已不对应。请重新打印、签章后上传。"


def attach_scan(
    *, actor: Actor, application: Application, upload: UploadedFile | ContentFile, fingerprint: str
) -> SignedScan:
    """Keep a scan for the content with this fingerprint; a further one replaces it without deleting anything.

    Raises Refused (of files) for an unfit file, WrongStage outside signing and correcting, Stale when the content is another by now.
    """
    if not (actor.is_applicant and authority.reaches(actor, application)):
        raise NotAllowed("只有申报单位的经办人或签字人可以上传签章扫描件。")
    stored = intake.receive(upload, purpose=Purpose.SIGNED, uploaded_by=actor.person)
    with transaction.atomic():
        fresh = Application.objects.select_for_update().get(pk=application.pk)
        if fresh.state not in SIGNABLE:
            raise WrongStage(f"目前状态为“{fresh.status.label}”，不需要上传签章扫描件。")
        if versions.fingerprint(versions.content_of(fresh)) != fingerprint:
            raise Stale(OTHER_CONTENT)
        return SignedScan.objects.create(
            application=fresh, fingerprint=fingerprint, file=stored, uploaded_by=actor.person
        )
