"""The small recurring cast of the tests: persons in their capacities, organisations, a call that is open."""

from datetime import date, timedelta
from itertools import count

from django.db import connection

from accounts import actors
from accounts.models import Capacity, District, Organisation, Role, User
from applications import versions
from applications.models import Application, Call
from applications.services import calls, filing, lists, materials, sections, submission
from files import intake
from files.models import StoredFile
from lifecycle import workdays
from lifecycle.models import WorkCalendarYear
from lifecycle.subject import Subject
from regulation import terms
from review.documents.notices import notice_pdf
from review.models import Notice, SummarySheet
from review.selectors import notice_text, summaries
from review.services import notices
from tests import drafts
from tests.kept import kept
from timekeeping import clock

PASSWORD = "Kunming-2026-test"
_numbers = count(1)


@kept
def person(username: str, role: Role, **scope: object) -> actors.Actor:
    """A person with a password in one open capacity, as an actor."""
    user = User.objects.create_user(username, PASSWORD, name=username, email=f"{username}@example.com")
    return actors.acting(Capacity.objects.create(user=user, role=role, valid_from=clock.today(), **scope))


def district(slug: str = "panlong") -> District:
    return District.objects.get(slug=slug)


@kept
def organisation(name: str = "示例创新服务有限公司", slug: str = "panlong", credit_code: str = "") -> Organisation:
    """A registered organisation of a district with a valid credit code of its own."""
    from regulation.identifiers import make_credit_code

    return Organisation.objects.create(
        name=name,
        credit_code=credit_code or make_credit_code(f"91530100{next(_numbers):09d}"),
        kind="enterprise",
        legal_representative="示例法人",
        district=district(slug),
        registered_address=f"{district(slug).name}示例路1号",
        service_address=f"{district(slug).name}示例路1号",
    )


def city_officer(username: str = "city") -> actors.Actor:
    return person(username, Role.CITY_OFFICER)


def district_officer(username: str = "district", slug: str = "panlong") -> actors.Actor:
    return person(username, Role.DISTRICT_OFFICER, district=district(slug))


def filer(body: Organisation, username: str = "filer") -> actors.Actor:
    return person(username, Role.FILER, organisation=body)


def signatory(body: Organisation, username: str = "signatory") -> actors.Actor:
    return person(username, Role.SIGNATORY, organisation=body)


@kept
def open_call(officer: actors.Actor) -> Call:
    """A published call that opened a moment ago and closes in twenty days."""
    now = clock.now()
    call = calls.prepare(
        actor=officer,
        year=now.year,
        title=f"{now.year}年度昆明市中小企业公共服务示范平台申报通知",
        document_number=f"昆工信通〔{now.year}〕1号",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=20),
        district_due_at=now + timedelta(days=40),
        territorial_test="service",
        requirements="按办法第九条提交材料。",
        contact="0871-63135193",
        portal_url="",
    )
    return calls.publish(actor=officer, call=call)


@kept
def complete_draft(
    call: Call,
    body: Organisation,
    person: actors.Actor,
    platform_name: str = "示例平台",
    most: int | None = None,
) -> Application:
    """A draft that lacks nothing and meets everything of Art. 7 and 8 but the district's recommendation.

    With ``most`` its lists are cut to so many rows, which misses thresholds but can be filed, and prints quickly.
    """
    application = filing.create(actor=person, call=call, platform_name=platform_name)
    for key, data in drafts.sections(call, platform_name).items():
        sections.save(actor=person, application=application, key=key, data=data, revision=0)
    for kind, rows in drafts.lists(call, body).items():
        lists.write_rows(actor=person, application=application, kind=kind, rows=rows[:most])
    for document in drafts.DOCUMENTS:
        upload = drafts.upload(f"{document}.pdf")
        materials.add(actor=person, application=application, document=document, uploads=[upload])
    application.refresh_from_db()
    return application


@kept
def stored_file(name: str = "材料.pdf") -> StoredFile:
    """A stored file with real content under its hash."""
    return intake.keep_generated(f"%PDF-1.4\n% {name}\n".encode(), name)


@kept
def accepted_application(call: Call, officer: actors.Actor, **kwargs: object) -> Application:
    """An application accepted by the district ``officer``; ``kwargs`` as for ``tests.review.build.submitted``."""
    from review.services import district as desk
    from tests.review import build

    return desk.accept(actor=officer, application=build.submitted(call, **kwargs))


@kept
def recommended_application(
    call: Call, officer: actors.Actor, *, order: int = 1, satisfied: int | None = None, **kwargs: object
) -> Application:
    """A case checked, measured, sampled and recommended by the district ``officer``."""
    from review.services import district as desk
    from tests.review import build

    application = build.ready(officer, build.submitted(call, **kwargs), satisfied=satisfied)
    desk.recommend(actor=officer, application=application, opinion="同意推荐。", order=order)
    return Application.objects.get(pk=application.pk)


@kept
def forward(call: Call, officer: actors.Actor) -> SummarySheet:
    """What the district ``officer`` has recommended for the call, printed, sealed and forwarded."""
    from review.services import district as desk

    sheet = SummarySheet.objects.get(call=call, district=officer.district_id, state="open")
    mark = summaries.fingerprint(sheet, summaries.rows_of(sheet))
    scan = stored_file(f"附件2盖章{next(_numbers)}.pdf")
    desk.keep_scan(actor=officer, sheet=sheet, file=scan, fingerprint=mark)
    letter = f"区工信〔{clock.today().year}〕{next(_numbers)}号"
    return desk.forward(actor=officer, sheet=sheet, letter_number=letter)


@kept
def forwarded_application(call: Call, officer: actors.Actor, **kwargs: object) -> Application:
    """A case recommended and forwarded by the district ``officer``; ``kwargs`` as for ``recommended_application``."""
    application = recommended_application(call, officer, **kwargs)
    forward(call, officer)
    return Application.objects.get(pk=application.pk)


@kept
def admitted_application(
    call: Call, officer: actors.Actor, city: actors.Actor, *, order: int = 1, **kwargs: object
) -> Application:
    """A forwarded case taken in by the ``city`` officer."""
    from review.services import intake as city_intake

    application = forwarded_application(call, officer, order=order, **kwargs)
    return city_intake.admit(actor=city, application=application)


@kept
def shortlisted_application(
    call: Call, officer: actors.Actor, city: actors.Actor, *, share: str = "0.9", **kwargs: object
) -> Application:
    """An admitted case that three experts scored at ``share`` of every item and the ``city`` put on the recommended list."""
    from review.services import panels
    from tests.review import making

    application = admitted_application(call, officer, city, **kwargs)
    members = [making.expert(f"expert-{application.pk}-{n}") for n in range(1, 4)]
    panel = making.started(call, city, members, [application])
    making.score_all(panel, members, {application: share})
    choice = panels.Choice(application.uuid, selected=True)
    panels.conclude(actor=city, panel=panel, choices=[choice], cut_reason="达到分数线，择优列入。")
    return Application.objects.get(pk=application.pk)


@kept
def inspected_application(
    call: Call, officer: actors.Actor, city: actors.Actor, *, conclusion: str = "pass", **kwargs: object
) -> Application:
    """A recommended case that two inspectors visited today and the ``city`` let pass or fail as they concluded."""
    from review.services import inspections
    from tests.review import making

    application = shortlisted_application(call, officer, city, **kwargs)
    group = [person(f"inspector-{application.pk}-{n}", Role.INSPECTOR) for n in range(1, 3)]
    making.inspect(making.planned(city, application, group), group, conclusion)
    inspections.decide_many(actor=city, applications=[application])
    return Application.objects.get(pk=application.pk)


def request_signature(person: actors.Actor, application: Application) -> Application:
    """The draft handed to the signatory."""
    filing.request_signature(actor=person, application=application)
    application.refresh_from_db()
    return application


@kept
def awaiting_signature(person: actors.Actor, call: Call | None = None, most: int | None = None) -> Application:
    """A complete draft of the person's organisation that waits for its signatory, who must exist already."""
    call = call or open_call(city_officer())
    return request_signature(person, complete_draft(call, person.organisation, person, most=most))


def submit(person: actors.Actor, application: Application) -> Application:
    """The application submitted by its signatory at this moment."""
    fingerprint = versions.fingerprint(versions.content_of(application))
    submission.submit(actor=person, application=application, fingerprint=fingerprint, received_at=clock.now())
    application.refresh_from_db()
    return application


@kept
def submitted_application(
    call: Call | None = None, body: Organisation | None = None, name: str = "", most: int | None = None
) -> Application:
    """A submitted application with its filer and signatory, named ``filer``/``signatory`` with ``name`` in front."""
    body = body or organisation()
    person = filer(body, f"{name}filer")
    signer = signatory(body, f"{name}signatory")
    return submit(signer, awaiting_signature(person, call, most))


def actor_of(application: Application, role: Role = Role.FILER) -> actors.Actor:
    """The first person of the applicant in the role."""
    return actors.acting(application.organisation.capacities.filter(role=role).earliest("pk"))


@kept
def certified_application(name: str = "示例平台", slug: str = "panlong") -> Application:
    """An application certified and announced in June 2026, with title, plaque and people of its own."""
    from tests.review import chamber, stage

    with clock.frozen(stage.MORNING):
        title = chamber.Chamber().certified(name, slug)
    return title.decision.application


def put_into(subject: Subject, state: str) -> None:
    """Write a state past the machine, for tests about stages that later stories reach."""
    table = connection.ops.quote_name(subject._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET state = %s WHERE id = %s", [state, subject.pk])  # noqa: S608
    subject.refresh_from_db()


@kept
def published_year(year: int) -> None:
    """A year whose arrangement of holidays stands in the table, whatever date the suite believes in."""
    if not WorkCalendarYear.objects.filter(year=year).exists():
        new_year = (date(year, 1, 1), "holiday", "元旦")
        workdays.enter_year(year=year, document_number="测试", days=[new_year], entered_by=None)


@kept
def returned_application(
    call: Call | None = None,
    parts: tuple[tuple[str, str], ...] = (("section", "finance"),),
    items: tuple[str, ...] = (),
    **kwargs: object,
) -> Application:
    """A submitted application that its district has returned, with one defect per item of the checklist, or else per part."""
    from review import checklist
    from review.services import district as desk
    from review.services.district.handling import Defect

    published_year(clock.today().year)
    application = submitted_application(call, **kwargs)
    officer = district_officer(f"returning {application.pk}", application.district.slug)
    defects = [Defect(part, key, f"请更正第{place}处。") for place, (part, key) in enumerate(parts, 1)]
    if items:
        defects = [Defect.of(checklist.BY_KEY[item], f"请更正第{place}处。") for place, item in enumerate(items, 1)]
    desk.return_for_correction(actor=officer, application=application, defects=defects)
    return Application.objects.get(pk=application.pk)


def proposed_application(application: Application, officer: actors.Actor) -> Application:
    """An inspected application put on the proposed list."""
    return notices.propose(actor=officer, application=application)


def notice_published(applications: list[Application], officer: actors.Actor) -> Notice:
    """A notice about proposed applications, put on the portal this moment with the shortest lawful period.

    The clock must stand in a year, and close enough to its end, that the working days are published.
    """
    call, today = applications[0].call, clock.today()
    period = terms.notice_period(today, call.parameters, workdays.calendar())
    says = notices.Draft(
        title=notice_text.default_title(call.year), planned_on=today, starts_on=period.first, ends_on=period.last,
        phone="0871-63135193", supervision_phone="0871-63130000", address="昆明市呈贡区锦绣大街1号",
    )  # fmt: skip
    notice = notices.draft(actor=officer, call=call, applications=applications, says=says)
    portal = notices.Portal("https://gxj.km.gov.cn/notice.html", clock.now(), stored_file("发布页面.pdf"))
    return notices.publish(actor=officer, notice=notice, portal=portal, document=notice_pdf(notice))


def on_notice_application(application: Application, officer: actors.Actor) -> Application:
    """An inspected application proposed and put on a notice of its own."""
    notice_published([proposed_application(application, officer)], officer)
    application.refresh_from_db()
    return application
