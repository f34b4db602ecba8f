"""Who finds what where: the one table of the navigation. An address that does not exist (yet) is left out.

``under`` names the address prefixes, besides the item's own, that belong to the item. Items of one ``section`` share one place
in the main row; the row below shows them while the person is in the section.
"""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_urlconf, reverse

from accounts.actors import Actor
from accounts.models import Role


@dataclass(frozen=True)
class Item:
    label: str
    view: str
    under: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True)
class Link:
    """An entry; that of a section leads to its first page and carries all of them as ``links``."""

    label: str
    url: str
    active: bool = False
    links: tuple["Link", ...] = ()


# Addresses of single notices and decisions belong to the list of announcements.
ANNOUNCED = ("/review/notices/", "/review/decisions/", "/supervision/decisions/")
# Reports, excuses and what districts forwarded belong to the yearly reports.
REPORTING = ("/supervision/reports/", "/supervision/excuses/", "/supervision/district-reports/")

ENDING = ("/supervision/resolutions/", "/supervision/plaques/")
# Evaluations and the rectifications that follow from them.
EVALUATING = ("/supervision/rectifications/",)

# Forming the panel of a call, and the experts' sheets.
SCORING = ("/review/calls/", "/review/sheets/")

# fmt: off
PUBLIC = (
    Item("首页", "desk:public_home"),
    Item("办事指南", "desk:guide", ("/self-check/",)),
    Item("申报通知", "applications:calls"),
    Item("公示公告", "desk:announcements", ANNOUNCED),
    Item("示范平台名录", "registry:register"),
    Item("称号核验", "registry:lookup"),
    Item("进度查询", "desk:progress"),
)
# The sections of the navigation.
FILING, BOOK, KEEPING, OPEN = "申报认定", "称号牌匾", "日常监督", "公开信息"
APPLICANT = (
    Item("我的事项", "desk:home"),
    Item("我的申报", "applications:mine", ("/applications/",)),
    Item("我的称号", "registry:platforms"),
    Item("年度报告", "supervision:my_reports", REPORTING),
    Item("变更备案", "supervision:changes"),
    Item("服务活动", "supervision:invitations", (), KEEPING),
    Item("指导检查", "supervision:checks", (), KEEPING),
    Item("测评整改", "supervision:evaluations", EVALUATING, KEEPING),
    Item("取消撤销", "supervision:endings", ENDING, KEEPING),
    Item("办事指南", "desk:guide", (), OPEN),
    Item("公示公告", "desk:announcements", ANNOUNCED, OPEN),
    Item("示范平台名录", "registry:register", (), OPEN),
)
BY_ROLE: dict[str, tuple[Item, ...]] = {
    Role.FILER: APPLICANT,
    Role.SIGNATORY: APPLICANT,
    Role.DISTRICT_OFFICER: (
        Item("待办", "desk:home"),
        Item("初审推荐", "review:queue", ("/review/applications/", "/review/samples/"), FILING),
        Item("推荐汇总", "review:summaries", (), FILING),
        Item("申报统计", "desk:statistics", (), FILING),
        Item("本区平台", "registry:platforms", ("/register/bans/",), BOOK),
        Item("账号认领", "registry:claims", (), BOOK),
        Item("经办人交接", "applications:handovers", (), BOOK),
        Item("年度报告", "supervision:report_queue", REPORTING, KEEPING),
        Item("变更备案", "supervision:changes", (), KEEPING),
        Item("指导检查", "supervision:checks", (), KEEPING),
        Item("服务活动", "supervision:activities", ("/supervision/invitations/",), KEEPING),
        Item("测评整改", "supervision:evaluations", EVALUATING, KEEPING),
        Item("取消撤销", "supervision:endings", ENDING, KEEPING),
        Item("支持推荐", "supervision:support", (), BOOK),
        Item("公示公告", "desk:announcements", ANNOUNCED),
    ),
    Role.CITY_OFFICER: (
        Item("待办", "desk:home"),
        Item("申报通知", "applications:calls", (), FILING),
        Item("市级受理", "review:city_queue", ("/review/applications/", "/review/samples/"), FILING),
        Item("专家评审", "review:panels", SCORING, FILING),
        Item("现场核查", "review:inspections", (), FILING),
        Item("公示异议", "review:notice_desk", ("/review/desk/objections/",), FILING),
        Item("集体决策", "review:meetings", (), FILING),
        Item("申报统计", "desk:statistics", (), FILING),
        Item("称号牌匾", "registry:platforms", ("/review/plaques/", "/register/imports/", "/register/claims/", "/register/bans/"), BOOK),
        Item("年度报告", "supervision:report_completeness", REPORTING, KEEPING),
        Item("变更备案", "supervision:changes", (), KEEPING),
        Item("指导检查", "supervision:checks", (), KEEPING),
        Item("服务活动", "supervision:activities", ("/supervision/invitations/",), KEEPING),
        Item("测评整改", "supervision:evaluations", EVALUATING, KEEPING),
        Item("取消撤销", "supervision:endings", ENDING, KEEPING),
        Item("投诉举报", "review:complaints"),
        Item("支持推荐", "supervision:support", (), BOOK),
    ),
    Role.EXPERT: (Item("我的评审", "desk:home"), Item("评分任务", "review:my_sheets"), Item("测评任务", "supervision:my_evaluations", ("/supervision/evaluations/",))),
    Role.INSPECTOR: (Item("我的核查", "desk:home"), Item("核查任务", "review:inspections")),
    Role.EVALUATOR: (
        Item("我的测评", "desk:home"),
        Item("测评任务", "supervision:my_evaluations", ("/supervision/evaluations/",)),
    ),
    Role.AUDITOR: (
        Item("监督工作台", "desk:home"),
        Item("办理记录", "desk:records"),
        Item("权限", "desk:grants"),
        Item("制发文件", "desk:issued"),
        Item("申报", "review:city_queue", ("/review/applications/", "/review/samples/"), FILING),
        Item("专家评审", "review:panels", SCORING, FILING),
        Item("现场核查", "review:inspections", (), FILING),
        Item("公示异议", "review:notice_desk", ("/review/desk/objections/",), FILING),
        Item("集体决策", "review:meetings", (), FILING),
        Item("申报统计", "desk:statistics", (), FILING),
        Item("名录", "registry:platforms", ("/register/imports/", "/register/claims/", "/register/bans/"), BOOK),
        Item("年度报告", "supervision:report_completeness", REPORTING, KEEPING),
        Item("变更备案", "supervision:changes", (), KEEPING),
        Item("指导检查", "supervision:checks", (), KEEPING),
        Item("服务活动", "supervision:activities", ("/supervision/invitations/",), KEEPING),
        Item("测评整改", "supervision:evaluations", EVALUATING, KEEPING),
        Item("取消撤销", "supervision:endings", ENDING, KEEPING),
        Item("支持推荐", "supervision:support", (), BOOK),
        Item("投诉举报", "review:complaints"),
    ),
    Role.SYSADMIN: (Item("管理", "desk:home"), Item("工作日安排", "desk:workdays"), Item("后台", "admin:index")),
}
FOOTER = (
    Item("办事指南", "desk:guide"),
    Item("三分钟自测", "desk:self_check"),
    Item("办法全文", "desk:regulation"),
    Item("公示公告", "desk:announcements", ANNOUNCED),
    Item("示范平台名录", "registry:register"),
    Item("称号核验", "registry:lookup"),
    Item("投诉举报", "review:complain"),
    Item("无障碍声明", "desk:accessibility"),
    Item("隐私说明", "desk:privacy"),
    Item("网站地图", "desk:sitemap"),
)
# fmt: on


def address(view: str) -> str | None:
    """The address of a view, or None while it has none."""
    return _address(view, get_urlconf())


@cache
def _address(view: str, urlconf: str | None) -> str | None:
    """Every page asks for some twenty of them, and they never change."""
    try:
        return reverse(view, urlconf)
    except NoReverseMatch:
        return None


def links(items: tuple[Item, ...], path: str = "") -> list[Link]:
    """The items that exist, the one whose address ``path`` lies deepest under marked as active."""
    return [link for _, link in _found(items, path)]


def _found(items: tuple[Item, ...], path: str) -> list[tuple[Item, Link]]:
    found = [(item, url) for item in items if (url := address(item.view))]
    here = max(
        (own for item, url in found for own in (url, *item.under) if lies_under(path, own)), key=len, default=None
    )
    return [
        (item, Link(item.label, url, active=here is not None and here in (url, *item.under))) for item, url in found
    ]


def sections(items: tuple[Item, ...], path: str = "") -> list[Link]:
    """The items that exist, those of one section gathered where its first one stands; a section of one is that item."""
    gathered: dict[str, list[Link]] = {}
    for item, link in _found(items, path):
        gathered.setdefault(item.section or item.label, []).append(link)
    return [
        own[0] if len(own) == 1 else Link(name, own[0].url, any(link.active for link in own), tuple(own))
        for name, own in gathered.items()
    ]


def lies_under(path: str, prefix: str) -> bool:
    return path == prefix if prefix == "/" else path.startswith(prefix)


def navigation(actor: Actor, path: str) -> list[Link]:
    """The main navigation of the acting person, or the public's."""
    return sections(BY_ROLE.get(actor.role, PUBLIC), path)
