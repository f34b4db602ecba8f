"""Drawing the sample from the frozen list, and the next enterprise when one cannot be reached (Art. 11)."""

import secrets
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import Capacity
from applications.models import Application, ApplicationVersion
from lifecycle import engine
from lifecycle.idempotency import FormKey
from regulation import sampling
from regulation.identifiers import check_phone
from review.models import Sample, SampleUnit
from review.selectors import sampling as samples
from timekeeping import clock

SHARED_PHONE, STAFF_PHONE, NO_CONTACT = "shared_phone", "staff_phone", "no_contact"
SEED_BYTES = 32


def draw(*, actor: Actor, application: Application, key: FormKey | None = None, version: int | None = None) -> Sample:
    """Draw at least the share of Art. 11 of the SMEs served last year from a fresh secret seed.

    The record keeps the hashes of frame and seed; the seed itself becomes known when the sample closes. Raises
    ValidationError for an empty list, Blocked before acceptance or when a sample exists.
    """
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        version_now = application.current_version
        assert version_now  # an accepted application has been submitted
        sample, codes = _sample(application, version_now, secrets.token_hex(SEED_BYTES), actor)
        act.create(sample, "draw", data={"frame": sample.frame_hash, "seed": sampling.seed_hash(sample.seed)})
        _add_units(sample, codes, active=sample.required)
    return sample


def _sample(
    application: Application, version: ApplicationVersion, seed: str, actor: Actor
) -> tuple[Sample, tuple[str, ...]]:
    frame = samples.frame_of(version)
    parameters = application.call.parameters
    try:
        size = sampling.sample_size(len(frame), parameters.sample_share)
    except sampling.EmptyFrame as empty:
        raise ValidationError(f"{empty}。请核对服务中小企业清单的年度、信用代码和规模。") from empty
    reserve = sampling.reserve_size(len(frame), size, parameters.reserve_share)
    drawn = sampling.draw(frame, seed, size, reserve)
    sample = Sample(
        application=application,
        application_version=version,
        frame_size=len(frame),
        required=size,
        reserve=reserve,
        seed=seed,
        frame_hash=drawn.frame_hash,
        drawn_by=actor.user,
    )
    return sample, drawn.sample + drawn.reserve


def next_in_line(sample: Sample) -> SampleUnit:
    """The next reserve; when all are in use, the next ticket of the same draw.

    ValidationError when the frame is used up or is no longer the one drawn from.
    """
    waiting = sample.units.filter(activated_at__isnull=True).order_by("position").first()
    if waiting is not None:
        return waiting
    placed = sample.units.count()
    if placed >= sample.frame_size:
        raise ValidationError("清单内的企业已全部抽取，没有可替换的企业。")
    if not samples.frame_stands(sample, sample.application_version):
        raise ValidationError("服务企业清单与抽样时不一致，不能继续抽取；请停止使用本次样本并报告系统管理员。")
    frame = samples.frame_of(sample.application_version)
    drawn = sampling.draw(frame, sample.seed, sample.required, placed + 1 - sample.required)
    sample.reserve += 1
    sample.save(update_fields=["reserve"])
    return _add_units(sample, drawn.reserve[-1:], first=placed + 1)[0]


def _add_units(sample: Sample, codes: tuple[str, ...], *, first: int = 1, active: int = 0) -> list[SampleUnit]:
    frame = samples.frame_of(sample.application_version)
    shared = Counter(filter(None, (phone_of(row) for row in frame.values())))
    staff = staff_phones(sample.application)
    moment = clock.now()
    return SampleUnit.objects.bulk_create(
        SampleUnit(
            sample=sample,
            position=place,
            name=frame[code]["name"],
            credit_code=code,
            contact=frame[code].get("contact", ""),
            phone=frame[code].get("phone", ""),
            email=frame[code].get("email", ""),
            is_reserve=place > sample.required,
            activated_at=moment if place <= active else None,
            flags=_flags(frame[code], shared, staff),
        )
        for place, code in enumerate(codes, first)
    )


def _flags(row: dict[str, Any], shared: Counter[str], staff: frozenset[str]) -> list[str]:
    phone = phone_of(row)
    flags = [SHARED_PHONE] if shared[phone] > 1 else []
    flags += [STAFF_PHONE] if phone and phone in staff else []
    return flags + ([] if phone or row.get("email") else [NO_CONTACT])


def phone_of(row: dict[str, Any]) -> str:
    """The row's telephone in one spelling; empty when there is none that can be read."""
    return normalised(row.get("phone", ""))


def normalised(phone: str) -> str:
    """A telephone in one spelling, or empty."""
    try:
        return check_phone(phone or "")
    except ValueError:
        return ""


def staff_phones(application: Application) -> frozenset[str]:
    """Telephones of the applicant and its people: of the organisation, of its accounts, of the form."""
    assert application.current_version is not None
    people = Capacity.objects.filter(organisation=application.organisation).values_list("user__phone", flat=True)
    sections = application.current_version.content["sections"].values()
    typed = [text for data in sections for text in data.values() if isinstance(text, str)]
    found = {normalised(phone) for phone in (application.organisation.contact_phone, *people, *typed)}
    return frozenset(found - {""})
