"""One effect per rendered form: double clicks, back-and-resend and retries replay the first result."""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.actors import Actor
from lifecycle.chain import digest
from lifecycle.errors import AlreadyDone, Repeated
from lifecycle.models import AnsweredForm

FIELD = "form_key"
# A password must not be kept even as part of a fast hash.
NOT_HASHED = {FIELD, "csrfmiddlewaretoken", "whose_form", "password", "password1", "password2"}


@dataclass(frozen=True)
class FormKey:
    """The key a form was rendered with and the hash of what came back with it."""

    value: uuid.UUID
    body_hash: str


def new_key() -> str:
    """A fresh key for a form about to be rendered."""
    return str(uuid.uuid4())


def from_request(request: HttpRequest) -> FormKey | None:
    """The key of a posted form; None when it carries none or not a UUID."""
    try:
        value = uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
    body = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_HASHED}
    body["path"] = [request.path]
    body["files"] = sorted(f"{f.name}:{f.size}" for _, files in request.FILES.lists() for f in files)
    return FormKey(value, digest(body))


def claim(key: FormKey, actor: Actor, act_id: uuid.UUID) -> AnsweredForm:
    """Take the key inside the act's transaction.

    Raises AlreadyDone when the same form took effect before, Repeated when the key came with another body or person.
    """
    try:
        with transaction.atomic():
            return AnsweredForm.objects.create(
                key=key.value, actor_key=actor.key, body_hash=key.body_hash, act_id=act_id
            )
    except IntegrityError:
        first = AnsweredForm.objects.get(key=key.value)
    if (first.actor_key, first.body_hash) == (actor.key, key.body_hash):
        raise AlreadyDone(first.url)
    raise Repeated("这个页面已经提交过，内容与上次不同。请刷新页面，核对最新情况后再办理。")
