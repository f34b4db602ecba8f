"""A title from before the system: imported before the first January, confirmed, its account claimed, its report owed."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from lifecycle import scanning
from lifecycle.models import Announcement
from registry.models import Claim, Title
from tests import cast, drafts
from tests.journey.people import Journey, done, follow
from tests.pages import Visitor
from tests.registry.old_books import BAN, CODE, TITLE, workbook
from timekeeping import clock

PASSWORD = "Panlong-2026-claim"
NOVEMBER = clock.shanghai(2026, 11, 23, 9)


def officials(journey: Journey) -> None:
    for who in ("city", "second"):
        cast.city_officer(who)
        journey.accounts[who] = (who, cast.PASSWORD)
    cast.district_officer()
    journey.accounts["district"] = ("district", cast.PASSWORD)


def old_titles_are_uploaded(journey: Journey) -> None:
    """One officer of the city uploads the workbook and sees what is wrong in it; nothing is in the book yet."""
    city, desk = journey.desk("city")
    page = follow(city, desk, "称号牌匾", "原有称号登记")
    wrong = {**BAN, "ban_to": None}
    typed = {"source": "2024年度认定文件"}
    seen = city.submit(page, "上传并预览", typed, workbook=workbook(TITLE, BAN, {**wrong, "credit_code": ""}))
    done(seen, "可以登记的称号", "需要更正的地方", "须由另一名市局经办人对照文件复核")
    assert Title.objects.count() == 0
    marked = city.get(seen.links["下载标注问题的文件"])
    assert (marked.status, marked.body[:2]) == (200, b"PK")


def old_titles_are_confirmed(journey: Journey) -> None:
    """The desk of another officer names the duty; the confirmation puts both rows into the book and the public register."""
    second, page = journey.owes("second", "对照文件复核原有称号（由另一人办理）")
    confirmed = done(second.submit(page, "确认与文件一致，登记入册"), "已登记入册，共 2 行")
    journey.told["title"] = confirmed.links[f"{TITLE['number']} {TITLE['platform_name']}"]
    register = done(Visitor().get("/register/"), "旧服务平台", "昆示范2024-001")
    assert "停牌咨询" not in register.all_text
    found = Visitor()
    lookup = {"number": "昆示范2024-001", "credit_code": CODE}
    done(found.submit(found.get("/register/check/"), "核验", lookup), "有效", "旧平台运营有限公司")


def account_is_claimed(journey: Journey) -> None:
    """Registration says that the organisation is known and leads to the claim."""
    person = Visitor()
    page = person.get("/account/register/")
    refused = person.submit(
        page, "注册",
        {
            "name": "旧平台运营有限公司", "credit_code": CODE, "kind": "enterprise", "legal_representative": "旧法人",
            "registered_address": "旧路1号", "service_address": "旧路2号", "district": str(cast.district().pk), "person": "周敏",
            "phone": "13800000007", "email": "zhou@example.com", "password1": PASSWORD, "password2": PASSWORD, "agreed": "on",
        },
    )  # fmt: skip
    assert (refused.status, "盘龙" in " ".join(refused.errors)) == (422, False)
    form = follow(person, refused, "申请认领单位账号")
    letter: SimpleUploadedFile = drafts.upload("介绍信.pdf")
    typed = {
        "credit_code": CODE, "name": "周敏", "phone": "13800000007", "email": "zhou@example.com", "password1": PASSWORD,
        "password2": PASSWORD, "agreed": "on",
    }  # fmt: skip
    done(person.submit(form, "提交认领申请", typed, letter=letter), Claim.objects.get().receipt_number, "5个工作日")


def claim_is_approved(journey: Journey) -> None:
    """The district reads the letter and gives the account; the user name travels by mail only."""
    district, page = journey.owes("district", "核实身份，核准或不予核准账号认领")
    done(page, "周敏", "旧平台运营有限公司")
    done(district.submit(page, "核准，开通账号"), "已核准")
    mail = Announcement.objects.get(kind="account", email="zhou@example.com")
    username = Claim.objects.get().account.username
    assert username in mail.body
    journey.accounts["filer"] = (username, PASSWORD)


def platform_signs_in(journey: Journey) -> None:
    """The person who claimed sees the title with its plaque."""
    filer, desk = journey.desk("filer")
    done(follow(filer, desk, "我的称号", "旧服务平台"), "昆示范2024-001", "2024-001", "已签收")


def report_is_owed(journey: Journey) -> None:
    """In its first January the platform owes the report of Art. 17, and is invited to renew in the year its title ends."""
    with clock.frozen(clock.shanghai(2027, 1, 4, 9)):
        scanning.run()
        filer, desk = journey.desk("filer")
        done(desk, "填写上年度工作总结和当年工作计划", "2027-01-31")
        follow(filer, desk, "填写上年度工作总结和当年工作计划")
        assert Announcement.objects.filter(kind="renewal", user__username=journey.accounts["filer"][0]).count() == 1


@pytest.mark.django_db
def test_an_old_title_is_imported_claimed_and_owes_its_report(
    frozen_clock: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    journey = Journey()
    with clock.frozen(NOVEMBER):
        officials(journey)
        old_titles_are_uploaded(journey)
        old_titles_are_confirmed(journey)
        account_is_claimed(journey)
        claim_is_approved(journey)
        platform_signs_in(journey)
    report_is_owed(journey)
    with clock.frozen(clock.shanghai(2027, 1, 5, 9)):
        call_command("verify")
    assert "核验通过" in capsys.readouterr().out
