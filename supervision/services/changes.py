"""Filing, checking and registering major changes (Art. 20). A late filing is accepted like any other, and marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.actors import Actor
from accounts.models import District, Role
from files.models import StoredFile
from lifecycle import announcements, chain, engine, numbers
from lifecycle.engine import Act
from lifecycle.errors import Blocked
from lifecycle.idempotency import FormKey
from registry.models import Title
from registry.services import amendments
from regulation.identifiers import check_credit_code, normalise_credit_code
from supervision.change_kinds import BY_KIND, CODE, NOT_COMPLETED
from supervision.models import Change, ChangeFile, ChangeVersion
from timekeeping import clock

DISTRICT_RECEIPT = "BGQ-{year}-{sequence:04d}"
CITY_RECEIPT = "BGS-{year}-{sequence:04d}"
TWICE = "该称号的同一事项已有未办结的变更备案，请在原备案中补充"


@dataclass(frozen=True)
class Filing:
    """What is filed: the day on which the change was completed, the new values, words and proofs."""

    completed_on: date
    values: Mapping[str, str]
    explanation: str = ""
    proofs: Sequence[StoredFile] = ()


def file(
    *, actor: Actor, title: Title, kind: str, says: Filing, received_at: datetime | None = None, key: FormKey | None = None
) -> Change:  # fmt: skip
    """File a change with district and city at once; both receipts bear the same moment.

    Raises ValidationError at the fields, Blocked when the same matter is under way already.
    """
    received = received_at or clock.now()
    values = checked(title, kind, says, received)
    try:
        with engine.act(actor=actor, key=key) as act:
            change = proposed(actor=actor, title=title, kind=kind)
            _say(change, says, values)
            change.filed_at = received
            _number(change)
            act.create(change, "file", data={"fingerprint": _fingerprint(change, says.proofs)})
            _keep_version(change, actor, says.proofs, received)
    except IntegrityError as error:
        raise Blocked([TWICE]) from error
    return change


def proposed(*, actor: Actor, title: Title, kind: str) -> Change:
    """The filing that ``file`` would make, unsaved, to ask for blockers."""
    return Change(
        title=title, kind=kind, organisation=title.platform.organisation, district=title.platform.district,
        filed_by=actor.person,
    )  # fmt: skip


def refile(
    *, actor: Actor, change: Change, says: Filing, received_at: datetime | None = None, key: FormKey | None = None,
    version: int | None = None,
) -> Change:  # fmt: skip
    """File again what came back, as a new version; the first receipt goes on deciding whether it was in time."""
    received = received_at or clock.now()
    values = checked(change.title, change.kind, says, received)
    with engine.act(actor=actor, key=key) as act:
        [change] = act.lock((change, version))
        _say(change, says, values)
        act.take(change, "refile", data={"fingerprint": _fingerprint(change, says.proofs)})
        _keep_version(change, actor, says.proofs, received)
    return change


def return_for_correction(
    *, actor: Actor, change: Change, reason: str, key: FormKey | None = None, version: int | None = None
) -> Change:
    """Send the filing back with everything that is missing."""
    return _step(actor, change, "return_for_correction", reason, key, version)


def withdraw(
    *, actor: Actor, change: Change, reason: str, key: FormKey | None = None, version: int | None = None
) -> Change:
    """Take the filing back; the matter may be filed anew."""
    return _step(actor, change, "withdraw", reason, key, version)


def refuse(
    *, actor: Actor, change: Change, reason: str, key: FormKey | None = None, version: int | None = None
) -> Change:
    """不予备案 with words: the book stays as it is."""
    return _step(actor, change, "refuse", reason, key, version, keep_as="conclusion")


def examine(
    *, actor: Actor, change: Change, opinion: str, key: FormKey | None = None, version: int | None = None
) -> Change:
    """The district compared the filing with its proofs."""
    return _step(actor, change, "examine", opinion, key, version, keep_as="opinion", field="opinion")


def register(
    *, actor: Actor, change: Change, conclusion: str = "", key: FormKey | None = None, version: int | None = None
) -> Change:
    """Register the filing and carry it into the book, with history, in the same act (Art. 20).

    A platform that leaves Kunming changes nothing in the book by itself: ``conclusion`` says what people decided.
    """
    if change.leaves_the_city and not conclusion.strip():
        raise ValidationError({"conclusion": "迁出本市的，请写明研究处理意见。"})
    titles = amendments.concerned(change.title, change.kind)
    with engine.act(actor=actor, key=key) as act:
        change, *titles = act.lock((change, version), *titles)
        change.conclusion = conclusion.strip()
        act.take(change, "register", reason=change.conclusion)
        amendments.amend(act=act, titles=titles, kind=change.kind, values=change.values, source=source(change))
        if change.new_district:
            _tell_the_new_district(act, change)
    return change


def source(change: Change) -> amendments.Source:
    """Where an entry of the book's history comes from."""
    return amendments.Source(change=change.uuid, completed_on=change.completed_on)


def checked(title: Title, kind: str, says: Filing, received: datetime) -> dict[str, str]:
    """The values in their normal form. Raises ValidationError at the fields that are missing, unchanged or wrong."""
    values = {asked.name: says.values.get(asked.name, "").strip() for asked in BY_KIND[kind].fields}
    problems = {a.name: f"请填写{a.label}。" for a in BY_KIND[kind].fields if a.required and not values[a.name]}
    if says.completed_on > received.astimezone(clock.SHANGHAI).date():
        problems["completed_on"] = NOT_COMPLETED
    if not says.proofs:
        problems["proof_1"] = f"请上传{BY_KIND[kind].proof}。"
    for asked in BY_KIND[kind].fields:
        if asked.choice == CODE and values[asked.name]:
            problems |= _code(asked.name, values, title)
    if not problems and _unchanged(title, kind, values):
        problems[BY_KIND[kind].fields[0].name] = "与名录现在登记的一致，没有需要备案的变更，请核对。"
    if problems:
        raise ValidationError(problems)
    return values


def _code(name: str, values: dict[str, str], title: Title) -> dict[str, str]:
    try:
        check_credit_code(values[name])
    except ValueError as wrong:
        return {name: str(wrong)}
    values[name] = normalise_credit_code(values[name])
    if values[name] == title.platform.organisation.credit_code:
        return {name: "与现运营单位相同。单位更名的，请选择“运营单位名称变更”。"}
    return {}


def _unchanged(title: Title, kind: str, values: Mapping[str, str]) -> bool:
    stands = amendments.now_stands(title, kind)
    if kind == Change.Kind.DISTRICT:
        return values["district"] == stands["district"]
    given = {name: value for name, value in values.items() if value}
    return bool(stands) and all(stands.get(name) == value for name, value in given.items())


def _say(change: Change, says: Filing, values: dict[str, str]) -> None:
    change.values, change.before = values, amendments.now_stands(change.title, change.kind)
    change.completed_on, change.explanation = says.completed_on, says.explanation.strip()
    change.new_district = District.objects.filter(slug=values.get("district", "")).first()


def _number(change: Change) -> None:
    change.year = change.filed_at.astimezone(clock.SHANGHAI).year
    change.district_sequence = numbers.take("change_district", change.year)
    change.city_sequence = numbers.take("change_city", change.year)
    change.district_receipt = DISTRICT_RECEIPT.format(year=change.year, sequence=change.district_sequence)
    change.city_receipt = CITY_RECEIPT.format(year=change.year, sequence=change.city_sequence)


def content_of(change: Change, proofs: Sequence[StoredFile]) -> dict[str, Any]:
    """What a version says, in plain data."""
    return {
        "kind": change.kind, "before": change.before, "values": change.values, "explanation": change.explanation,
        "completed_on": str(change.completed_on), "proofs": [stored.sha256 for stored in proofs],
    }  # fmt: skip


def _fingerprint(change: Change, proofs: Sequence[StoredFile]) -> str:
    return chain.digest(content_of(change, proofs))


def _keep_version(change: Change, actor: Actor, proofs: Sequence[StoredFile], received: datetime) -> None:
    number = change.versions.count() + 1
    ChangeVersion.objects.create(
        change=change, number=number, content=content_of(change, proofs), fingerprint=_fingerprint(change, proofs),
        filed_at=received, filed_by=actor.person,
    )  # fmt: skip
    ChangeFile.objects.bulk_create(ChangeFile(change=change, file=proof, version=number) for proof in proofs)


def _step(
    actor: Actor, change: Change, step: str, words: str, key: FormKey | None, version: int | None, *,
    keep_as: str = "", field: str = "reason",
) -> Change:  # fmt: skip
    if not words.strip():
        raise ValidationError({field: "请填写。"})
    with engine.act(actor=actor, key=key) as act:
        [change] = act.lock((change, version))
        if keep_as:
            setattr(change, keep_as, words.strip())
        act.take(change, step, reason=words.strip())
    return change


def _tell_the_new_district(act: Act, change: Change) -> None:
    title = change.title
    if change.new_district:
        title.platform.district = change.new_district
    announcements.tell(
        subject=change, kind="moved_in", occasion=str(act.act_id), title=f"示范平台迁入：{title.platform_name}",
        body=f"{title.platform_name}（{title.number}）已由{change.district.name}迁入贵区，即日起由贵区指导、督促和受理。",
        users=announcements.people(Role.DISTRICT_OFFICER, title),
    )  # fmt: skip
