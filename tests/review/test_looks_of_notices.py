"""The pages of notices and objections in every look: nothing wrong for axe-core, never wider than the screen."""

import pytest

from review.selectors import objections as selectors
from review.services import notices, objections
from tests.browser import Unsound
from tests.review import stage
from tests.review.stage import CONCLUSION, City

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def addresses(city: City) -> dict[str, list[tuple[str, str]]]:
    """(name, address) of every page, for the public and for the handler, over a stage with everything on it."""
    city.inspected("示例数字赋能平台")
    city.inspected("示例创业孵化平台", "wuhua")
    draft = city.drafted(city.proposed("示例技术服务平台"))
    shown, second = city.proposed("示例融资对接服务平台"), city.proposed("示例人才服务平台", "wuhua")
    notice = city.published(shown, second)
    notices.extend(
        actor=city.officer,
        notice=notice,
        ends_on=stage.date(2026, 6, 16),
        reason="门户网站6月3日故障一天，顺延一个工作日。",
    )
    item = notice.items.get(application=second)
    notices.correct(
        actor=city.officer, notice=notice, item=item, platform_name="示例人才综合服务平台", operator_name=item.operator_name,
        material=True, reason="平台名称有误。",
    )  # fmt: skip
    waiting, handled = city.objection(notice, shown), city.objection(notice, second)
    objections.investigate(actor=city.officer, objection=handled)
    closed = city.objection(notice, shown)
    objections.investigate(actor=city.officer, objection=closed)
    objections.find_unfounded(actor=city.officer, objection=closed, **CONCLUSION)
    desk, notice_url = "/review/desk/notices/", notice.get_absolute_url()
    return {
        "public": [
            ("notices", "/review/notices/"),
            ("notice", notice.public_url()),
            ("object", f"/review/notices/{notice.uuid}/object/"),
            ("receipt", f"/review/objections/receipt/{waiting.uuid}/{selectors.mac(waiting)}/"),
            ("follow", "/review/objections/follow/"),
        ],
        "city": [
            ("desk", desk),
            ("draft-form", f"{desk}{city.call.uuid}/draft/"),
            ("draft", draft.get_absolute_url()),
            ("publish", f"{draft.get_absolute_url()}publish/"),
            ("notice-desk", notice_url),
            ("extend", f"{notice_url}extend/"),
            ("correct", f"{notice_url}correct/1/"),
            ("queue", "/review/desk/objections/?tab=all"),
            ("register", f"/review/desk/objections/register/{notice.uuid}/"),
            ("objection-waiting", waiting.get_absolute_url()),
            ("objection", handled.get_absolute_url()),
            ("investigate", f"{waiting.get_absolute_url()}investigate/"),
            ("unfounded", f"{handled.get_absolute_url()}find_unfounded/"),
        ],
    }


def test_every_page_is_sound_in_every_look(city: City, unsound: Unsound) -> None:
    pages = addresses(city)
    assert unsound(None, pages["public"]) | unsound(city.officer, pages["city"]) == {}
