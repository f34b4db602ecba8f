"""Odd addresses and dates, and what a district may still know of a platform that moved away: answers, never errors, never leaks."""

from datetime import date

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.fields import DayField
from applications.forms.calls import Moment
from lifecycle.errors import Blocked
from registry import invariants as registry_invariants
from registry.models import Ban, Platform
from registry.services import titles
from supervision.forms import activities, checks, endings, evaluations, rectifications
from supervision.selectors import candidates
from supervision.services import changes
from supervision.services import endings as endings_services
from supervision.services.resolutions import Ruling
from tests import cast
from tests.fuzz.test_forms_never_fail import as_strict_as_postgresql
from tests.pages import Visitor
from tests.review import stage
from tests.supervision.changes import LATE, Town
from tests.supervision.endings import OPENING, Bench, order
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", [DayField(), Moment()])
def test_a_date_that_nobody_can_mean_is_refused_at_its_field(field: forms.Field) -> None:
    hour = "" if isinstance(field, DayField) else "T08:00"
    for day in ("0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"):
        with pytest.raises(forms.ValidationError, match="年份应在1900至2100之间"):
            field.clean(f"{day}{hour}")
    assert [field.clean(f"{day}{hour}").year for day in ("1900-01-01", "2100-12-31")] == [1900, 2100]


def test_every_date_of_every_form_knows_its_bounds() -> None:
    """A form with Django's own field would take the year 9999, with which no term can be computed."""
    assert get_resolver().url_patterns  # every module of views, and with it of forms, is imported
    found = [form for form in _forms(forms.Form) if form.__module__.split(".")[0] not in ("django", "tests")]
    unbounded = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in found
        for name, field in form.base_fields.items()
        if type(field) in (forms.DateField, forms.DateTimeField)
    }
    assert (unbounded, len(found) > 50) == (set(), True)


def _forms(base: type) -> list[type[forms.Form]]:
    return [found for child in base.__subclasses__() for found in (child, *_forms(child))]


@pytest.mark.parametrize("year", [0, 1, 1999, 9999, 10000, 10**20])
def test_the_reports_of_a_year_that_nobody_can_mean_do_not_exist(year: int) -> None:
    cast.district_officer()
    visitor = Visitor(cast.city_officer())
    assert visitor.get(f"/supervision/reports/districts/{year}/panlong/").status == 404
    assert visitor.get(f"/supervision/reports/districts/{clock.today().year - 1}/panlong/").status == 200


@pytest.mark.parametrize("token", ["%00", "a%00b", "%2e", "x" * 41, "天"])
def test_what_cannot_be_a_token_never_reaches_the_database(token: str) -> None:
    addresses = [reverse(f"registry:{name}", args=["X"]).replace("X", token) for name in ("check", "public_proof")]
    with as_strict_as_postgresql():
        assert [Client().get(address).status_code for address in addresses] == [404, 404]
        assert Client().get(f"{reverse('review:complain')}?title={token}").status_code == 200


def test_a_district_proposes_and_checks_only_the_platforms_that_are_its_own_now() -> None:
    town = Town()
    town.registered("district", district="wuhua", service_address="五华区某路1号")
    with clock.frozen(LATE):
        pages = [Visitor(who).get(reverse("supervision:check_record")).all_text for who in (town.old, town.new)]
    assert [town.title.number in page for page in pages] == [False, True]
    # The report on 2026 is missing from February 2027 on.
    cast.published_year(2027)
    with clock.frozen(clock.shanghai(2027, 3, 10, 9)):
        seen = [[found.title.pk for found in candidates.listed(who)] for who in (town.old, town.new, town.city)]
    assert seen == [[], [town.title.pk], [town.title.pk]]
    assert date(2027, 3, 10) < town.title.valid_to


def test_a_filing_of_a_former_operator_is_not_carried_into_the_book() -> None:
    town = Town()
    change = town.filed("platform_name")
    with clock.frozen(LATE):
        other = cast.organisation("承接示例有限公司")
        Platform.objects.filter(pk=town.title.platform_id).update(organisation=other)
        with pytest.raises(Blocked, match="已变更运营单位"):
            changes.examine(actor=town.old, change=change, opinion="属实。")
        Platform.objects.filter(pk=town.title.platform_id).update(organisation=town.body)
        assert changes.examine(actor=town.old, change=change, opinion="属实。").state == "checked"


def test_a_line_takes_no_breaks_and_no_control_characters() -> None:
    lines = {
        activities.AnnounceForm: ("name", "organiser", "place", "contact", "document_number"),
        evaluations.CommissionForm: ("body", "team", "commission_number"),
        endings.OrderForm: ("authority", "reference"),
        endings.RecoverForm: ("recovered_from",),
        checks.RecordForm: ("people",),
        rectifications.RecheckForm: ("recheckers",),
    }
    for form, names in lines.items():
        for name in names:
            for typed in ("甲\r\nBcc: x", "甲\x1b[31m"):
                with pytest.raises(forms.ValidationError, match="不能含有换行或控制字符"):
                    form.base_fields[name].clean(typed)
            assert form.base_fields[name].clean("甲\u200b") == "甲"


def test_a_suspended_ban_of_a_title_given_up_before_is_in_order() -> None:
    with clock.frozen(OPENING):
        bench = Bench()
        ending = bench.referred("absences")
        titles.renounce(actor=bench.person(), title=bench.title, reason="不再提供服务。")
        bench.confirmed(Ruling(ending, "end", "经集体研究决定。"))
        stayed = endings_services.stay(actor=bench.clerk, ending=stage.fresh(ending), order=order())
        assert (Ban.objects.get().stayed_at is not None, list(registry_invariants.check())) == (True, [])
        endings_services.resume(actor=bench.clerk, ending=stayed, order=order())
        assert (Ban.objects.get().stayed_at, list(registry_invariants.check())) == (None, [])
