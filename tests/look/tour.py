"""Which pages are photographed and checked, by whom they are opened, and in which looks. One row is one page."""

from dataclasses import dataclass

from accounts.models import Role
from tests.look import DARK, DESKTOP, LARGE, PHONE, Look

PUBLIC = ""
BOTH = (DESKTOP, PHONE)
ALL = (DESKTOP, PHONE, DARK, LARGE)


@dataclass(frozen=True)
class Stop:
    """A page: the name of its pictures, the role of the person who opens it, its view, and the links followed from there.

    A link is given as a regular expression its address must match; the first one in ``<main>`` is taken.
    """

    name: str
    role: str
    view: str
    looks: tuple[Look, ...] = BOTH
    follow: tuple[str, ...] = ()


# fmt: off
TOUR = (
    Stop("public-home",      PUBLIC,                "desk:public_home"),
    Stop("public-guide",     PUBLIC,                "desk:guide"),
    Stop("public-register",  PUBLIC,                "registry:register"),
    Stop("public-check",     PUBLIC,                "registry:register", ALL, (r"^/register/check/.+/$",)),
    Stop("public-figures",   PUBLIC,                "registry:statistics"),
    Stop("announcements",    PUBLIC,                "desk:announcements"),
    Stop("public-notice",    PUBLIC,                "desk:public_home", ALL, (r"^/review/notices/[^/]+/$",)),
    Stop("login",            PUBLIC,                "login"),
    Stop("filer",            Role.FILER,            "desk:home", ALL),
    Stop("task-list",        Role.FILER,            "desk:home", ALL, (r"^/applications/[0-9a-f-]{36}/$",)),
    Stop("signatory",        Role.SIGNATORY,        "desk:home"),
    Stop("district-officer", Role.DISTRICT_OFFICER, "desk:home", ALL),
    Stop("workbench",        Role.DISTRICT_OFFICER, "desk:home", ALL, (r"^/applications/[0-9a-f-]{36}/$",)),
    Stop("queue",            Role.DISTRICT_OFFICER, "review:queue"),
    Stop("city-officer",     Role.CITY_OFFICER,     "desk:home"),
    Stop("meetings",         Role.CITY_OFFICER,     "review:meetings"),
    Stop("expert",           Role.EXPERT,           "desk:home"),
    Stop("sheets",           Role.EXPERT,           "review:my_sheets"),
    Stop("inspector",        Role.INSPECTOR,        "desk:home"),
    Stop("evaluator",        Role.EVALUATOR,        "desk:home"),
    Stop("auditor",          Role.AUDITOR,          "desk:home"),
    Stop("record",           Role.AUDITOR,          "desk:records"),
    Stop("sysadmin",         Role.SYSADMIN,         "desk:home"),
)
# fmt: on
