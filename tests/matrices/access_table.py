"""Which address shows what: every address with an object names its aggregate, and who reaches such an object.

Written apart from the selectors on purpose: the matrix compares the two. An address missing here fails the matrix.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Role
from applications.models import Application, Call, Correction, Handover, ListImport, Material
from files.models import IssuedDocument
from registry.models import Plaque, Title
from review.models import Inspection, Meeting, Notice, Objection, Panel, Sample, ScoreSheet, SummarySheet

FILER, SIGNATORY = Role.FILER, Role.SIGNATORY
OFFICERS = {Role.CITY_OFFICER, Role.AUDITOR}
EVERYBODY = set(Role)


@dataclass(frozen=True)
class Aggregate:
    """An object of the demo city and the relations that reach it: organisation, district, persons, roles that see all."""

    pick: Callable[[], Any]
    organisation: Callable[[Any], Any] = lambda _: None
    district: Callable[[Any], Any] = lambda _: None
    persons: Callable[[Any], set[int]] = lambda _: set()
    roles: set[Role] = field(default_factory=lambda: set(OFFICERS))


def _application(state: str) -> Application:
    return Application.objects.filter(state=state).order_by("pk").first()


AGGREGATES: dict[str, Aggregate] = {
    "call": Aggregate(lambda: Call.objects.order_by("-year").first(), roles=EVERYBODY),
    "case": Aggregate(
        lambda: _application("certified"), lambda a: a.organisation_id, lambda a: a.district_id,
    ),
    "scored": Aggregate(
        lambda: _application("under_review"), lambda a: a.organisation_id, lambda a: a.district_id,
        lambda a: set(a.applicationuserobjectpermission_set.values_list("user", flat=True)),
    ),
    "draft": Aggregate(lambda: _application("draft"), lambda a: a.organisation_id, roles=set()),
    "import": Aggregate(
        lambda: ListImport.objects.order_by("pk").first(), lambda i: i.application.organisation_id, roles=set(),
    ),
    "returned": Aggregate(
        lambda: Correction.objects.order_by("pk").first(), lambda c: c.application.organisation_id,
        lambda c: c.application.district_id,
    ),
    "summary": Aggregate(
        lambda: SummarySheet.objects.filter(state="forwarded").order_by("pk").first(), district=lambda s: s.district_id,
    ),
    "sample": Aggregate(lambda: Sample.objects.order_by("pk").first(), district=lambda s: s.application.district_id),
    "panel": Aggregate(lambda: Panel.objects.filter(state="scoring").first()),
    "sheet": Aggregate(
        lambda: ScoreSheet.objects.filter(state="scoring").first(), persons=lambda s: {s.expert_id},
    ),
    "inspection": Aggregate(
        lambda: Inspection.objects.filter(state="concluded").order_by("pk").first(), lambda i: i.application.organisation_id,
        lambda i: i.application.district_id, lambda i: set(i.inspectors.values_list("user", flat=True)),
    ),
    "notice": Aggregate(lambda: Notice.objects.filter(state="published").first(), roles=EVERYBODY),
    "objection": Aggregate(lambda: Objection.objects.filter(state="investigating").first()),
    "meeting": Aggregate(lambda: Meeting.objects.filter(state="entered").first()),
    "decision": Aggregate(lambda: Meeting.objects.filter(state="announced").first(), roles=EVERYBODY),
    "decided": Aggregate(lambda: Meeting.objects.filter(state="announced").first()),
    "token": Aggregate(lambda: Title.objects.order_by("pk").first(), roles=EVERYBODY),
    "title": Aggregate(
        lambda: Title.objects.order_by("pk").first(), lambda t: t.platform.organisation_id, lambda t: t.platform.district_id,
    ),
    "plaque": Aggregate(
        lambda: Plaque.objects.order_by("pk").first(), lambda p: p.title.platform.organisation_id,
        lambda p: p.title.platform.district_id,
    ),
    "document": Aggregate(
        lambda: IssuedDocument.objects.filter(subject_type="application").order_by("pk").first(),
        lambda d: Application.objects.get(uuid=d.subject_id).organisation_id,
        lambda d: Application.objects.get(uuid=d.subject_id).district_id,
    ),
    "material": Aggregate(
        lambda: Material.objects.filter(application__state="certified").order_by("pk").first(),
        lambda m: m.application.organisation_id, lambda m: m.application.district_id,
    ),
    "own file": Aggregate(
        lambda: Material.objects.filter(application__state="draft").order_by("pk").first(),
        lambda m: m.application.organisation_id, roles=set(),
    ),
    "handover": Aggregate(
        lambda: Handover.objects.filter(by_district=True).first(), lambda h: h.organisation_id, lambda h: h.organisation.district_id,
    ),
    "successor": Aggregate(lambda: Handover.objects.first().organisation, lambda o: o.pk, lambda o: o.district_id, roles=set()),
}  # fmt: skip


def identity(thing: Any) -> dict[str, Any]:
    return {"uuid": thing.uuid}


def of_application(**extra: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda thing: {"uuid": thing.uuid, **extra}


def under_application(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda thing: {"uuid": thing.application.uuid, name: thing.uuid}


Route = tuple[str, Callable[[Any], dict[str, Any]]]


def routes(aggregate: str, arguments: Callable[[Any], dict[str, Any]], *names: str) -> dict[str, Route]:
    return dict.fromkeys(names, (aggregate, arguments))


UNKNOWN = "00000000-0000-4000-8000-000000000000"

# fmt: off
ROUTES: dict[str, Route] = {
    **routes("call", identity, "applications:call", "applications:call_edit", "applications:call_publish", "applications:call_extend", "applications:call_conclude", "applications:new", "review:panel_form"),
    **routes("call", lambda c: {"call": c.uuid}, "review:proposal", "review:notice_draft"),
    **routes("call", lambda c: {"call_uuid": c.uuid}, "review:meeting_enter"),
    **routes("case", identity, "applications:application", "applications:receipt", "applications:withdraw", "applications:reopen", "review:workbench", "review:accept", "review:transfer", "review:return_for_correction", "review:judge_last_version", "review:measure", "review:measurement_pdf", "review:sample_result", "review:recommend", "review:not_recommend", "review:withdraw_recommendation", "review:draw", "review:admit", "review:send_back", "review:find_ineligible", "review:reject_falsified", "review:inspection_plan", "review:pass_inspection", "review:fail_inspection"),
    **routes("case", of_application(number=1), "applications:version", "applications:version_report", "applications:version_receipt"),
    **routes("draft", identity, "applications:check", "applications:report", "applications:carry"),
    **routes("draft", of_application(key="identity"), "applications:section", "applications:check_section", "applications:presence"),
    **routes("draft", of_application(kind="served"), "applications:list", "applications:list_template", "applications:list_add"),
    **routes("import", lambda i: {"uuid": i.application.uuid, "kind": i.kind, "upload": i.uuid}, "applications:list_preview", "applications:list_marked"),
    **routes("draft", of_application(number=2), "applications:material", "applications:material_keep"),
    **routes("draft", of_application(key="identity"), "applications:section_keep"),
    **routes("draft", of_application(kind="served"), "applications:list_keep"),
    **routes("own file", under_application("material"), "applications:material_change", "applications:material_remove", "applications:material_restore", "applications:material_move"),
    **routes("handover", identity, "applications:handover", "applications:handover_letter"),
    **routes("successor", identity, "applications:handover_new"),
    **routes("returned", under_application("correction"), "applications:return_letter"),
    **routes("returned", lambda c: {"uuid": c.application.uuid}, "applications:correction"),
    **routes("document", identity, "applications:document"),
    **routes("material", under_application("material"), "applications:material_file", "review:material"),
    **routes("summary", identity, "review:summary", "review:summary_pdf", "review:summary_xlsx", "review:summary_scan", "review:summary_scan_upload", "review:summary_import", "review:summary_forward"),
    **routes("sample", identity, "review:sample", "review:sample_progress", "review:replay", "review:replay_file", "review:sample_links", "review:close_sample", "review:propose_redraw", "review:approve_redraw", "review:refuse_redraw", "review:void_sample", "review:send_links"),
    **routes("sample", lambda s: {"uuid": s.uuid, "unit": s.units.first().uuid}, "review:sample_unit"),
    **routes("panel", identity, "review:panel", "review:panel_distribute", "review:panel_start", "review:panel_remind", "review:panel_conclude"),
    **routes("panel", lambda p: {"uuid": p.uuid, "application": p.cases.first().application.uuid}, "review:panel_assign"),
    **routes("sheet", identity, "review:score_sheet", "review:sheet_save", "review:sheet_declare", "review:sheet_recuse", "review:dossier", "review:sheet_reopen", "review:sheet_void", "review:sheet_replace"),
    **routes("inspection", identity, "review:inspection", "review:inspection_begin", "review:inspection_ask", "review:inspection_clarify", "review:inspection_close", "review:inspection_conclude", "review:inspection_checklist", "review:inspection_opinion"),
    **routes("inspection", of_application(key="premises"), "review:inspection_item", "review:inspection_add_photo"),
    **routes("notice", identity, "review:public_notice", "review:notice_pdf", "review:notice", "review:notice_preview", "review:notice_capture", "review:notice_revise", "review:notice_publish", "review:notice_extend", "review:object"),
    **routes("notice", of_application(position=1), "review:notice_correct"),
    **routes("notice", lambda n: {"notice": n.uuid}, "review:objection_register"),
    **routes("objection", identity, "review:objection", "review:objection_identity", "review:objection_evidence"),
    **routes("objection", of_application(step="find_unfounded"), "review:objection_step"),
    **routes("meeting", identity, "review:meeting", "review:meeting_confirm", "review:meeting_reject", "review:meeting_minutes"),
    **routes("decided", identity, "review:meeting_draft", "review:meeting_draft_text"),
    **routes("decision", identity, "review:decision", "review:meeting_announce"),
    **routes("title", identity, "registry:title", "registry:proof", "registry:dissolve", "registry:renounce"),
    **routes("title", lambda t: {"title": t.uuid}, "supervision:change_choose"),
    **routes("title", lambda t: {"title": t.uuid, "kind": "platform_name"}, "supervision:change_file_new"),
    **routes("title", identity, "supervision:ending_open"),
    **routes("title", lambda t: {"title": t.uuid, "year": 2025}, "supervision:report_begin", "supervision:excuse_file"),
    **routes("title", lambda t: {"title": t.uuid}, "supervision:evaluation_commission"),
    **routes("token", lambda t: {"token": t.token}, "registry:check", "registry:public_proof"),
    **routes("plaque", identity, "review:plaque_issue", "review:plaque_receive", "review:plaque_lost", "supervision:plaque_recover", "supervision:plaque_void"),
}

# Addresses with an object that the demo city may not hold in this state, or whose secret is the key: tried with an unknown object,
# where nobody finds anything; their own tests hold the twin that does.
UNKNOWN_OBJECTS: dict[str, dict[str, Any]] = {
    "desk:story": {"life": "title", "uuid": UNKNOWN},
    "desk:issued_file": {"uuid": UNKNOWN},
    "review:complaint": {"uuid": UNKNOWN},
    "review:complaint_identity": {"uuid": UNKNOWN},
    "review:complaint_evidence": {"uuid": UNKNOWN},
    "review:complaint_file": {"uuid": UNKNOWN, "file": UNKNOWN},
    "review:complaint_step": {"uuid": UNKNOWN, "step": "answer"},
    "review:complaint_receipt": {"uuid": UNKNOWN, "token": "x"},
    "review:complaint_receipt_pdf": {"uuid": UNKNOWN, "token": "x"},
    "supervision:change": {"uuid": UNKNOWN},
    "supervision:change_receipt": {"uuid": UNKNOWN},
    "supervision:change_refile": {"uuid": UNKNOWN},
    "supervision:change_proof": {"uuid": UNKNOWN, "file": UNKNOWN},
    "supervision:change_step": {"uuid": UNKNOWN, "step": "register"},
    "accounts:reset": {"user_uuid": UNKNOWN, "token": "x-y"},
    "applications:people_end": {"uuid": UNKNOWN},
    "applications:letter": {"uuid": UNKNOWN},
    "applications:signature": {"uuid": UNKNOWN},
    "applications:resubmit": {"uuid": UNKNOWN},
    "applications:scan": {"uuid": UNKNOWN},
    "applications:exit_letter": {"uuid": UNKNOWN},
    "applications:list_row": {"uuid": UNKNOWN, "kind": "served", "position": 1},
    "applications:list_delete": {"uuid": UNKNOWN, "kind": "served", "position": 1},
    "notifications:message": {"uuid": UNKNOWN},
    "notifications:retry": {"uuid": UNKNOWN},
    "review:phrase_retire": {"uuid": UNKNOWN},
    "review:summary_differences": {"uuid": UNKNOWN, "taken": UNKNOWN},
    "review:send_back_letter": {"uuid": UNKNOWN},
    "review:signed_scan": {"uuid": UNKNOWN, "scan": UNKNOWN},
    "review:dossier_file": {"uuid": UNKNOWN, "material": UNKNOWN},
    "review:inspection_file": {"uuid": UNKNOWN, "kind": "signed"},
    "review:inspection_dossier": {"uuid": UNKNOWN},
    "review:inspection_dossier_file": {"uuid": UNKNOWN, "material": UNKNOWN},
    "review:inspection_photo": {"uuid": UNKNOWN, "photo": UNKNOWN},
    "review:survey": {"unit": UNKNOWN, "token": "x"},
    "review:objection_file": {"uuid": UNKNOWN, "file": UNKNOWN},
    "review:objection_receipt": {"uuid": UNKNOWN, "token": "x"},
    "review:objection_receipt_pdf": {"uuid": UNKNOWN, "token": "x"},
    "registry:claim": {"uuid": UNKNOWN},
    "registry:claim_letter": {"uuid": UNKNOWN},
    "registry:claim_approve": {"uuid": UNKNOWN},
    "registry:claim_refuse": {"uuid": UNKNOWN},
    "registry:ending_evidence": {"uuid": UNKNOWN},
    "registry:import": {"uuid": UNKNOWN},
    "registry:import_confirm": {"uuid": UNKNOWN},
    "registry:import_reject": {"uuid": UNKNOWN},
    "registry:import_marked": {"uuid": UNKNOWN},
    "registry:import_workbook": {"uuid": UNKNOWN},
    "review:meeting_signed": {"uuid": UNKNOWN},
    "review:decision_document": {"uuid": UNKNOWN},
    # The demo city holds no endings yet; tests/supervision/test_ending_pages.py holds the twins that find them.
    **{
        f"supervision:{name}": {"uuid": UNKNOWN}
        for name in (
            "ending", "ending_reply", "ending_notice", "ending_draft", "ending_draft_text", "ending_signed", "ending_decision",
            "ending_document", "resolution", "resolution_confirm", "resolution_reject", "resolution_minutes",
        )
    },
    "supervision:ending_file": {"uuid": UNKNOWN, "file": UNKNOWN},
    "supervision:ending_order": {"uuid": UNKNOWN, "order": UNKNOWN},
    "supervision:ending_step": {"uuid": UNKNOWN, "step": "notify"},
    # The demo city holds no evaluations yet.
    **{
        f"supervision:{name}": {"uuid": UNKNOWN}
        for name in (
            "evaluation", "evaluation_declare", "evaluation_recuse", "evaluation_findings", "evaluation_dossier",
            "evaluation_reassign", "evaluation_send_back", "evaluation_pass", "evaluation_fail", "evaluation_abandon",
            "rectification_order", "rectification", "rectification_order_pdf", "rectification_report", "rectification_send_back",
            "rectification_pass", "rectification_fail", "rectification_evidence",
        )
    },
    "supervision:evaluation_material": {"uuid": UNKNOWN, "material": UNKNOWN},
    "supervision:evaluation_report": {"uuid": UNKNOWN, "year": 2025},
    "supervision:evaluation_file": {"uuid": UNKNOWN, "key": "report"},
    "supervision:rectification_file": {"uuid": UNKNOWN, "file": UNKNOWN},
    # The demo city holds no reports yet.
    **{
        name: {"uuid": UNKNOWN}
        for name in (
            "supervision:report", "supervision:report_check", "supervision:report_attachments", "supervision:report_signature",
            "supervision:report_scan", "supervision:report_signed_scan", "supervision:report_reopen", "supervision:report_draft_pdf",
            "supervision:report_accept", "supervision:report_return", "supervision:excuse", "supervision:excuse_evidence",
            "supervision:excuse_accept", "supervision:excuse_refuse", "supervision:district_report",
        )
    },
    # The demo city holds no checks and activities yet.
    **{
        name: {"uuid": UNKNOWN}
        for name in (
            "supervision:check", "supervision:check_follow_up", "supervision:activity", "supervision:activity_document",
            "supervision:activity_call_off", "supervision:activity_conclude", "supervision:activity_invite",
            "supervision:activity_attendance", "supervision:invitation", "supervision:invitation_evidence",
            "supervision:invitation_leave", "supervision:invitation_excuse", "supervision:invitation_refuse_leave",
            "supervision:invitation_present", "supervision:invitation_absent", "supervision:invitation_correct",
        )
    },
    "supervision:check_file": {"uuid": UNKNOWN, "file": UNKNOWN},
    "supervision:report_section": {"uuid": UNKNOWN, "key": "plan"},
    "supervision:report_list": {"uuid": UNKNOWN, "kind": "served"},
    "supervision:report_list_template": {"uuid": UNKNOWN, "kind": "served"},
    "supervision:report_list_add": {"uuid": UNKNOWN, "kind": "served"},
    "supervision:report_list_row": {"uuid": UNKNOWN, "kind": "served", "position": 1},
    "supervision:report_list_delete": {"uuid": UNKNOWN, "kind": "served", "position": 1},
    "supervision:report_import": {"uuid": UNKNOWN, "kind": "served", "upload": UNKNOWN},
    "supervision:report_import_marked": {"uuid": UNKNOWN, "kind": "served", "upload": UNKNOWN},
    "supervision:report_file": {"uuid": UNKNOWN, "attachment": UNKNOWN},
    "supervision:report_file_remove": {"uuid": UNKNOWN, "attachment": UNKNOWN},
    "supervision:report_version_pdf": {"uuid": UNKNOWN, "number": 1},
    "supervision:report_receipt_pdf": {"uuid": UNKNOWN, "number": 1},
    "supervision:district_report_file": {"uuid": UNKNOWN, "extension": "pdf"},
}

# Addresses with arguments that name no object of anybody.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "applications:template": {"kind": "served"},
    "supervision:reports_of_district": {"year": 2025, "slug": "panlong"},
    "supervision:report_forward": {"year": 2025},
    "registry:open_data": {"extension": "csv"},
}
# fmt: on
