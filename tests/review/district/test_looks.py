"""The district officer's main pages in every look: nothing inaccessible, nothing too wide, no complaint of the browser."""

import pytest

from accounts.actors import Actor
from applications.models import Application, Call
from review import checklist, links
from review.selectors import sampling as samples
from review.services import assignments, district, phrases, sampling
from tests import cast
from tests.browser import Unsound
from tests.look import DESKTOP, PHONE, TRIED
from tests.review import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERYWHERE = (DESKTOP, PHONE)
ELSEWHERE = tuple(look for look in TRIED if look not in EVERYWHERE)
MAIN = ("queue", "overview", "section", "flags", "changed")


@pytest.fixture
def desk(call: Call, officer: Actor) -> dict[str, str]:
    """A desk with work on it: addresses by name."""
    real: Application = cast.submitted_application(call)
    for name in ("示例甲", "示例乙", "示例丙"):
        build.submitted(call, name=name)
    returned = build.submitted(call, name="示例退回")
    item = checklist.of_part("material", "3")[0]
    district.save_checks(actor=officer, application=returned, answers={item.key: ("fix", "请提交体现服务收支的报表。")})
    district.accept(actor=officer, application=real)
    build.check_all(officer, real)
    sample = sampling.draw(actor=officer, application=real)
    first, second = samples.units(sample)[:2]
    sampling.note_attempt(actor=officer, unit=first, outcome="no_answer", note="上午两次")
    sampling.note_answer(actor=officer, unit=second, satisfaction="very", comment="服务及时")
    phrases.add(actor=officer, text="扫描件不清晰，请重新扫描后提交。")
    assignments.assign_all(actor=officer, cases={real.pk: 0}, officer=officer.user)
    build.changed(build.submitted(call, name="示例更正"))
    again = Application.objects.get(organisation__name="示例更正")
    bench = f"/review/applications/{real.uuid}/"
    second = f"/review/applications/{again.uuid}/"
    return {
        "queue": "/review/queue/",
        "overview": bench,
        "section": f"{bench}?part=section-finance",
        "list": f"{bench}?part=list-served",
        "material": f"{bench}?part=material-3",
        "measure": f"{bench}measure/",
        "recommend": f"{bench}recommend/",
        "return": f"/review/applications/{returned.uuid}/return/",
        "sample": f"/review/samples/{sample.uuid}/",
        "unit": f"/review/samples/{sample.uuid}/units/{first.uuid}/",
        "replay": f"/review/samples/{sample.uuid}/replay/",
        "links": f"/review/samples/{sample.uuid}/links/",
        "survey": links.path_of(first),
        "flags": f"{second}?part=flags-all",
        "changed": f"{second}?part=list-served&only=changed",
        "changed-section": f"{second}?part=section-finance",
        "phrases": "/review/phrases/",
    }


def test_the_districts_pages_are_sound(desk: dict[str, str], officer: Actor, unsound: Unsound) -> None:
    main = [(name, desk[name]) for name in MAIN]
    assert unsound(officer, desk.items(), EVERYWHERE) | unsound(officer, main, ELSEWHERE) == {}
