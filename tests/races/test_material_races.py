"""Ten people upload at the same moment: nothing is lost, the quota is kept to the file, and every file has its own place."""

from collections.abc import Callable
from functools import partial
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actors import Actor
from applications.models import Application, Handover
from applications.services import filing, handover, materials
from applications.services.handover import Successor
from files import limits, storage
from lifecycle.models import StepRecord
from tests import cast, drafts
from tests.races.racing import kinds, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TOGETHER = 10


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def draft(filer: Actor) -> Application:
    return filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")


def uploading(filer: Actor, draft: Application, *, script: bool = False) -> list[Callable[[], int]]:
    """Ten uploads of different files by the page, signed in beforehand."""
    headers = {"X-Upload": "1"} if script else {}

    def one(client: Client, place: int) -> int:
        file = SimpleUploadedFile(f"证明{place}.pdf", drafts.pdf(f"proof {place}"))
        sent = {"document": "service_proofs", "note": "", "files": file}
        return client.post(f"/applications/{draft.uuid}/material/4/", sent, headers=headers).status_code

    clients = [Client() for _ in range(TOGETHER)]
    for client in clients:
        client.force_login(filer.user, backend="django.contrib.auth.backends.ModelBackend")
    return [partial(one, client, place) for place, client in enumerate(clients)]


def test_ten_parallel_uploads_lose_nothing(filer: Actor, draft: Application) -> None:
    assert race(*uploading(filer, draft)) == [302] * TOGETHER
    kept = list(draft.materials.select_related("file"))
    assert {material.file.name for material in kept} == {f"证明{place}.pdf" for place in range(TOGETHER)}
    assert [material.position for material in kept] == list(range(1, TOGETHER + 1))
    assert len({material.file.sha256 for material in kept}) == TOGETHER
    for material in kept:
        storage.verify(material.file)


def test_the_quota_is_exact_among_ten_at_once(filer: Actor, draft: Application) -> None:
    with mock.patch.object(limits, "MAX_FILES_PER_SUBJECT", 7):
        results = race(*uploading(filer, draft, script=True))
    assert sorted(results) == [200] * 7 + [422] * 3
    assert draft.materials.count() == 7


def test_of_many_replacements_of_one_file_one_stands(filer: Actor, draft: Application) -> None:
    [old] = materials.add(actor=filer, application=draft, document="licence", uploads=[drafts.upload("旧.pdf")])
    changes = [
        partial(materials.change, actor=filer, material=old, upload=drafts.upload(f"新{place}.pdf"), note="")
        for place in range(4)
    ]
    assert kinds(race(*changes)) == ["ValidationError"] * 3 + ["done"]
    assert draft.materials.filter(removed_at=None).count() == 1


def test_of_two_handovers_at_once_one_happens(filer: Actor) -> None:
    body, officer = filer.organisation, cast.district_officer()
    signatory = cast.signatory(body)
    letter = drafts.upload("交接函.pdf", "signed")
    given = {"organisation": body, "leaving": filer.capacity, "reason": "原经办人已离职。", "letter": letter}
    one = partial(handover.hand_over, actor=signatory, successor=Successor("甲", "a@example.com", ""), **given)
    two = partial(handover.hand_over, actor=officer, successor=Successor("乙", "b@example.com", ""), **given)
    assert kinds(race(one, two)) == ["Blocked", "done"]
    assert Handover.objects.count() == StepRecord.objects.filter(subject_type="handover").count() == 1
    assert body.capacities.filter(role="filer", ended_at=None).count() == 1
