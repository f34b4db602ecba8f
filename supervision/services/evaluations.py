"""Evaluations commissioned by the city: interests first, then findings by criterion, then the city's conclusion (Art. 18)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError

from accounts.actors import Actor
from accounts.models import User
from files import intake
from files.models import StoredFile
from files.purposes import Purpose
from lifecycle import authority, deadlines, engine
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.models import StepRecord
from lifecycle.steps import step_of
from registry.models import Title
from regulation import evaluation as rules
from regulation import parameters
from regulation.identifiers import normalise_credit_code
from review.services.reasons import required
from supervision import grants
from supervision.models import Evaluation, EvaluationFinding
from supervision.selectors import evaluations as selectors
from timekeeping import clock
from timekeeping.workdays import UnknownYear

Upload = UploadedFile | ContentFile
TWICE = "该平台已有尚未办结的测评"


@dataclass(frozen=True)
class Terms:
    """What an evaluator is asked to do, for whom, and from when to when (dates inclusive)."""

    evaluator: User
    body: str
    assignment: str
    contract_from: date
    contract_to: date
    due_on: date
    body_code: str = ""
    team: str = ""
    commission_number: str = ""

    def check(self) -> None:
        """Raises ValidationError by field."""
        wrong = {}
        if not self.body.strip():
            wrong["body"] = "请填写受托单位。"
        if not self.assignment.strip():
            wrong["assignment"] = "请写明测评范围和要求。"
        if self.contract_to < self.contract_from:
            wrong["contract_to"] = "委托期限的截止日不能早于起始日。"
        elif not max(self.contract_from, clock.today()) <= self.due_on <= self.contract_to:
            wrong["due_on"] = "提交测评报告的日期应在今天以后、委托期限以内。"
        if wrong:
            raise ValidationError(wrong)

    def write(self, evaluation: Evaluation) -> None:
        """Put the terms on an evaluation."""
        for name, value in (asdict(self) | {"evaluator": self.evaluator}).items():
            setattr(evaluation, name, value.strip() if isinstance(value, str) else value)
        evaluation.body_code = normalise_credit_code(self.body_code)


@dataclass(frozen=True)
class Entries:
    """What stands on the form of an evaluator: (verdict, words) by criterion, proposal, opinion, and new files."""

    findings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    proposal: str = ""
    opinion: str = ""
    evidence: Mapping[str, Upload] = field(default_factory=dict)
    report: Upload | None = None


def default_due(on: date | None = None) -> date | None:
    """The last day by default when commissioned today; None while the year's working days are not published."""
    today = on or clock.today()
    try:
        end = deadlines.end_of_workdays(today, parameters.at(today).evaluation_workdays)
    except UnknownYear:
        return None
    return deadlines.last_day(end)


def proposed(*, actor: Actor, title: Title, terms: Terms | None = None) -> Evaluation:
    """The evaluation that ``commission`` would begin, unsaved, to ask for blockers."""
    if actor.user is None:
        raise NotAllowed("只有市局经办人可以委托测评。")
    evaluation = Evaluation(title=title, commissioned_by=actor.user, criteria=rules.DEFAULT_CRITERIA.pin())
    if terms is not None:
        terms.write(evaluation)
    return evaluation


def commission(
    *, actor: Actor, title: Title, terms: Terms, paper: Upload | None, key: FormKey | None = None
) -> Evaluation:
    """Ask a third party or an expert to evaluate a platform. Nothing of it opens before the declaration of no interest.

    Raises ValidationError by field, Blocked for a known interest or while another evaluation of the title is open.
    """
    terms.check()
    if paper is None:
        raise ValidationError({"paper": "请上传双方签章的委托书。"})
    stored = intake.receive(paper, purpose=Purpose.SIGNED, uploaded_by=actor.person)
    try:
        with engine.act(actor=actor, key=key) as act:
            [title] = act.lock(title)
            evaluation = proposed(actor=actor, title=title, terms=terms)
            evaluation.commission_paper = stored
            made: Evaluation = act.create(evaluation, "commission", data=_terms(evaluation))
            return made
    except IntegrityError as error:
        raise Blocked([TWICE]) from error


def begin(
    *, actor: Actor, evaluation: Evaluation, key: FormKey | None = None, version: int | None = None
) -> Evaluation:
    """The evaluator declares no interest, and the platform's files open. Blocked when the system knows of one."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((evaluation, version))
        fresh.declared_at = clock.now()
        act.take(fresh, "begin")
        grants.let_evaluate(fresh.evaluator, fresh.title)
    begun: Evaluation = fresh
    return begun


def recuse(
    *, actor: Actor, evaluation: Evaluation, reason: str, key: FormKey | None = None, version: int | None = None
) -> Evaluation:
    """The evaluator steps aside; the files close and what was drafted counts for nobody."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((evaluation, version))
        fresh.conflict = required(reason, "reason", "请写明回避原因，例如所在单位与该平台有合作。")
        act.take(fresh, "recuse", reason=fresh.conflict)
        grants.end_evaluating(fresh.evaluator, fresh.title)
    recused: Evaluation = fresh
    return recused


def reassign(
    *, actor: Actor, evaluation: Evaluation, terms: Terms, paper: Upload | None, key: FormKey | None = None,
    version: int | None = None,
) -> Evaluation:  # fmt: skip
    """Another evaluator takes over from the beginning, under a commission of its own.

    Raises ValidationError by field, at ``evaluator`` for somebody who stepped aside from this evaluation before.
    """
    terms.check()
    if paper is None:
        raise ValidationError({"paper": "请上传双方签章的委托书。"})
    stored = intake.receive(paper, purpose=Purpose.SIGNED, uploaded_by=actor.person)
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((evaluation, version))
        _refuse_recused(fresh, terms.evaluator)
        terms.write(fresh)
        fresh.commission_paper, fresh.declared_at, fresh.conflict = stored, None, ""
        fresh.proposal, fresh.opinion, fresh.report, fresh.submitted_at = "", "", None, None
        act.take(fresh, "reassign", data=_terms(fresh))
        fresh.findings.all().delete()
    reassigned: Evaluation = fresh
    return reassigned


def save_draft(*, actor: Actor, evaluation: Evaluation, entries: Entries, revision: int | None = None) -> Evaluation:
    """Keep what has been entered so far; nobody counts it. Stale when another page saved after ``revision``."""
    files = _receive(actor, evaluation, entries)
    with engine.act(actor=actor) as act:
        [fresh] = act.lock(evaluation)
        _may_write(actor, fresh)
        _write(fresh, entries, files, revision)
        fresh.save(update_fields=["proposal", "opinion", "report", "revision"])
    kept: Evaluation = fresh
    return kept


def submit(
    *, actor: Actor, evaluation: Evaluation, entries: Entries | None = None, revision: int | None = None,
    key: FormKey | None = None, version: int | None = None,
) -> Evaluation:  # fmt: skip
    """Save ``entries`` and hand the evaluation in. A late one is taken and shown as late.

    Raises ValidationError by field (``verdict-<criterion>``, ``proposal``, ``opinion``, ``report``) while something is missing.
    """
    files = _receive(actor, evaluation, entries) if entries is not None else {}
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((evaluation, version))
        _may_write(actor, fresh)
        if entries is not None:
            _write(fresh, entries, files, revision)
        if problems := _problems(fresh):
            raise ValidationError(problems)
        fresh.submitted_at = clock.now()
        act.take(fresh, "submit", data={"seal": selectors.seal(fresh), "proposal": fresh.proposal})
    handed: Evaluation = fresh
    return handed


def send_back(
    *, actor: Actor, evaluation: Evaluation, reason: str, due_on: date, key: FormKey | None = None,
    version: int | None = None,
) -> Evaluation:  # fmt: skip
    """The evaluation goes back with words and a last day; a contract that ends before is prolonged to it."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((evaluation, version))
        reason = required(reason, "reason", "请写明需要补充测评的全部内容。")
        if due_on < clock.today():
            raise ValidationError({"due_on": "重新提交的日期不能早于今天。"})
        fresh.due_on, fresh.contract_to = due_on, max(fresh.contract_to, due_on)
        fresh.submitted_at = None
        act.take(fresh, "send_back", reason=reason, data={"due_on": due_on.isoformat()})
    returned: Evaluation = fresh
    return returned


def conclude_pass(
    *, actor: Actor, evaluation: Evaluation, reason: str, key: FormKey | None = None, version: int | None = None
) -> Evaluation:
    """测评合格, with the reasons; the files of the platform close to the evaluator."""
    return _conclude(actor, evaluation, "conclude_pass", reason, key, version)


def conclude_fail(
    *, actor: Actor, evaluation: Evaluation, reason: str, key: FormKey | None = None, version: int | None = None
) -> Evaluation:
    """测评不合格, with the reasons; a rectification is ordered from it. The files of the platform close to the evaluator."""
    return _conclude(actor, evaluation, "conclude_fail", reason, key, version)


def abandon(
    *, actor: Actor, evaluation: Evaluation, reason: str, key: FormKey | None = None, version: int | None = None
) -> Evaluation:
    """Give an evaluation up without a conclusion."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((evaluation, version))
        act.take(fresh, "abandon", reason=required(reason, "reason", "请写明终止测评的原因。"))
        grants.end_evaluating(fresh.evaluator, fresh.title)
    abandoned: Evaluation = fresh
    return abandoned


def _conclude(
    actor: Actor, evaluation: Evaluation, step: str, reason: str, key: FormKey | None, version: int | None
) -> Evaluation:
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((evaluation, version))
        fresh.conclusion = required(reason, "reason", "请写明作出结论的理由。")
        fresh.concluded_at = clock.now()
        act.take(fresh, step, reason=fresh.conclusion, data={"seal": selectors.seal(fresh)})
        grants.end_evaluating(fresh.evaluator, fresh.title)
    concluded: Evaluation = fresh
    return concluded


def _refuse_recused(evaluation: Evaluation, user: User) -> None:
    """Whoever has stepped aside from this evaluation is not asked again; the record remembers all of them."""
    recused = StepRecord.objects.filter(subject_type=Evaluation.SUBJECT, subject_id=evaluation.uuid, step="recuse")
    if recused.filter(user=user).exists():
        raise ValidationError({"evaluator": f"{user.name}已就本次测评申请回避，请另选他人。"})


def _terms(evaluation: Evaluation) -> dict[str, str]:
    """What the record keeps of a commission: whom, until when, and the hash of the paper."""
    return {
        "evaluator": str(evaluation.evaluator.uuid), "title": str(evaluation.title.uuid), "due_on": evaluation.due_on.isoformat(),
        "commission": evaluation.commission_paper.sha256,
    }  # fmt: skip


def _may_write(actor: Actor, evaluation: Evaluation) -> None:
    if not authority.may(actor, step_of("evaluation", "submit"), evaluation):
        raise NotAllowed("只有受托的测评负责人本人可以填写。")
    if evaluation.state != "in_progress":
        raise WrongStage(engine.last_word(evaluation))


def _receive(actor: Actor, evaluation: Evaluation, entries: Entries) -> dict[str, StoredFile]:
    """Take the new files in, by criterion; the report under the empty key."""
    _may_write(actor, evaluation)
    uploads = {key: upload for key, upload in entries.evidence.items() if upload}
    if entries.report:
        uploads[""] = entries.report
    present = StoredFile.objects.filter(pk__in=evaluation.findings.values("evidence"))
    intake.check_quota(present, adding=sum(upload.size or 0 for upload in uploads.values()))
    return {
        key: intake.receive(upload, purpose=Purpose.EVIDENCE if key else Purpose.SIGNED, uploaded_by=actor.person)
        for key, upload in uploads.items()
    }


def _write(evaluation: Evaluation, entries: Entries, files: Mapping[str, StoredFile], revision: int | None) -> None:
    if revision is not None and revision != evaluation.revision:
        raise Stale("这份测评已在另一个页面保存过。请刷新页面，核对最新内容后再保存。")
    known = {item.key for item in evaluation.criteria_set.items}
    for key, (verdict, text) in entries.findings.items():
        if key not in known or verdict not in ("", *rules.LABELS):
            raise ValidationError({f"verdict-{key}": "测评指标中没有这一项。"})
        given: dict[str, object] = {"verdict": verdict, "text": text.strip(), "saved_at": clock.now()}
        if key in files:
            given["evidence"] = files[key]
        EvaluationFinding.objects.update_or_create(evaluation=evaluation, criterion=key, defaults=given)
    evaluation.proposal = entries.proposal if entries.proposal in dict(rules.PROPOSALS) else ""
    evaluation.opinion = entries.opinion.strip()
    evaluation.report = files.get("", evaluation.report)
    evaluation.revision += 1


def _problems(evaluation: Evaluation) -> dict[str, str]:
    findings = {f.criterion: (f.verdict, f.text) for f in evaluation.findings.all()}
    wrong = evaluation.criteria_set.check(findings)
    problems = {
        f"{'text' if findings.get(key, ('', ''))[0] else 'verdict'}-{key}": f"{words}。" for key, words in wrong.items()
    }
    unmet = any(verdict == rules.UNMET for verdict, _ in findings.values())
    if not evaluation.proposal:
        problems["proposal"] = "请选择测评意见。"
    elif evaluation.proposal == rules.FAIL and not unmet:
        problems["proposal"] = "各项指标都合格，不能提出测评不合格。请核对。"
    if not evaluation.opinion:
        problems["opinion"] = "请填写综合意见。"
    if evaluation.report is None:
        problems["report"] = "请上传签章的测评报告。"
    return problems
