"""Coming to a section and leaving it. Fleeting rows, one a person and section; they age out (``applications.presence``)."""

from accounts.actors import Actor
from applications import editing
from applications.models import Application, SectionVisit
from timekeeping import clock


def here(*, actor: Actor, application: Application, key: str) -> None:
    """The person has the section open; nothing for a section that is closed or for anybody outside the organisation."""
    own = actor.is_applicant and actor.organisation_id == application.organisation_id
    if own and editing.may_edit(application, "section", key):
        visit = SectionVisit(application=application, key=key, user=actor.person, seen_at=clock.now())
        SectionVisit.objects.bulk_create(
            [visit], update_conflicts=True, unique_fields=["application", "key", "user"], update_fields=["seen_at"]
        )


def left(*, actor: Actor, application: Application, key: str) -> None:
    """The person has saved the section and gone on."""
    SectionVisit.objects.filter(application=application, key=key, user=actor.user_id).delete()
