"""Changes filed with district and city at once (Art. 20): a move, a late one, one sent back, one new, one of operator on its way."""

from collections.abc import Mapping
from datetime import date

from desk.demo.city import City
from desk.demo.keeping.holder import Holder
from desk.demo.materials import stored
from desk.demo.names import BODIES
from desk.demo.timeline import Story
from files.purposes import Purpose
from registry.models import Amendment
from supervision.models import Change
from supervision.services import changes, operators
from supervision.services.changes import Filing

CITY = "city3"
Kind = Amendment.Kind


def schedule(city: City) -> None:
    """Put the changes on the timeline."""
    for story in (moved, late, returned, new, operator):
        city.timeline.add(story(city))


def moved(city: City) -> Story:
    """To another district, in time: the new district acts from the registration on."""
    timeline, holder = city.timeline, Holder(city, 24)
    yield timeline.on(date(2026, 3, 18), hour=10)
    values = {"district": "dianchi", "service_address": "滇池度假区怡景路66号"}
    change = file(holder, Kind.DISTRICT, date(2026, 3, 11), values)
    yield timeline.in_workdays(2)
    changes.examine(actor=holder.officer, change=fresh(change), opinion="租赁合同和变更登记与报备一致。")
    yield timeline.in_workdays(2)
    changes.register(actor=city.cast[CITY], change=fresh(change))


def late(city: City) -> Story:
    """Filed long after the ten working days: accepted and marked."""
    timeline, holder = city.timeline, Holder(city, 12)
    yield timeline.on(date(2026, 5, 19), hour=10)
    values = {"legal_representative": "宋云峰"}
    change = file(holder, Kind.REPRESENTATIVE, date(2026, 4, 7), values, "负责人交接期间未及时报备。")
    yield timeline.in_workdays(3)
    changes.examine(actor=holder.officer, change=fresh(change), opinion="执照已变更，逾期报备已提醒。")
    yield timeline.in_workdays(2)
    changes.register(actor=city.cast[CITY], change=fresh(change))


def returned(city: City) -> Story:
    """The proof is missing a page; the platform has to file again."""
    timeline, holder = city.timeline, Holder(city, 47)
    yield timeline.on(timeline.before_present(6), hour=11)
    values = {"registered_address": "", "service_address": "西山区春雨路188号"}
    change = file(holder, Kind.ADDRESS, timeline.before_present(9), values)
    yield timeline.in_workdays(2)
    reason = "租赁合同缺少出租方盖章页，请补充后重新报备。"
    changes.return_for_correction(actor=holder.officer, change=fresh(change), reason=reason)


def new(city: City) -> Story:
    """Filed two days ago; the district has to compare it."""
    timeline, holder = city.timeline, Holder(city, 39)
    yield timeline.on(timeline.before_present(2), hour=11)
    file(holder, Kind.PLATFORM_NAME, timeline.before_present(4), {"platform_name": "示例信息产业数字化服务平台"})


def operator(city: City) -> Story:
    """Another legal person takes over: verified again and put before the collective decision."""
    timeline, holder, successor = city.timeline, Holder(city, 48), BODIES[22]
    yield timeline.on(timeline.before_present(14), hour=11)
    values = {
        "operator_name": successor.name, "credit_code": successor.credit_code,
        "legal_representative": successor.representative, "registered_address": f"晋宁区{successor.address}",
    }  # fmt: skip
    change = file(holder, Kind.OPERATOR, timeline.before_present(17), values, "两单位合并，平台整体划转。")
    yield timeline.in_workdays(3)
    changes.examine(actor=holder.officer, change=fresh(change), opinion="合并协议、划转决定齐全。")
    yield timeline.in_workdays(3)
    operators.refer(
        actor=city.cast[CITY], change=fresh(change), findings="承接单位资产、场地、人员和服务能力经重新核验符合第七条。",
        papers=[stored("findings", Purpose.EVIDENCE)], kind=successor.kind,
    )  # fmt: skip


def file(holder: Holder, kind: str, completed_on: date, values: Mapping[str, str], words: str = "") -> Change:
    """The filing with its proof."""
    says = Filing(completed_on, values, words, [stored("change_proof", Purpose.EVIDENCE)])
    return changes.file(actor=holder.signatory, title=holder.title, kind=kind, says=says)


def fresh(change: Change) -> Change:
    """The filing as it stands now."""
    found = Change.objects.select_related("title__platform__organisation", "title__platform__district", "district")
    return found.get(pk=change.pk)
