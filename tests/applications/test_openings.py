"""What items open, and which changes belong to which item."""

import pytest

from applications import corrections, openings
from applications.differences import Change
from applications.models import Correction, CorrectionItem
from tests import cast

ASSETS = CorrectionItem(part="section", key="finance", fields=["finance.total_assets", "finance.net_assets"])
INCOME = CorrectionItem(part="section", key="finance", fields=["finance.revenue"])
SERVED = CorrectionItem(part="list", key="served", fields=["service.smes_last_year"])
NARRATIVE = CorrectionItem(part="section", key="narrative")
FUNCTION = CorrectionItem(part="section", key="functions", fields=["functions.training.person_times"])


def test_items_of_one_section_open_their_fields_together() -> None:
    opened = openings.of_items([ASSETS, INCOME])
    assert opened.fields_of("finance", ("total_assets", "liabilities", "net_assets", "revenue")) == {
        "total_assets", "net_assets", "revenue",
    }  # fmt: skip
    assert opened.touches("section", "finance")
    assert not opened.touches("section", "service")


def test_a_list_opens_as_a_whole_and_the_declared_figure_with_it() -> None:
    opened = openings.of_items([SERVED])
    assert opened.allows("list", "served")
    assert opened.allows("section", "service", "smes_last_year")
    assert not opened.allows("section", "service", "satisfaction")
    assert not opened.allows("list", "staff")


def test_an_item_without_fields_opens_its_whole_section_whatever_others_name() -> None:
    assert openings.of_items([NARRATIVE]).allows("section", "narrative", "case_1")
    whole = CorrectionItem(part="section", key="finance")
    assert openings.of_items([ASSETS, whole]).allows("section", "finance", "abnormal")
    assert openings.of_items([whole, ASSETS]).allows("section", "finance", "abnormal")


def test_the_fields_of_a_function_keep_their_dots() -> None:
    assert openings.of_items([FUNCTION]).allows("section", "functions", "training.person_times")
    assert openings.label("functions.training.person_times") == "培训服务：上年度培训"


def test_a_field_brings_those_that_are_asked_because_of_it() -> None:
    assert openings.with_dependents(["premises.tenure"]) == (
        "premises.tenure", "premises.lease_from", "premises.lease_to",
    )  # fmt: skip


@pytest.mark.django_db
def test_each_change_stands_at_its_items_and_is_counted_once() -> None:
    application = cast.returned_application(
        items=("list-served-valid", "list-served-reachable", "material-3-statements")
    )
    correction: Correction = application.corrections.get()
    row = Change("list", "served", "服务中小企业清单：删除一行", "甲", "")
    moved = Change("authority", "organisation", "所属县(市)区", "盘龙区", "五华区", "district")

    compared = corrections.compare(correction, [row, moved])

    assert [(put.number, put.changes, put.same_as) for put in compared.items] == [
        (1, [row], None), (2, [row], 1), (3, [], None),
    ]  # fmt: skip
    assert (compared.words, compared.others) == ("3 项补正，1 处改动", [moved])
    outside = Change("section", "service", "用户满意度", "90", "99", "satisfaction")
    opened = openings.of_items(correction.items.all())
    assert corrections.outside([row, moved, outside], opened) == [outside]
