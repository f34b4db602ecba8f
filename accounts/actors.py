"""Who acts: a person in one capacity, the system itself, or a member of the public.

Services take an ``Actor``, never a request. ``by_user`` and ``by_request`` are the only places that make one for a person.
"""

from dataclasses import dataclass

from accounts.models import APPLICANT_ROLES, Capacity, District, Organisation, Role, User

PUBLIC = "public"
SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """A person in one capacity; ``user`` and ``capacity`` are None for the public and the system."""

    role: str
    user: User | None = None
    capacity: Capacity | None = None

    @property
    def is_person(self) -> bool:
        return self.capacity is not None

    @property
    def is_applicant(self) -> bool:
        return self.role in APPLICANT_ROLES

    @property
    def district(self) -> District | None:
        return self.capacity.district if self.capacity else None

    @property
    def district_id(self) -> int | None:
        return self.capacity.district_id if self.capacity else None

    @property
    def organisation(self) -> Organisation | None:
        return self.capacity.organisation if self.capacity else None

    @property
    def organisation_id(self) -> int | None:
        return self.capacity.organisation_id if self.capacity else None

    @property
    def person(self) -> User:
        """The acting person; ValueError for the public and the system, who own no rows."""
        if self.user is None:
            raise ValueError("not acted by a person")
        return self.user

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def name(self) -> str:
        """The name shown to people: the person's, 社会公众 or 系统."""
        if self.user:
            return self.user.name
        return "系统" if self.role == SYSTEM else "社会公众"

    @property
    def title(self) -> str:
        """Name and capacity, such as 王芳（盘龙区… · 县区主管部门经办人）."""
        return f"{self.name}（{self.capacity.label}）" if self.capacity else self.name

    @property
    def key(self) -> str:
        """How the record names the actor: user UUID and capacity UUID, or ``public`` / ``system``."""
        return f"{self.user.uuid}:{self.capacity.uuid}" if self.user and self.capacity else self.role

    def has(self, *roles: str) -> bool:
        return self.role in roles


public = Actor(role=PUBLIC)
system = Actor(role=SYSTEM)


def acting(capacity: Capacity) -> Actor:
    """The person of ``capacity`` acting in it."""
    return Actor(role=Role(capacity.role), user=capacity.user, capacity=capacity)


def capacities_of(user: User) -> list[Capacity]:
    """The capacities in force today, oldest first."""
    return list(user.capacities.active().select_related("district", "organisation"))
