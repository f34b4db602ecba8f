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

    A link is given as a regular expression its address must match; the first one in ``<main>`` is taken. ``who`` is a user name of the
    demo city; without it the first person of the role opens the page.
    """

    name: str
    role: str
    view: str
    looks: tuple[Look, ...] = BOTH
    follow: tuple[str, ...] = ()
    who: str = ""


UUID = "[0-9a-f-]{36}"
# A platform under rectification, its district, and who confirms decisions.
PLATFORM, DISTRICT, CONFIRMS = "applicant39", "jingkai", "city4"

# fmt: off
TOUR = (
    Stop("public-home",      PUBLIC,                "desk:public_home"),
    Stop("public-guide",     PUBLIC,                "desk:guide"),
    Stop("self-check",       PUBLIC,                "desk:self_check", ALL),
    Stop("public-register",  PUBLIC,                "registry:register"),
    Stop("public-check",     PUBLIC,                "registry:register", ALL, (r"^/register/check/.+/$",)),
    Stop("public-figures",   PUBLIC,                "registry:statistics"),
    Stop("announcements",    PUBLIC,                "desk:announcements"),
    Stop("public-notice",    PUBLIC,                "desk:public_home", ALL, (r"^/review/notices/[^/]+/$",)),
    Stop("login",            PUBLIC,                "login"),
    Stop("filer",            Role.FILER,            "desk:home", ALL),
    Stop("task-list",        Role.FILER,            "desk:home", ALL, (r"^/applications/[0-9a-f-]{36}/$",)),
    Stop("section",          Role.FILER,            "desk:home", ALL, (r"^/applications/[0-9a-f-]{36}/$", "/section/finance/$")),
    Stop("check-section",    Role.FILER,            "desk:home", BOTH, (r"^/applications/[0-9a-f-]{36}/$", "/section/finance/$", "/check/finance/$")),
    Stop("list",             Role.FILER,            "desk:home", BOTH, (r"^/applications/[0-9a-f-]{36}/$", "/list/served/$")),
    Stop("material",         Role.FILER,            "desk:home", BOTH, (r"^/applications/[0-9a-f-]{36}/$", "/material/4/$")),
    Stop("people",           Role.FILER,            "applications:people"),
    Stop("signatory",        Role.SIGNATORY,        "desk:home"),
    Stop("district-officer", Role.DISTRICT_OFFICER, "desk:home", ALL),
    Stop("workbench",        Role.DISTRICT_OFFICER, "desk:home", ALL, (r"^/applications/[0-9a-f-]{36}/$",)),
    Stop("queue",            Role.DISTRICT_OFFICER, "review:queue", ALL, who="panlong"),
    Stop("phrases",          Role.DISTRICT_OFFICER, "review:phrases", who="panlong"),
    Stop("handovers",        Role.DISTRICT_OFFICER, "applications:handovers"),
    Stop("sample",           Role.DISTRICT_OFFICER, "desk:home", ALL, (rf"^/review/samples/{UUID}/$",), "panlong"),
    Stop("measurement",      Role.DISTRICT_OFFICER, "desk:home", BOTH, (rf"^/review/samples/{UUID}/$", rf"^/review/applications/{UUID}/$", "/measure/$"), "panlong"),
    Stop("summary-sheet",    Role.DISTRICT_OFFICER, "review:summaries", BOTH, (rf"^/review/summaries/{UUID}/$",)),
    Stop("statistics",       Role.CITY_OFFICER,     "desk:statistics", ALL),
    Stop("district-figures", Role.DISTRICT_OFFICER, "desk:statistics"),
    Stop("city-officer",     Role.CITY_OFFICER,     "desk:home"),
    Stop("meetings",         Role.CITY_OFFICER,     "review:meetings"),
    Stop("expert",           Role.EXPERT,           "desk:home"),
    Stop("sheets",           Role.EXPERT,           "review:my_sheets"),
    Stop("inspector",        Role.INSPECTOR,        "desk:home"),
    Stop("evaluator",        Role.EVALUATOR,        "desk:home"),
    Stop("auditor",          Role.AUDITOR,          "desk:home"),
    Stop("record",           Role.AUDITOR,          "desk:records"),
    Stop("sysadmin",         Role.SYSADMIN,         "desk:home"),
    Stop("public-complain",  PUBLIC,                "review:complain"),
    Stop("platform",         Role.FILER,            "desk:home", ALL, who=PLATFORM),
    Stop("platform-title",   Role.FILER,            "registry:platforms", BOTH, (rf"^/register/titles/{UUID}/$",), PLATFORM),
    Stop("platform-reports", Role.FILER,            "supervision:my_reports", BOTH, who=PLATFORM),
    Stop("platform-changes", Role.FILER,            "supervision:changes", BOTH, who=PLATFORM),
    Stop("platform-activities", Role.FILER,         "supervision:invitations", BOTH, who=PLATFORM),
    Stop("platform-rectification", Role.FILER,      "desk:home", ALL, (rf"^/supervision/rectifications/{UUID}/$",), PLATFORM),
    Stop("district-keeping", Role.DISTRICT_OFFICER, "desk:home", BOTH, who=DISTRICT),
    Stop("district-reports", Role.DISTRICT_OFFICER, "supervision:report_queue", BOTH, who=DISTRICT),
    Stop("district-checks",  Role.DISTRICT_OFFICER, "supervision:checks", BOTH, who=DISTRICT),
    Stop("completeness",     Role.CITY_OFFICER,     "supervision:report_completeness", ALL),
    Stop("evaluations",      Role.CITY_OFFICER,     "supervision:evaluations"),
    Stop("activities",       Role.CITY_OFFICER,     "supervision:activities"),
    Stop("changes",          Role.CITY_OFFICER,     "supervision:changes"),
    Stop("candidates",       Role.CITY_OFFICER,     "supervision:ending_candidates"),
    Stop("ending",           Role.CITY_OFFICER,     "supervision:ending_candidates", ALL, (rf"^/supervision/endings/{UUID}/$",)),
    Stop("resolution",       Role.CITY_OFFICER,     "desk:home", BOTH, (rf"^/supervision/resolutions/{UUID}/$",), CONFIRMS),
    Stop("complaints",       Role.CITY_OFFICER,     "review:complaints"),
    Stop("support",          Role.CITY_OFFICER,     "supervision:support"),
    Stop("imports",          Role.CITY_OFFICER,     "registry:imports", BOTH, who=CONFIRMS),
    Stop("evaluation",       Role.EVALUATOR,        "desk:home", ALL, (rf"^/supervision/evaluations/{UUID}/$",)),
)
# fmt: on
