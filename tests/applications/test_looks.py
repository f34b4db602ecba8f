"""The pages on which an application is filled in, in every look: nothing wrong for axe-core, never too wide."""

import pytest

from applications.services import filing, lists, presence, sections
from tests import cast, drafts
from tests.browser import Unsound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_is_sound_in_every_look(unsound: Unsound) -> None:
    filer = cast.filer(cast.organisation(), "李敏")
    colleague = cast.filer(filer.organisation, "王芳")
    call = cast.open_call(cast.city_officer())
    draft = filing.create(actor=filer, call=call, platform_name="示例平台")
    texts = drafts.sections(call)
    texts["service"] |= {"smes_last_year": "120", "specialised_smes": "千", "satisfaction": ""}
    for key in ("identity", "finance", "service", "functions"):
        sections.save(actor=colleague, application=draft, key=key, data=texts[key], revision=0)
    rows = drafts.lists(call, filer.organisation)
    for kind in ("served", "staff"):
        lists.write_rows(actor=filer, application=draft, kind=kind, rows=rows[kind])
    for key in ("finance", "narrative"):
        presence.here(actor=colleague, application=draft, key=key)
    at = draft.get_absolute_url()
    pages = [
        ("task-list", at), ("section", f"{at}section/finance/"), ("section-wrong", f"{at}section/service/"),
        ("functions", f"{at}section/functions/"), ("check-section", f"{at}check/service/"), ("check", f"{at}check/"),
    ]  # fmt: skip
    assert unsound(filer, pages) == {}
