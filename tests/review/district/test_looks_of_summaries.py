"""The pages of 附件2 and of the city's intake: nothing inaccessible, nothing too wide, no complaint of the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actors import Actor
from applications.models import Application, Call
from review.services import district, intake
from tests import cast
from tests.browser import Unsound
from tests.review import build
from tests.review.sheets import brought, edited, mark_of, sheet_of, workbook_of
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(name: str, *arguments: object) -> str:
    return reverse(f"review:{name}", args=arguments)


def test_the_districts_pages_of_a_sheet_are_sound(unsound: Unsound, call: Call, officer: Actor, city: Actor) -> None:
    cast.recommended_application(call, officer, name="昆明示例创新服务有限公司", order=1)
    cast.forward(call, officer)
    back = cast.recommended_application(call, officer, name="示例翠湖", order=2)
    cast.recommended_application(call, officer, name="示例滇池", order=3)
    cast.forward(call, officer)
    doubts = [
        intake.Doubt("act", "sample", "样本中两家企业由同一人答复，请说明。"),
        intake.Doubt("section", "finance", "请核对资产总额。"),
    ]
    intake.send_back(actor=city, application=Application.objects.get(pk=back.pk), doubts=doubts)
    cast.recommended_application(call, officer, name="示例甲", order=4)
    cast.recommended_application(call, officer, name="示例乙", order=5)
    sheet, sent = sheet_of(call, officer, 3), sheet_of(call, officer, 2)
    edits = {
        (1, "推荐意见"): "经审核，同意优先推荐。",
        (2, "推荐顺序"): "第二",
        (1, "抽查满意度"): "99%",
        (2, "备注"): "园区重点平台",
    }
    taken = brought(officer, sheet, edited(workbook_of(sheet), edits))
    district.keep_scan(actor=officer, sheet=sheet, file=build.pdf(), fingerprint=mark_of(sheet))
    pages = {
        "sheets": at("summaries"), "sheet-open": at("summary", sheet.uuid), "sheet-sent": at("summary", sent.uuid),
        "import": at("summary_import", sheet.uuid), "differences": at("summary_differences", sheet.uuid, taken.uuid),
        "scan": at("summary_scan_upload", sheet.uuid), "forward": at("summary_forward", sheet.uuid),
        "recommend-again": at("recommend", back.uuid), "not-recommend": at("not_recommend", back.uuid),
        "bench-sent-back": at("workbench", back.uuid),
    }  # fmt: skip
    assert unsound(officer, pages.items()) == {}


def test_the_citys_pages_of_the_intake_are_sound(unsound: Unsound, call: Call, officer: Actor, city: Actor) -> None:
    case = cast.forwarded_application(call, officer)
    pages = {
        "send-back": at("send_back", case.uuid), "ineligible": at("find_ineligible", case.uuid), "admit-many": at("admit_many"),
        "bench-forwarded": at("workbench", case.uuid),
    }  # fmt: skip
    assert unsound(city, pages.items()) == {}
    build.submitted(call, name="示例沉默")
    with clock.frozen(call.district_due_at + timedelta(hours=1)):
        silent = {
            "silent": f"{at('city_queue')}?tab=silent",
            "extend": f"{reverse('applications:call_extend', args=[call.uuid])}?district=panlong",
        }
        assert unsound(city, silent.items()) == {}
