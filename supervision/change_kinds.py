"""What may be filed under Article 20: one row per matter, with what is asked and what proves it. Data, not code."""

from dataclasses import dataclass

from registry.models import Amendment

Kind = Amendment.Kind
DISTRICT, CODE = "district", "credit_code"
NOT_COMPLETED = "变更应在完成后报备，完成日期不能晚于今天。"


@dataclass(frozen=True)
class Asked:
    """One field of a matter; ``choice`` names a field that is not a line of text."""

    name: str
    label: str
    help_text: str = ""
    required: bool = True
    max_length: int = 200
    choice: str = ""


@dataclass(frozen=True)
class Matter:
    """One matter of a filing: its fields, the proof it needs, and what registering it does."""

    kind: str
    label: str
    hint: str
    fields: tuple[Asked, ...]
    proof: str
    effect: str


SERVICE_ADDRESS = Asked("service_address", "新的经营服务地址")

# fmt: off
MATTERS: tuple[Matter, ...] = (
    Matter(Kind.PLATFORM_NAME, "平台名称变更", "示范平台改名。", (Asked("platform_name", "新的平台名称", max_length=120),),
           "更名的决定或登记文件", "名录和称号页面改为新名称，并注明原名。"),
    Matter(Kind.OPERATOR_NAME, "运营单位名称变更", "运营单位更名，统一社会信用代码不变。", (Asked("operator_name", "新的单位名称", "与营业执照一致", max_length=120),),
           "更名后的营业执照（法人证书）和准予变更登记通知书", "名录和称号页面改为新名称，并注明原名。"),
    Matter(Kind.ADDRESS, "地址变更", "注册地址或经营服务地址变更，仍在原县(市)区。",
           (Asked("registered_address", "新的注册地址", "没有变更的留空", required=False), Asked("service_address", "新的经营服务地址", "没有变更的留空", required=False)),
           "变更后的执照，或新场所的产权、租赁证明", "登记的地址改为新地址。"),
    Matter(Kind.REPRESENTATIVE, "法定代表人变更", "运营单位的法定代表人变更。", (Asked("legal_representative", "新的法定代表人", max_length=60),),
           "变更后的营业执照（法人证书）", "登记的法定代表人改为新任。原法定代表人的账号由本单位在“本单位人员”中停用。"),
    Matter(Kind.DISTRICT, "迁移到其他县(市)区", "经营服务地迁往本市其他县(市)区、开发(度假)区，或者迁出本市。",
           (Asked("district", "迁往", choice=DISTRICT), SERVICE_ADDRESS),
           "新场所的产权、租赁证明和变更登记文件", "自备案之日起由新的县(市)区主管部门指导和受理；此前的记录和事项仍在原县(市)区。迁出本市的由市局研究处理。"),
    Matter(Kind.OPERATOR, "运营单位变更", "平台改由另一个法人单位运营（含合并、分立）。",
           (Asked("operator_name", "新的运营单位名称", max_length=120), Asked("credit_code", "新运营单位统一社会信用代码", choice=CODE), Asked("legal_representative", "新运营单位法定代表人", max_length=60), Asked("registered_address", "新运营单位注册地址")),
           "双方协议、内部决议和新运营单位的营业执照（法人证书）", "市局重新核验并经集体决策后生效，证号和有效期不变。"),
    Matter(Kind.OTHER, "其他重大事项变更", "股权、业务范围、服务功能等其他重大变更。",
           (Asked("matter", "变更事项", "例如：经营范围", max_length=60), Asked("before", "变更前", max_length=400), Asked("after", "变更后", max_length=400)),
           "能够证明变更的文件", "载入称号的变更记录。"),
)
# fmt: on
BY_KIND = {matter.kind: matter for matter in MATTERS}
