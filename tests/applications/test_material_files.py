"""A file of the draft is read by its own organisation; officers and reviewers read the frozen version at their own pages."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from tests import cast

pytestmark = pytest.mark.django_db


def asked(actor: Actor, name: str, *arguments: object) -> int:
    client = Client(headers={"host": "localhost"})
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(name, args=arguments))
    answer.close()
    return answer.status_code


def test_the_draft_s_files_are_closed_to_officers_who_read_the_version_instead() -> None:
    application = cast.submitted_application()
    material = application.materials.earliest("pk")
    own, officer = cast.actor_of(application), cast.city_officer("reader")
    address = (application.uuid, material.uuid)
    assert asked(officer, "applications:material_file", *address) == 403
    assert asked(cast.person("auditor", Role.AUDITOR), "applications:material_file", *address) == 403
    assert asked(own, "applications:material_file", *address) == 200
    assert asked(officer, "review:material", *address) == 200
