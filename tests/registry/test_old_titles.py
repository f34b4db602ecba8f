"""Old titles and running bans: judged row by row, uploaded by one officer, confirmed by another, in the book once."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import Capacity, Organisation
from applications.standing import obstacles
from files.errors import Refused
from files.excel import Sheet, write_workbook
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Counter
from registry import importing, invariants, old_titles, selectors
from registry.models import Ban, ImportedRow, Plaque, Title, TitleImport
from registry.services import imports
from registry.standing import standing
from regulation.identifiers import make_credit_code
from tests import cast
from tests.registry.old_books import BAN, CODE, TITLE, in_the_book, uploaded, workbook
from timekeeping import clock

pytestmark = pytest.mark.django_db
NOON = clock.shanghai(2026, 11, 23, 12)


@pytest.fixture(autouse=True)
def november() -> Any:
    with clock.frozen(NOON):
        yield


@pytest.fixture
def first() -> Actor:
    return cast.city_officer("first")


@pytest.fixture
def second() -> Actor:
    return cast.city_officer("second")


def problems(officer: Actor, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    found = importing.preview(uploaded(officer, *rows).file)
    return [(error.row, error.column, error.reason) for error in found.errors]


def test_a_confirmed_workbook_becomes_organisation_platform_title_plaque_and_ban(first: Actor, second: Actor) -> None:
    done = in_the_book(first, second, TITLE, BAN)
    title, plaque, ban = Title.objects.get(), Plaque.objects.get(), Ban.objects.get()
    body = Organisation.objects.get(credit_code=CODE)
    assert (done.state, title.state, plaque.state) == ("confirmed", "granted", "received")
    assert (title.number, title.sequence, title.year) == ("昆示范2024-001", None, 2024)
    assert (title.valid_from, title.valid_to) == (date(2024, 3, 20), date(2027, 3, 20))
    assert (title.platform.organisation, title.functions) == (body, ["information", "training"])
    assert (plaque.serial, plaque.sequence) == ("2024-001", None)
    assert (ban.title, ban.starts_on, ban.ends_on) == (None, date(2025, 5, 8), date(2028, 5, 8))
    assert [(row.number, row.title, row.ban) for row in ImportedRow.objects.all()] == [(3, title, None), (4, None, ban)]
    assert not Capacity.objects.filter(organisation__isnull=False).exists()
    assert Counter.objects.filter(kind__in=("title", "plaque")).count() == 0
    assert list(invariants.check()) == []
    assert standing(title, clock.today()).key == "valid"
    assert list(selectors.public()) == [title]


def test_an_imported_ban_stops_an_application_until_its_last_day(first: Actor, second: Actor) -> None:
    in_the_book(first, second, BAN)
    body = Organisation.objects.get()
    assert [len(list(obstacles(body, day))) for day in (date(2028, 5, 8), date(2028, 5, 9))] == [1, 0]


def test_the_officer_who_uploaded_does_not_confirm(first: Actor, second: Actor) -> None:
    taken = uploaded(first, TITLE)
    with pytest.raises(Blocked, match="另一名市局经办人"):
        imports.confirm(actor=first, title_import=taken)
    assert (Title.objects.count(), TitleImport.objects.get().state) == (0, "uploaded")
    imports.confirm(actor=second, title_import=taken)
    assert Title.objects.count() == 1


def test_the_database_refuses_a_confirmation_by_the_same_officer(first: Actor) -> None:
    taken = uploaded(first, TITLE)
    with pytest.raises(IntegrityError), transaction.atomic():
        TitleImport.objects.filter(pk=taken.pk).update(confirmed_by=first.user)


def test_only_officers_of_the_city_upload_and_confirm(first: Actor, second: Actor) -> None:
    district = cast.district_officer()
    with pytest.raises(NotAllowed):
        uploaded(district, TITLE)
    taken = uploaded(first, TITLE)
    with pytest.raises(NotAllowed):
        imports.confirm(actor=district, title_import=taken)
    assert list(selectors.imports_visible_to(district)) == []
    assert list(selectors.imports_visible_to(second)) == [taken]


def test_a_second_confirmation_changes_nothing(first: Actor, second: Actor) -> None:
    taken = in_the_book(first, second, TITLE)
    with pytest.raises(WrongStage, match="复核登记原有称号"):
        imports.confirm(actor=cast.city_officer("third"), title_import=taken)
    assert (Title.objects.count(), Plaque.objects.count(), Organisation.objects.count()) == (1, 1, 1)


def test_the_same_titles_uploaded_twice_enter_once(first: Actor, second: Actor) -> None:
    one, other = uploaded(first, TITLE), uploaded(second, TITLE)
    imports.confirm(actor=second, title_import=one)
    with pytest.raises(Blocked, match="没有可以登记的行"):
        imports.confirm(actor=first, title_import=other)
    assert Title.objects.count() == 1
    imports.reject(actor=first, title_import=other, reason="重复")
    assert TitleImport.objects.get(pk=other.pk).state == "rejected"


def test_a_rejected_workbook_brings_nothing(first: Actor, second: Actor) -> None:
    taken = uploaded(first, TITLE)
    with pytest.raises(ValidationError):
        imports.reject(actor=second, title_import=taken, reason=" ")
    imports.reject(actor=second, title_import=taken, reason="有效期与文件不符")
    with pytest.raises(WrongStage):
        imports.confirm(actor=second, title_import=taken)
    assert Title.objects.count() == 0


def test_rows_with_problems_stay_out_and_the_others_enter(first: Actor, second: Actor) -> None:
    wrong = {**BAN, "credit_code": "91530100MA6000000X"}
    in_the_book(first, second, TITLE, wrong)
    assert (Title.objects.count(), Ban.objects.count(), Organisation.objects.count()) == (1, 0, 1)


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"valid_to": None}, "有效期止", "登记称号的，此项必填"),
        ({"number": ""}, "原证号", "登记称号的，此项必填"),
        ({"valid_to": date(2024, 3, 19)}, "有效期止", "有效期止早于有效期起"),
        ({"decided_on": date(2026, 11, 24)}, "决定日期", "决定日期晚于今天"),
        ({"ban_from": date(2026, 1, 1)}, "限制申报止", "登记限制申报的，此项必填"),
        ({"district": "官渡新城"}, "所属县(市)区", "不在可选范围内"),
        ({"functions": "餐饮服务"}, "服务功能", "“餐饮服务”不是第八条的服务功能"),
        ({"operator": ""}, "运营单位", "此项必填，目前为空"),
    ],
)
def test_each_fault_of_a_row_is_named(first: Actor, change: dict[str, Any], column: str, reason: str) -> None:
    assert problems(first, TITLE) == []
    assert (3, column, reason) in problems(first, {**TITLE, **change})


def test_a_row_without_title_and_ban_says_so(first: Actor) -> None:
    bare = {key: BAN[key] for key in ("operator", "credit_code", "kind", "legal_representative", "district")}
    found = problems(first, {**bare, "registered_address": "五华区停牌路1号"})
    assert found == [(3, "平台名称", "既没有称号，也没有限制申报")]


def test_the_rows_of_a_file_are_compared_with_each_other(first: Actor) -> None:
    again = {**TITLE, "plaque_serial": "2024-002", "number": "昆示范2024-002"}
    renamed = {**BAN, "credit_code": CODE, "ban_from": date(2027, 3, 21), "ban_to": date(2030, 3, 21)}
    assert problems(first, TITLE, {**again, "number": TITLE["number"], "credit_code": BAN["credit_code"]}) == [
        (4, "原证号", "与第 3 行重复")
    ]
    assert problems(first, TITLE, again) == [(4, "有效期起", "与第 3 行的称号的日期重叠")]
    assert {error[1] for error in problems(first, TITLE, renamed)} == {"运营单位", "法定代表人", "所属县(市)区"}


def test_a_title_in_force_during_a_ban_is_refused(first: Actor) -> None:
    both = {**TITLE, **{key: BAN[key] for key in ("ban_from", "ban_to", "ban_reason")}}
    assert problems(first, both) == [(3, "限制申报起", "与第 3 行的称号的日期重叠")]


def test_rows_are_compared_with_the_book(first: Actor, second: Actor) -> None:
    in_the_book(first, second, TITLE)
    later = {**TITLE, "number": "昆示范2026-009", "plaque_serial": "", "valid_from": date(2026, 1, 1)}
    assert problems(first, TITLE) == [
        (3, "原证号", "该原证号已经登记"),
        (3, "牌匾编号", "该牌匾编号已经登记"),
        (3, "有效期起", "与称号 昆示范2024-001的日期重叠"),
    ]
    assert problems(first, later) == [(3, "有效期起", "与称号 昆示范2024-001的日期重叠")]
    renamed = {**later, "operator": "另一名称", "valid_from": date(2027, 3, 21), "valid_to": date(2030, 3, 20)}
    assert problems(first, renamed) == [(3, "运营单位", "该信用代码在系统中登记为“旧平台运营有限公司”")]


def test_a_sheet_without_a_required_column_brings_no_row(first: Actor) -> None:
    columns = [column for column in old_titles.columns() if column.key != "operator"]
    sheet = Sheet("填报", [column.label for column in columns], [[TITLE.get(column.key) for column in columns]])
    taken = imports.upload(
        actor=first, workbook=SimpleUploadedFile("缺列.xlsx", write_workbook([sheet])), source="台账"
    )
    found = importing.preview(taken.file)
    assert (list(found.rows), [error.reason for error in found.errors]) == ([], ["表中缺少此列"])


def test_what_is_no_such_list_is_refused_at_once(first: Actor) -> None:
    other = SimpleUploadedFile("别的.xlsx", write_workbook([Sheet("表", ["甲", "乙"], [["1", "2"]])]))
    with pytest.raises(Refused):
        imports.upload(actor=first, workbook=other, source="台账")
    with pytest.raises(ValidationError):
        imports.upload(actor=first, workbook=workbook(TITLE), source=" ")
    assert TitleImport.objects.count() == 0


def test_an_existing_organisation_keeps_its_own_data(first: Actor, second: Actor) -> None:
    body = cast.organisation("旧平台运营有限公司", "wuhua", credit_code=make_credit_code("91530100000088001"))
    in_the_book(first, second, TITLE)
    title = Title.objects.get()
    assert (Organisation.objects.get(), title.platform.organisation) == (body, body)
    assert title.district.slug == "wuhua"


def test_an_earlier_term_does_not_change_what_the_platform_is_today(first: Actor, second: Actor) -> None:
    in_the_book(first, second, TITLE)
    earlier = {
        "number": "昆示范2021-001", "document_number": "昆工信通〔2021〕15号", "decided_on": date(2021, 3, 1),
        "valid_from": date(2021, 3, 1), "valid_to": date(2024, 3, 1), "plaque_serial": "2021-001", "functions": "融资服务",
    }  # fmt: skip
    in_the_book(first, second, {**TITLE, **earlier})
    old, now = Title.objects.order_by("valid_from")
    assert (old.platform, old.functions != now.functions) == (now.platform, True)
    assert (now.platform.functions, now.platform.service_address) == (now.functions, "盘龙区旧路2号")
