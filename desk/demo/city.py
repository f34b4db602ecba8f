"""The city while it is played: its timeline, its people, and the cases of the round under way."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from accounts.actors import Actor
from applications.models import Application, Call
from desk.demo.names import BODIES, Body
from desk.demo.people import Cast
from desk.demo.timeline import Timeline


@dataclass
class City:
    """What every story shares. ``say`` prints one line of progress."""

    timeline: Timeline
    cast: Cast
    say: Callable[[str], None] = lambda _: None


@dataclass
class Round:
    """One yearly call with its cases by the number of their organisation."""

    city: City
    year: int
    call: Call | None = None
    cases: dict[int, "Case"] = field(default_factory=dict)
    places: Counter[int] = field(default_factory=Counter)

    def case(self, number: int) -> "Case":
        """The case of an organisation in this round."""
        if number not in self.cases:
            self.cases[number] = Case(self, BODIES[number - 1])
        return self.cases[number]

    def next_place(self, case: "Case") -> int:
        """The next place among the recommendations of the case's district."""
        self.places[case.application.district_id] += 1
        return self.places[case.application.district_id]


@dataclass
class Case:
    """One organisation's application in one round."""

    round: Round
    body: Body
    uuid: object = None

    @property
    def city(self) -> City:
        return self.round.city

    @property
    def timeline(self) -> Timeline:
        return self.round.city.timeline

    @property
    def application(self) -> Application:
        """The application as it stands now."""
        return Application.objects.get(uuid=self.uuid)

    @property
    def filer(self) -> Actor:
        return self.city.cast.filer(self.body)

    @property
    def signatory(self) -> Actor:
        return self.city.cast.signatory(self.body)

    @property
    def officer(self) -> Actor:
        """The officer of the district where the application lies."""
        return self.city.cast.officer(self.application.district)
