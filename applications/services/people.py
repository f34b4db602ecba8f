"""Who signs for the organisation: the legal representative, or somebody with a letter of authorisation."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Capacity, Role
from accounts.services import colleagues
from applications.models import AuthorisationLetter
from files import intake
from files.purposes import Purpose


@transaction.atomic
def add_signatory(
    *, actor: Actor, name: str, email: str, phone: str, letter: UploadedFile | ContentFile | None = None
) -> Capacity:
    """Let the legal representative (no letter) or an authorised signatory (with 授权委托书) sign.

    Raises ValidationError when a person without a letter is not the registered legal representative, and whatever
    ``colleagues.add`` raises.
    """
    body = actor.organisation
    if letter is None and body is not None and _plain(name) != _plain(body.legal_representative):
        raise ValidationError(
            {
                "name": f"登记的法定代表人是{body.legal_representative}，与此不符。由其他人签字的，身份请选“授权签字人”，并上传授权委托书。"
            }
        )
    capacity = colleagues.add(actor=actor, name=name, email=email, phone=phone, role=Role.SIGNATORY)
    if letter is not None:
        stored = intake.receive(letter, purpose=Purpose.SIGNED, uploaded_by=actor.person)
        AuthorisationLetter.objects.create(capacity=capacity, file=stored, uploaded_by=actor.person)
    return capacity


def _plain(name: str) -> str:
    return "".join(name.split())
