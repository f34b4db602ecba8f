"""What applicants ask, as data: the answers come from the parameters in force and ``regulation.readings``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A question. ``rule`` names the parameter whose threshold is told, ``key`` the finding whose reading explains it."""

    question: str
    rule: str = ""
    key: str = ""
    more: str = ""


def _about(question: str, name: str, more: str = "") -> Asked:
    return Asked(question, name, name, more)


# fmt: off
QUESTIONS = (
    _about("年服务的中小企业数怎么算？", "min_smes", "企业的统一社会信用代码不正确的不计入。"),
    _about("“近两年服务中小企业数量增长”怎么算？", "min_growth", "尚未开展服务的年度填 0，不是空着。"),
    _about("“平台成立两年以上”从哪天算到哪天？", "platform_years", "看平台启动服务的日期，不是单位成立的日期。"),
    Asked("个体工商户算不算？", key="", more="计算“年服务中小企业数”时个体工商户另列、不计入；计算信息服务的“年服务企业数”时计入，该项条文称“企业”（默认规则）。"),
    _about("“专精特新”中小企业怎么认？", "min_specialised", "国家、省、市有关部门认定的都算。"),
    _about("专职服务人员中学历、职称的比例怎么算？", "min_qualified_share"),
    _about("专职服务人员怎么算？", "min_staff"),
    _about("公益性和低收费服务占比怎么算？", "min_public_share"),
    _about("签约的专业服务机构怎么算？", "min_institutions", "协议正好在截止日当天到期的计入。"),
    _about("满意度以自己调查的为准，还是以抽查的为准？", "min_satisfaction"),
    _about("培训人次和培训人数有什么区别？", "training_person_times"),
    Asked("融资服务的活动次数和金额要同时达到吗？", key="financing_amounts", more="没有融资只有担保，或者没有担保只有融资，都可以。"),
    Asked("要申报几项服务功能？有一项没达标会影响其他功能吗？", key="several_or_distinctive"),
    Asked("第七条第（一）项“获得推荐”要自己去办吗？", more="不用。提交申报后由县(市)区、开发(度假)区主管部门审核后推荐，推荐之前这一项“尚待确定”，不算不符合。"),
    Asked("自测有不符合的，还能申报吗？", more="能。申报自愿，系统不因数值不够而拒绝提交；但八项基本条件须全部符合才能认定，不能以其他方面弥补。"),
    Asked("填报的数和清单算出来的数不一样怎么办？", more="两个数并列显示，由主管部门核对，按清单计算的数判断。请在提交前更正填报或者清单。"),
    Asked("快到截止时间了还能补正吗？", more="申报截止前提交即可。之后主管部门要求补正的，按补正期限办理，不因申报截止而失效。"),
)
# fmt: on
