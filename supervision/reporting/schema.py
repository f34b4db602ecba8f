"""The form of the annual report as data. The regulation asks for summary and plan only; what they cover is a default.

``year`` in the labels is the year reported on. The lists are those of the filing form (``applications.listforms``).
"""

from applications.models import ListKind
from applications.schema import YES, Field, Group, Kind, Section

FORM = "2022"
DONE = ("commissioned", (YES,))
CHANGED = ("changed", (YES,))

# fmt: off
SECTIONS: tuple[Section, ...] = (
    Section("operation", "运营管理和制度建设", "平台运营、团队、制度的年度情况", (
        Group("运营管理", (
            Field("operation", "运营管理情况", Kind.LONG, help="写明平台建设、组织机构、合作资源的变化。", article="17", max_length=3000),
            Field("revenue", "营业收入", Kind.MONEY, "万元"),
            Field("service_income", "其中：服务收入", Kind.MONEY, "万元"),
            Field("full_time_staff", "年末专职服务人员数", Kind.INT, "人"),
            Field("institutions", "年末签约服务机构数", Kind.INT, "家"),
        )),
        Group("制度建设", (
            Field("rules", "制度建设情况", Kind.LONG, help="新建、修订的管理制度和服务流程。", max_length=2000),
        )),
    ), "“年度”均指报告年度，即报送当年的上一自然年度。"),
    Section("performance", "服务业绩和成效", "服务企业、开展活动、服务成效", (
        Group("服务数量", (
            Field("smes", "服务中小企业数", Kind.INT, "家", help="按统一社会信用代码去重，个体工商户不计。", article="17"),
            Field("specialised", "其中：“专精特新”中小企业数", Kind.INT, "家"),
            Field("activities", "开展服务活动次数", Kind.INT, "次"),
            Field("participants", "参加活动人次", Kind.INT, "人次"),
        )),
        Group("服务成效", (
            Field("results", "服务业绩和成效", Kind.LONG, article="17", max_length=5000),
            Field("cases", "典型案例", Kind.LONG, required=False, max_length=5000),
        )),
    )),
    Section("quality", "服务质量、收费和公益性服务", "质量保证、收费、满意度、公益性和低收费服务", (
        Group("质量和收费", (
            Field("quality", "服务质量保证情况", Kind.LONG, max_length=2000),
            Field("charges", "服务收费情况", Kind.LONG, help="收费项目、标准和执行情况。", max_length=2000),
        )),
        Group("满意度", (
            Field("satisfaction", "用户满意度", Kind.PERCENT, "%"),
            Field("satisfaction_method", "调查方法和样本", max_length=200),
        )),
        Group("公益性服务", (
            Field("service_unit", "服务量计量单位", help="总量和公益性、低收费服务用同一单位。", max_length=20),
            Field("total_services", "服务总量", Kind.INT),
            Field("free_services", "其中：公益性（免费）服务", Kind.INT),
            Field("low_fee_services", "其中：低收费服务", Kind.INT),
            Field("public_note", "公益性服务情况", Kind.LONG, required=False, max_length=2000),
        )),
    )),
    Section("tasks", "承担任务和重大变更", "政府委托任务、是否发生重大变更", (
        Group("承担政府委托任务", (
            Field("commissioned", "是否承担政府委托任务", Kind.YES_NO),
            Field("commissioned_note", "任务和完成情况", Kind.LONG, when=DONE, max_length=2000),
        )),
        Group("重大变更", (
            Field("changed", "是否发生名称、地址、法定代表人等重大变更", Kind.YES_NO, help="年度报告不代替备案：重大变更应在完成后10个工作日内另行备案。", article="20"),
            Field("changed_note", "变更情况", Kind.LONG, help="变更事项、完成日期、是否已经备案。", when=CHANGED, max_length=2000),
        )),
    )),
    Section("plan", "当年工作计划和目标", "报送当年的工作计划、目标和措施", (
        Group("工作计划", (
            Field("plan", "当年工作计划", Kind.LONG, help="总结和计划一并报送。", article="17", max_length=5000),
        )),
        Group("当年目标", (
            Field("target_smes", "计划服务中小企业数", Kind.INT, "家"),
            Field("target_activities", "计划开展服务活动次数", Kind.INT, "次"),
            Field("targets", "其他目标和措施", Kind.LONG, max_length=3000),
        )),
    )),
)
# fmt: on
BY_KEY: dict[str, Section] = {section.key: section for section in SECTIONS}

# A list is needed unless the field beside it says that there was nothing.
NEEDED: dict[str, tuple[str, str]] = {
    ListKind.SERVED: ("performance", "smes"),
    ListKind.ACTIVITIES: ("performance", "activities"),
    ListKind.STAFF: ("operation", "full_time_staff"),
    ListKind.INSTITUTIONS: ("operation", "institutions"),
}
# Lists that describe what stands, not what happened in the year: taken over from the last report or application.
STANDING = (ListKind.STAFF, ListKind.INSTITUTIONS, ListKind.EQUIPMENT, ListKind.QUALIFICATIONS)
# A part cannot be larger than its whole.
PARTS: dict[tuple[str, str], str] = {
    ("operation", "service_income"): "revenue",
    ("performance", "specialised"): "smes",
    ("quality", "free_services"): "total_services",
    ("quality", "low_fee_services"): "total_services",
}
