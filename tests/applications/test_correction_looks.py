"""The pages of a returned application in every look: nothing wrong for axe-core, never too wide."""

import pytest

from accounts.actors import Actor
from accounts.models import Role
from applications import corrections
from applications.models import Application
from applications.services import answers, sections
from applications.services.answers import Reply
from review.checklist import BY_KEY
from review.services import district
from review.services.district.handling import Defect
from tests import cast
from tests.applications.test_resubmission import resubmit
from tests.browser import Unsound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEFECTS = {
    "section-finance-assets": "资产总额与审计报告期末数不一致，请核对更正。",
    "list-institutions-in_force": "第1家机构的协议已到期，请更新协议期限。",
    "material-3-statements": "财务报表缺少服务收支明细，请补充。",
}


@pytest.fixture
def application() -> Application:
    return cast.submitted_application()


@pytest.fixture
def officer(application: Application) -> Actor:
    """The district's officer, who has marked three items."""
    cast.published_year(application.call.year)
    person = cast.district_officer()
    found = {item: ("fix", words) for item, words in DEFECTS.items()}
    district.save_checks(actor=person, application=application, answers=found)
    return person


def corrected(application: Application) -> None:
    """The first item put right and answered, the second only explained."""
    filer = cast.actor_of(application)
    section = application.sections.get(key="finance")
    said = section.data | {"total_assets": "486.30"}
    sections.save(actor=filer, application=application, key="finance", data=said, revision=section.revision)
    correction = corrections.current(Application.objects.get(pk=application.pk))
    replies = {item.pk: Reply("已按审计报告更正。", done=True) for item in list(correction.items.all())[:2]}
    answers.save_answers(actor=filer, correction=correction, answers=replies, seen=answers.revision(correction))


def test_the_pages_of_a_correction_are_sound_in_every_look(
    unsound: Unsound, application: Application, officer: Actor
) -> None:
    filer, own, bench = (
        cast.actor_of(application),
        application.get_absolute_url(),
        f"/review/applications/{application.uuid}/",
    )
    wrong = unsound(officer, [("return", f"{bench}return/")])
    items = [Defect.of(BY_KEY[item], words) for item, words in DEFECTS.items()]
    district.return_for_correction(actor=officer, application=application, defects=items)
    corrected(application)
    pages = {
        "home": own,
        "items": f"{own}correction/",
        "section": f"{own}section/finance/",
        "material": f"{own}material/3/",
    }
    pages |= {"list": f"{own}list/institutions/", "signing": f"{own}resubmission/"}
    wrong |= unsound(filer, pages.items())
    correction = corrections.current(Application.objects.get(pk=application.pk))
    correction.items.update(done=True, answer="已按审计报告更正。")
    resubmit(cast.actor_of(application, Role.SIGNATORY), application)
    wrong |= unsound(officer, [("bench", bench), ("part", f"{bench}?part=section-finance")])
    assert wrong == {}
