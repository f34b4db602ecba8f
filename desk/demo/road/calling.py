"""The yearly call: prepared, published, extended, concluded."""

from datetime import date

from accounts.models import District
from applications.services import calls
from desk.demo.city import Round
from timekeeping.dates import end_of_day, start_of_day

REQUIREMENTS = (
    "一、申报单位应当符合《昆明市中小企业公共服务示范平台认定管理办法》第七条、第八条规定的条件。\n"
    "二、申报材料按第九条所列八类准备，在本系统填报并上传，由法定代表人或授权签字人确认后提交。\n"
    "三、按照属地原则向经营服务地所在县(市)区、开发(度假)区中小企业主管部门申报。\n"
    "四、申报遵循自愿、公开、公平、公正的原则，不收取任何费用。"
)
CONTACT = "昆明市工业和信息化局中小企业发展处，0871-00000000（演示）"


def publish(round_: Round, *, opens: date, closes: date, district_due: date, number: int) -> None:
    """The call of the year, published a moment after it was prepared; the dates are the last days, inclusive."""
    city1 = round_.city.cast["city1"]
    call = calls.prepare(
        actor=city1,
        year=round_.year,
        title=f"关于组织开展{round_.year}年度昆明市中小企业公共服务示范平台申报工作的通知",
        document_number=f"昆工信通〔{round_.year}〕{number}号",
        opens_at=start_of_day(opens),
        closes_at=end_of_day(closes),
        district_due_at=end_of_day(district_due),
        territorial_test="service",
        requirements=REQUIREMENTS,
        contact=CONTACT,
        portal_url=f"https://portal.example.cn/notice/{round_.year}",
    )
    round_.call = calls.publish(actor=city1, call=call)


def extend(round_: Round, slug: str, *, closes: date, district_due: date, number: int, reason: str) -> None:
    """A formal, public extension for one district."""
    calls.extend(
        actor=round_.city.cast["city1"],
        call=round_.call,
        document_number=f"昆工信通〔{round_.year}〕{number}号",
        reason=reason,
        closes_at=end_of_day(closes),
        district_due_at=end_of_day(district_due),
        district=District.objects.get(slug=slug),
    )
    round_.call.refresh_from_db()
