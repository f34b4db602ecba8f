"""The lists of a report: the columns of the filing form, with the words of a report on one year."""

from dataclasses import replace

from applications.listforms import LISTS as FILED
from applications.listforms import ListForm
from applications.models import ListKind

_HINTS = {
    ListKind.SERVED: "报告年度服务的企业，服务中小企业数按此表计算",
    ListKind.STAFF: "年末在岗的服务人员，专职人数按此表计算",
    ListKind.INSTITUTIONS: "年末协议仍有效的机构",
    ListKind.ACTIVITIES: "报告年度开展的活动，活动次数和人次按此表计算",
    ListKind.FINANCING: "报告年度帮助的融资、新增的担保，没有的不必填写",
    ListKind.SERVICES: "报告年度各项服务的服务量，填写后与填报的服务量对照",
}
_HELP = {
    "year": "四位年份，填写报告年度。",
    "phone": "便于县区了解服务情况。",
    "arranged_on": "只列报告年度到账的融资、新增的担保。",
}


def _reported(form: ListForm) -> ListForm:
    columns = tuple(
        replace(column, help=_HELP[column.key]) if column.key in _HELP else column for column in form.columns
    )
    return replace(form, hint=_HINTS.get(form.kind, form.hint), columns=columns)


LISTS: dict[str, ListForm] = {kind: _reported(form) for kind, form in FILED.items()}
