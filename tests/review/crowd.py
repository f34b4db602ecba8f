"""Many applications at once, written past the services: for measuring lists, never for judging rules."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from accounts.models import District, Organisation, User
from applications.models import Application, ApplicationVersion, Call
from lifecycle.models import StepRecord
from tests import cast
from timekeeping import clock

STATES = ("submitted", "accepted", "submitted", "recommended", "accepted", "returned", "admitted", "submitted")


def crowd(call: Call, count: int, *, slug: str = "panlong", start: int = 0) -> list[Application]:
    """``count`` applications of a district in mixed states, each with a version and the records of its way."""
    district, author = cast.district(slug), User.objects.earliest("pk")
    bodies = Organisation.objects.bulk_create(_body(number, district) for number in range(start, start + count))
    applications = Application.objects.bulk_create(
        _application(call, body, author, place) for place, body in enumerate(bodies)
    )
    versions = ApplicationVersion.objects.bulk_create(
        ApplicationVersion(
            application=application, number=1, content={"lists": {}}, fingerprint=f"{application.pk:064d}",
            submitted_by=author, submitted_at=clock.now(),
        )
        for application in applications
    )  # fmt: skip
    for application, version in zip(applications, versions, strict=True):
        application.current_version = version
    Application.objects.bulk_update(applications, ["current_version"], batch_size=400)
    # Far behind the chain, which goes on undisturbed.
    first = max(10**6, StepRecord.objects.latest("sequence").sequence) + 1
    StepRecord.objects.bulk_create(
        _record(application, author, first + place, place) for place, application in enumerate(applications)
    )
    return applications


def _body(number: int, district: District) -> Organisation:
    return Organisation(
        name=f"示例服务机构{number:04d}有限公司", credit_code=f"91530100MA{number:08d}", kind="enterprise", district=district,
        legal_representative="示例法人", registered_address="示例路1号", contact_name="李敏", contact_phone="13800000001",
    )  # fmt: skip


def _application(call: Call, body: Organisation, author: User, place: int) -> Application:
    return Application(
        call=call, organisation=body, district=body.district, state=STATES[place % len(STATES)],
        platform_name=f"{body.name}公共服务平台", created_by=author, receipt_number=f"KM-{call.year}-{body.pk:05d}",
    )  # fmt: skip


def _record(application: Application, author: User, sequence: int, place: int) -> StepRecord:
    at = clock.now() - timedelta(days=place % 9)
    return StepRecord(
        sequence=sequence, act_id=uuid4(), subject_type="application", subject_id=application.uuid, step="submit",
        from_state="awaiting_signature", to_state=application.state, actor_key="", role="signatory", user=author, at=at,
        written_at=at, article="10", previous_hash="", hash=sha256(application.uuid.bytes).hexdigest(),
    )  # fmt: skip
