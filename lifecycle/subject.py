"""What every model with a life has in common, and how its methods are bound to the table."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django_fsm import FSMField, transition

from accounts.models import District, Organisation, User
from lifecycle import states, steps
from regulation.parameters import Parameters
from timekeeping import clock

Method = Callable[..., Any]


def performs(subject: str, name: str) -> Callable[[Method], Method]:
    """Bind a model method to the row ``subject.name`` of the table as a django-fsm transition.

    Only ``lifecycle.engine`` calls such a method; permissions are checked there, never by django-fsm.
    """
    row = steps.step_of(subject, name)

    def bind(method: Method) -> Method:
        source = list(row.sources) or [""]
        return transition(field="state", source=source, target=row.target, custom={"label": row.label})(method)

    return bind


class StateField(FSMField):
    """The protected state. Migrations know it as plain text: django-fsm would leave a signal receiver behind for every
    model that a migration renders, and creating a database would take minutes.
    """

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, {k: v for k, v in kwargs.items() if k != "protected"}


def state_field(subject: str) -> FSMField:
    """The protected state of a subject; empty only before its creating step."""
    return StateField(
        "状态",
        default="",
        protected=True,
        max_length=40,
        choices=states.choices_of(subject),
        db_index=True,
        editable=False,
    )


def state_constraint(subject: str) -> models.CheckConstraint:
    """The database refuses states that the table does not know."""
    return models.CheckConstraint(
        name=f"{subject}_state_is_known", condition=models.Q(state__in=list(steps.states_of(subject)))
    )


class Subject(models.Model):
    """A model whose state moves only by steps of the table.

    Subclasses give ``SUBJECT``, a ``state`` made by ``state_field`` and one method per step made by ``performs``.
    ``version`` grows by one with every step, so that a page rendered earlier is recognised as stale.
    """

    SUBJECT: str
    # Fields of legal effect, and those of rows by relation, that nothing but a step changes; see ``lifecycle.seals``.
    SEALED: tuple[str, ...] = ()
    SEALED_ROWS: ClassVar[Mapping[str, tuple[str, ...]]] = MappingProxyType({})
    # Every subject brings its own FSMField of this name.
    state: str

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField("版本", default=0, editable=False)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    class Meta:
        abstract = True

    @property
    def heading(self) -> str:
        """How messages and pages name the subject."""
        return str(self)

    @property
    def status(self) -> states.State:
        """Label, tone and advice of the present state."""
        return states.state_of(self.SUBJECT, self.state)

    @property
    def is_sealed(self) -> bool:
        """Whether ``SEALED`` stands fast in the present state; a draft that is edited without a step is not."""
        return bool(self.SEALED)

    @property
    def concerned_organisation(self) -> Organisation | None:
        """The organisation whose people may act as applicant and are told; None when there is none."""
        return None

    @property
    def concerned_district(self) -> District | None:
        """The district whose officers may act and are told; None when there is none."""
        return None

    @property
    def pinned_parameters(self) -> Parameters | None:
        """The parameters the subject is judged by when a call pinned them; None: those in force on the day."""
        return None

    def assigned_users(self) -> Iterable[User]:
        """The experts, inspectors or evaluators assigned to this very case."""
        return ()

    def outsiders(self) -> Iterable[str]:
        """E-mail addresses of people without an account who are told."""
        return ()

    def public_url(self) -> str:
        """Where outsiders follow the subject; empty when they cannot."""
        return ""

    def get_absolute_url(self) -> str:
        """Where its people find the subject."""
        raise NotImplementedError

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Read again, the state too: django-fsm protects a loaded state even from Django itself."""
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using, fields, from_queryset)
        if fields is None:
            super().refresh_from_db(using, ["state"], from_queryset)

    def clean_fields(self, exclude: Iterable[str] | None = None) -> None:
        super().clean_fields(exclude={*(exclude or ()), "state"})


def subject_models() -> list[type[Subject]]:
    """Every model with a life, in the order of the table."""
    found = {m.SUBJECT: m for m in apps.get_models() if issubclass(m, Subject)}
    return [found[name] for name in steps.subjects() if name in found]


def model_of(subject: str) -> type[Subject]:
    """The model of a life. Raises KeyError when no installed model has it."""
    return {m.SUBJECT: m for m in subject_models()}[subject]
