"""What verify finds when filed content was changed behind the application's back."""

from uuid import uuid4

import pytest

from applications import invariants
from applications.models import Application, ApplicationVersion, ServedEnterprise
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return cast.submitted_application()


def test_a_filed_application_is_sound(application: Application) -> None:
    assert list(invariants.check()) == []


def test_changed_content_is_found(application: Application) -> None:
    content = application.current_version.content | {"platform_name": "改名"}
    ApplicationVersion.objects.update(content=content)
    assert list(invariants.check()) == [f"{application.receipt_number} 第1版：内容与内容指纹不符"]


def test_a_version_that_nobody_filed_is_found(application: Application) -> None:
    version = ApplicationVersion.objects.get()
    version.pk, version.uuid, version.number = None, uuid4(), 2
    version.save(force_insert=True)
    assert list(invariants.check()) == [f"{application.receipt_number} 第2版：内容指纹与办理记录不符"]


def test_a_version_taken_away_is_found(application: Application) -> None:
    version = ApplicationVersion.objects.get()
    Application.objects.update(current_version=None)
    ApplicationVersion.objects.all().delete()
    assert list(invariants.check()) == [f"办理记录中的申报版本 {version.uuid} 已不存在"]


def test_a_changed_row_of_a_sealed_list_is_found(application: Application) -> None:
    ServedEnterprise.objects.filter(position=1).update(name="改名")
    assert list(invariants.check()) == [f"{application.receipt_number} 服务中小企业清单第1批：内容与封存时不符"]


def test_a_missing_receipt_number_is_found(application: Application) -> None:
    number = application.receipt_number
    Application.objects.update(receipt_number="KM-2026-9999")
    assert list(invariants.check()) == [f"受理编号{number}没有对应的申报"]
