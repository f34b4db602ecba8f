"""Filers who left their organisation: one replaced by the signatory, one by the district on a sealed letter."""

from accounts import actors
from accounts.actors import Actor
from applications.services import handover
from applications.services.handover import Successor
from desk.demo import names
from desk.demo.city import City
from desk.demo.content import mobile
from desk.demo.keeping.holder import Holder
from desk.demo.materials import upload
from desk.demo.timeline import Story
from files.purposes import Purpose

BY_SIGNATORY, BY_DISTRICT = 24, 44


def schedule(city: City) -> None:
    """Put both on the timeline."""
    city.timeline.add(by_signatory(city))
    city.timeline.add(by_district(city))


def by_signatory(city: City) -> Story:
    """The legal representative names the new filer."""
    yield city.timeline.on(city.timeline.before_present(12), hour=10)
    holder = Holder(city, BY_SIGNATORY)
    replace(holder, holder.signatory, "原经办人已调离本单位。")


def by_district(city: City) -> Story:
    """Filer and signatory could not be reached; the organisation brought its letter to the district."""
    yield city.timeline.on(city.timeline.before_present(5), hour=15)
    holder = Holder(city, BY_DISTRICT)
    replace(holder, holder.officer, "原经办人已离职，签字人在外地，单位来函请求办理交接。", sealed=True)


def replace(holder: Holder, actor: Actor, reason: str, *, sealed: bool = False) -> None:
    """Hand over, and let the new filer act from now on."""
    body = holder.body
    successor = Successor(names.person(400 + body.number), f"successor{body.number:02d}@example.com", mobile(body, 3))
    made = handover.hand_over(
        actor=actor, organisation=holder.filer.organisation, leaving=holder.filer.capacity, successor=successor, reason=reason,
        letter=upload("handover", Purpose.SIGNED) if sealed else None,
    )  # fmt: skip
    holder.city.cast.actors[f"applicant{body.number:02d}"] = actors.acting(made.successor)
