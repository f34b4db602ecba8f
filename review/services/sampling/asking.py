"""Asking the drawn enterprises: links, attempts, answers, replacements."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actors import Actor
from lifecycle import announcements, authority, engine
from lifecycle.errors import NotAllowed, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.steps import step_of
from review.guards.sampling import GONE
from review.models import ContactAttempt, Sample, SampleUnit, SurveyAnswer
from review.selectors import sampling as samples
from review.services.sampling.drawing import next_in_line
from timekeeping import clock

Outcome = ContactAttempt.Outcome
Satisfaction = SurveyAnswer.Satisfaction
LINK = "survey"
LONGEST_COMMENT = 500


@contextmanager
def _open_sample(actor: Actor, unit: SampleUnit, key: FormKey | None = None) -> Iterator[tuple[Sample, SampleUnit]]:
    """The unit and its sample, locked, while the sample is open and the officer may work on it."""
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock(unit.sample)
        act.lead_to(sample.get_absolute_url())
        if not authority.may(actor, step_of("sample", "close"), sample):
            raise NotAllowed("满意度抽查由申报所在县（市）区主管部门经办人办理。")
        if sample.state != "open":
            raise WrongStage(engine.last_word(sample))
        if not samples.examined(sample):
            raise WrongStage(GONE)
        fresh = sample.units.select_related("answer").get(pk=unit.pk)
        if fresh.activated_at is None or fresh.replaced_at is not None:
            raise ValidationError("该企业未启用或已被替换，请刷新页面核对。")
        yield sample, fresh


def note_attempt(
    *, actor: Actor, unit: SampleUnit, outcome: str, note: str = "", key: FormKey | None = None
) -> ContactAttempt:
    """Log one attempt to reach an enterprise."""
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": "请选择联系结果。"})
    with _open_sample(actor, unit, key) as (_, fresh):
        return _attempt(actor, fresh, outcome, note)


def _attempt(actor: Actor, unit: SampleUnit, outcome: str, note: str) -> ContactAttempt:
    return ContactAttempt.objects.create(
        unit=unit, outcome=outcome, note=note.strip()[:200], made_by=actor.person, made_at=clock.now()
    )


def note_answer(
    *, actor: Actor, unit: SampleUnit, satisfaction: str, comment: str = "", key: FormKey | None = None
) -> SurveyAnswer:
    """Note an answer given on the telephone; the call is logged as an attempt."""
    with _open_sample(actor, unit, key) as (_, fresh):
        answered = _answer(fresh, satisfaction, comment, noted_by=actor)
        _attempt(actor, fresh, Outcome.REACHED, "电话答复，经办人代录")
    return answered


def answer(*, unit: SampleUnit, satisfaction: str, comment: str = "") -> SurveyAnswer:
    """An enterprise's own answer by its private link, once, while the sample is open."""
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=unit.sample_id)
        fresh = sample.units.get(pk=unit.pk)
        if (
            sample.state != "open"
            or not samples.examined(sample)
            or fresh.activated_at is None
            or fresh.replaced_at is not None
        ):
            raise WrongStage("本次满意度抽查已经结束，感谢您的关注。")
        return _answer(fresh, satisfaction, comment)


def _answer(unit: SampleUnit, satisfaction: str, comment: str, noted_by: Actor | None = None) -> SurveyAnswer:
    if satisfaction not in Satisfaction.values:
        raise ValidationError({"satisfaction": "请选择满意程度。"})
    if len(comment) > LONGEST_COMMENT:
        raise ValidationError({"comment": f"意见请控制在{LONGEST_COMMENT}字以内。"})
    if SurveyAnswer.objects.filter(unit=unit).exists():
        raise ValidationError("该企业已经答复，每家企业只答复一次。")
    return SurveyAnswer.objects.create(
        unit=unit,
        satisfaction=satisfaction,
        comment=comment.strip(),
        noted_by=noted_by.user if noted_by else None,
        answered_at=clock.now(),
    )


def replace(*, actor: Actor, unit: SampleUnit, key: FormKey | None = None) -> SampleUnit:
    """Give up an enterprise that does not answer and ask the next one of the draw; its attempts stay logged.

    Raises ValidationError without a logged attempt, after a valid answer, or when the frame is used up.
    """
    with _open_sample(actor, unit, key) as (sample, fresh):
        given = getattr(fresh, "answer", None)
        if given is not None and given.satisfaction != Satisfaction.NOT_SERVED:
            raise ValidationError("该企业已有有效答复，不能替换。")
        if given is None and not fresh.attempts.exists():
            raise ValidationError("请先联系该企业并登记联系结果，联系不上或拒绝答复的方可替换。")
        following = next_in_line(sample)
        moment = clock.now()
        SampleUnit.objects.filter(pk=fresh.pk).update(replaced_at=moment)
        following.activated_at = moment
        following.save(update_fields=["activated_at"])
    return following


def send_links(*, actor: Actor, sample: Sample, units: Iterable[SampleUnit]) -> int:
    """E-mail the private link to those who have an address and have not answered; each link once. Returns how many."""
    sent = 0
    for unit in units:
        with _open_sample(actor, unit) as (locked, fresh):
            if fresh.email and not SurveyAnswer.objects.filter(unit=fresh).exists():
                sent += _send(actor, locked, fresh)
    return sent


def _send(actor: Actor, sample: Sample, unit: SampleUnit) -> int:
    platform = sample.application.platform_name
    bureau = sample.application.district.bureau
    told = announcements.tell(
        subject=sample,
        kind=LINK,
        occasion=f"{unit.uuid.hex}:{unit.link_version}",
        title=f"请评价“{platform}”为贵企业提供的服务",
        body=(
            f"{unit.name}：\n{bureau}正在核实“{platform}”服务中小企业的情况，贵企业被随机抽中。"
            "请打开下面的链接作答，只需选择一项。链接仅供贵企业使用，请勿转发。\n依据：《昆明市中小企业公共服务示范平台认定管理办法》第十一条。"
        ),
        emails=[unit.email],
    )
    if not unit.attempts.filter(outcome=Outcome.SENT, note__endswith=f"第{unit.link_version}次").exists():
        _attempt(actor, unit, Outcome.SENT, f"电子邮件，链接第{unit.link_version}次")
        return told
    return 0


def renew_link(*, actor: Actor, unit: SampleUnit, key: FormKey | None = None) -> SampleUnit:
    """Make the enterprise's former link useless, because it was sent to the wrong person."""
    with _open_sample(actor, unit, key) as (_, fresh):
        fresh.link_version += 1
        fresh.save(update_fields=["link_version"])
    return fresh
