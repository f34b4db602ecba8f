"""A platform with its title, whoever granted it and whichever term it is in."""

from dataclasses import dataclass

from accounts.actors import Actor
from desk.demo.city import City
from desk.demo.names import BODIES, Body
from desk.demo.timeline import Timeline
from registry.models import Title


@dataclass(frozen=True)
class Holder:
    """The organisation with this number and its newest title."""

    city: City
    number: int

    @property
    def body(self) -> Body:
        return BODIES[self.number - 1]

    @property
    def timeline(self) -> Timeline:
        return self.city.timeline

    @property
    def title(self) -> Title:
        """The newest title as it stands now."""
        titles = Title.objects.filter(credit_code=self.body.credit_code)
        return titles.select_related("platform__organisation", "platform__district", "district").latest("valid_to")

    @property
    def filer(self) -> Actor:
        return self.city.cast.filer(self.body)

    @property
    def signatory(self) -> Actor:
        return self.city.cast.signatory(self.body)

    @property
    def officer(self) -> Actor:
        """The officer of the district where the platform is now."""
        return self.city.cast.officer(self.title.platform.district)
