"""Pages made of every component, for looking at them and for axe-core. Only the tests serve them."""

from datetime import date, datetime
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from accounts import access
from accounts.widgets import Day, Money, Segments, Upload
from platforms_site import urls as site
from timekeeping.clock import SHANGHAI

DISTRICTS = (("", "全部县(市)区"), ("wuhua", "五华区"), ("panlong", "盘龙区"))
STATES = ("有效", "已到期", "已取消")


class Everything(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="单位名称", help_text="与营业执照一致。")
    credit_code = forms.CharField(label="统一社会信用代码", max_length=18)
    founded = forms.DateField(label="成立日期", widget=Day)
    assets = forms.DecimalField(label="资产总额", widget=Money, help_text="按上一年度末资产负债表填写。")
    phone = forms.CharField(label="座机", required=False)
    district = forms.ChoiceField(label="所属县(市)区", choices=DISTRICTS)
    summary = forms.CharField(label="服务情况", widget=forms.Textarea(attrs={"rows": 4}))
    kind = forms.ChoiceField(
        label="单位性质",
        choices=[("enterprise", "企业"), ("institution", "事业单位"), ("association", "社会团体")],
        widget=forms.RadioSelect,
    )
    functions = forms.MultipleChoiceField(
        label="服务功能",
        choices=[("information", "信息服务"), ("training", "培训服务"), ("financing", "融资服务")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="可以多选。",
    )
    check = forms.ChoiceField(
        label="资产总额与填报一致", choices=[("ok", "符合"), ("fix", "需补正"), ("na", "不适用")], widget=Segments
    )
    report = forms.FileField(label="审计报告", widget=Upload(accept=".pdf", limit="PDF，不超过 20 MB。"))
    undertaking = forms.BooleanField(label="以上内容真实、准确、完整，如有虚假，愿意承担相应责任。")


class Filter(forms.Form):
    q = forms.CharField(label="名称或编号", required=False)
    district = forms.ChoiceField(label="县(市)区", choices=DISTRICTS, required=False)


# fmt: off
PARTS = {
    "tasks": [
        {"label": "单位基本信息", "url": "#", "hint": "名称、统一社会信用代码、法定代表人、联系人", "tone": "done", "status": "已完成"},
        {"label": "专业服务人员名册", "url": "#", "hint": "第 8、15 行职称等级与证书不一致", "tone": "bad", "status": "2 处需改正"},
        {"label": "服务中小企业名录", "url": "#", "hint": "已导入 132 家，去重后 128 家", "tone": "doing", "status": "填写中"},
        {"label": "典型服务案例", "url": "#", "hint": "不少于 3 个", "tone": "todo", "status": "未开始"},
        {"label": "真实性承诺书", "url": "#", "tone": "warn", "status": "待加盖公章"},
        {"label": "提交初审", "hint": "补齐后即可提交", "status": "暂不能提交"},
    ],
    "steps": [
        {"label": "网上申报", "state": "past", "note": "2026-11-02 提交"}, {"label": "初审推荐", "state": "now", "note": "盘龙区，还剩 3 个工作日"},
        {"label": "专家评审", "state": "next"}, {"label": "公示", "state": "next", "note": "10 个工作日"},
    ],
    "events": [
        {"label": "提交", "who": "李敏（签字人）", "at": datetime(2026, 11, 2, 10, 42, tzinfo=SHANGHAI)},
        {"label": "退回补正", "who": "王芳（盘龙区）", "at": datetime(2026, 11, 5, 9, 3, tzinfo=SHANGHAI), "note": "请更正资产总额。"},
    ],
    "rows": [("单位名称", "示例创新服务有限公司"), ("传真", ""), ("注册地址", "云南省昆明市盘龙区示例路 1 号示例大厦 12 层 1201 室")],
    "columns": [{"label": "申报单位"}, {"label": "县(市)区"}, {"label": "资产总额（万元）", "num": True}, {"label": "状态"}, {"label": "期限"}],
    "table": [
        [{"text": "示例创新服务有限公司", "url": "#", "note": "KM-2026-0037"}, "盘龙区", "446.05", {"text": "初审中", "tone": "doing"}, "2026-11-26"],
        [{"text": "示例融资担保有限公司", "url": "#"}, "五华区", None, {"text": "退回补正", "tone": "warn"}, "2026-11-30"],
    ],
    "tabs": [{"label": "待我办", "url": "#", "count": 17, "active": True}, {"label": "全部", "url": "#", "count": 52}, {"label": "退回补正中", "url": "#", "count": 3}],
    "chips": [{"label": "县(市)区：盘龙区", "remove_url": "#"}, {"label": "状态：初审中", "remove_url": "#"}],
    "tiles": [
        {"value": 17, "unit": "件", "label": "待我办", "url": "#"}, {"value": 2, "unit": "件", "label": "3 个工作日内到期", "tone": "warn", "url": "#"},
        {"value": 1, "unit": "件", "label": "已逾期", "tone": "bad", "url": "#"}, {"value": "80%", "label": "抽查满意度", "note": "有效 12 份"},
    ],
    "bars": [{"label": "已提交", "value": 40, "max": 40}, {"label": "县区推荐", "value": 31, "max": 40, "note": "78%"}, {"label": "认定", "value": 12, "max": 40}],
    "changes": [{"label": "在职人数", "old": "18 人", "new": "20 人"}, {"label": "职称证书", "new": "新增 2 份"}, {"label": "传真", "old": "0871-000"}],
    "elig": [
        {"label": "专职服务人员", "cite": "第七条第（六）项", "tone": "bad", "why": "已认 15 人，还差 1 人。", "url": "#", "action": "去补充"},
        {"label": "县区推荐", "cite": "第七条第（一）项", "tone": "wait", "why": "提交后由主管部门推荐。"}, {"label": "资产总额", "cite": "第七条第（二）项", "tone": "done"},
        {"label": "服务增长", "tone": "warn", "why": "上一年为 0，不能计算。"},
    ],
    "blocked": ["核对清单还有 3 项未作结论", "满意度抽查有效份数不足"],
    "files": [{"name": "2025年度审计报告（经会计师事务所盖章的完整扫描件）.pdf", "size": 5_300_000, "note": "24 页，李敏上传于 2026-11-02 10:42", "url": "#", "preview_url": "#", "remove_url": "#"}],
    "dues": [
        {"label": "初审期限", "last_day": date(2026, 12, 14), "workdays_left": 15, "overdue": False}, {"label": "补正期限", "last_day": date(2026, 11, 26), "workdays_left": 3, "overdue": False, "time": "17:30"},
        {"label": "答复期限", "last_day": date(2026, 11, 20), "workdays_left": 0, "overdue": True}, {"label": "公示截止", "last_day": date(2027, 1, 20), "workdays_left": None, "overdue": False},
    ],
    "money": Decimal("4460512.35"),
}
# fmt: on


@access.public
def components(request: HttpRequest) -> HttpResponse:
    """Every component."""
    page = Paginator(range(200), 20).page(5)
    return render(
        request, "gallery/components.html", {**PARTS, "page": page, "filter": Filter(), "crumbs": [("首页", "/")]}
    )


@access.public
def form(request: HttpRequest) -> HttpResponse:
    """Every field, empty or with its errors."""
    bound = Everything({"credit_code": "9153", "district": ""}, {}) if "bad" in request.GET else Everything()
    return render(request, "gallery/form.html", {"form": bound, "crumbs": [("首页", "/")]})


@access.public
def workbench(request: HttpRequest) -> HttpResponse:
    """The officers' three columns."""
    context = {**PARTS, "crumbs": [], "offers": [{"label": "保存", "value": "save", "form": "bench"},
        {"label": "退回补正（2）", "value": "return", "tone": "return", "form": "bench"},
        {"label": "推荐", "blockers": PARTS["blocked"]}, {"label": "下一份材料", "value": "next", "tone": "primary", "form": "bench"}]}  # fmt: skip
    return render(request, "gallery/workbench.html", context)


@access.public
def draft(request: HttpRequest) -> HttpResponse:
    """A form that saves itself."""
    return render(request, "gallery/draft.html", {"form": Filter(), "name": Everything()["name"]})


urlpatterns = [
    path("gallery/draft/", draft),
    path("gallery/components/", components),
    path("gallery/form/", form),
    path("gallery/workbench/", workbench),
    path("", include(site.urlpatterns)),
]
handler404 = site.handler404
