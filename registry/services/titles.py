"""Titles in the book: granted inside the act of the collective decision, ended when the platform or its operator is (Art. 15, 16)."""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import District, Organisation
from files.models import StoredFile
from lifecycle import engine, numbers
from lifecycle.engine import Act
from lifecycle.idempotency import FormKey
from registry.models import Plaque, Platform, Title
from regulation.parameters import Parameters
from regulation.terms import title_period
from timekeeping import clock

TITLE_NUMBER = "KMSF-{year}-{sequence:03d}"
PLAQUE_NUMBER = "KMSF-P-{year}-{sequence:03d}"


def grant(
    *,
    act: Act,
    organisation: Organisation,
    platform_name: str,
    district: District,
    functions: list[str],
    decided_on: date,
    parameters: Parameters,
) -> Title:
    """Grant a title with its plaque. A renewal starts on the later of the decision and the day after the old end.

    Numbers are gapless per year of the decision and taken here, last in the act.
    """
    platform, _ = Platform.objects.get_or_create(
        organisation=organisation, name=platform_name, defaults={"district": district}
    )
    platform.district, platform.functions = district, functions
    platform.service_address = organisation.service_address or organisation.registered_address
    platform.save()
    period = title_period(decided_on, parameters, last_day_before(organisation.credit_code))
    year = decided_on.year
    sequence = numbers.take("title", year)
    title = Title(
        platform=platform, number=TITLE_NUMBER.format(year=year, sequence=sequence), year=year, sequence=sequence,
        platform_name=platform_name, operator_name=organisation.name, credit_code=organisation.credit_code,
        district=district, functions=functions, decided_on=decided_on, valid_from=period.first, valid_to=period.last,
    )  # fmt: skip
    act.create(title, "grant", data={"number": title.number, "from": str(period.first), "to": str(period.last)})
    _allot(act, title)
    return title


def _allot(act: Act, title: Title) -> Plaque:
    sequence = numbers.take("plaque", title.year)
    serial = PLAQUE_NUMBER.format(year=title.year, sequence=sequence)
    plaque = Plaque(title=title, serial=serial, year=title.year, sequence=sequence)
    act.create(plaque, "allot", data={"serial": serial})
    return plaque


def dissolve(
    *,
    actor: Actor,
    title: Title,
    ended_on: date,
    evidence: StoredFile,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Title:
    """The operator is gone: the title ends with the day of its deregistration, neither 取消 nor 撤销, without a ban.

    Raises ValidationError for a day before the decision or after today, or without circumstances.
    """
    if not reason.strip():
        raise ValidationError({"reason": "请写明运营单位终止的情况。"})
    if not title.decided_on <= ended_on <= clock.today():
        raise ValidationError({"ended_on": "终止日期应在认定决定日期至今天之间。"})
    with engine.act(actor=actor, key=key) as act:
        [title] = act.lock((title, version))
        end(title, ended_on)
        title.ended_evidence = evidence
        act.take(title, "dissolve", reason=reason, data={"ended_on": str(title.ended_on), "evidence": evidence.sha256})
    return title


def renounce(
    *, actor: Actor, title: Title, reason: str, key: FormKey | None = None, version: int | None = None
) -> Title:
    """The platform gives up its title from today on; an ending procedure that is open goes on. There is no way back."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明放弃称号的理由。"})
    with engine.act(actor=actor, key=key) as act:
        [title] = act.lock((title, version))
        end(title, clock.today())
        act.take(title, "renounce", reason=reason, data={"ended_on": str(title.ended_on)})
    return title


def end(title: Title, day: date, document_number: str = "") -> None:
    """Note in a locked title that it is out of force from the day on; an earlier ending keeps its day. Does not save."""
    title.ended_on = min(title.ended_on, day) if title.ended_on else day
    title.ended_document = document_number or title.ended_document


def last_day_before(credit_code: str) -> date | None:
    """The last day in force of the operator's titles, with which a renewal adjoins (Art. 16); ended ones do not count."""
    standing = Title.objects.filter(credit_code=credit_code).exclude(state__in=Title.ENDED)
    latest = standing.order_by("-valid_to").first()
    return latest.valid_to if latest else None
