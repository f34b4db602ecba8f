"""Forming a panel: experts drawn at random with a recorded seed, or chosen from the pool (Art. 12; the way is a default)."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import User
from applications.models import Call
from lifecycle import chain, engine
from lifecycle.idempotency import FormKey
from review import drawing
from review.models import Panel, PanelMember
from review.selectors import experts
from timekeeping import clock


def form(
    *,
    actor: Actor,
    call: Call,
    name: str,
    declare_due_at: datetime,
    score_due_at: datetime,
    chosen: Iterable[User] = (),
    draw: int = 0,
    seed: str = "",
    key: FormKey | None = None,
) -> Panel:
    """Form a panel of chosen experts and ``draw`` more drawn from the pool; both terms are exclusive instants.

    Persons who belong to an applicant of the call, and whoever forms the panel, are left out of the draw and refused when
    chosen. Raises ValidationError by field for terms out of order, an unsuitable choice or too few experts.
    """
    members = list(chosen)
    _check_terms(declare_due_at, score_due_at)
    with engine.act(actor=actor, key=key) as act:
        pool = {str(profile.user.uuid): profile.user for profile in experts.pool()}
        drawn = _draw(actor, call, pool, members, draw, seed)
        if len(members) + len(drawn.drawn) < call.parameters.experts_per_case:
            raise ValidationError(
                {"draw": f"专家组不少于{call.parameters.experts_per_case}人，请增加抽取人数或选定专家。"}
            )
        panel = Panel(
            call=call,
            name=name.strip() or f"{call.year}年度专家组",
            declare_due_at=declare_due_at,
            score_due_at=score_due_at,
            seed=drawn.seed if draw else "",
            draw=drawn.as_json() if draw else None,
        )
        data = {"drawn": list(drawn.drawn), "chosen": [str(user.uuid) for user in members]}
        act.create(panel, "form", data=data | {"draw": chain.digest(panel.draw)})
        PanelMember.objects.bulk_create(
            [PanelMember(panel=panel, expert=user) for user in members]
            + [PanelMember(panel=panel, expert=pool[key], drawn=True) for key in drawn.drawn]
        )
    return panel


def _check_terms(declare_due_at: datetime, score_due_at: datetime) -> None:
    if declare_due_at <= clock.now():
        raise ValidationError({"declare_due_on": "声明期限应晚于今天。"})
    if score_due_at <= declare_due_at:
        raise ValidationError({"score_due_on": "评分期限应晚于声明期限。"})


def _draw(actor: Actor, call: Call, pool: dict[str, User], chosen: list[User], count: int, seed: str) -> drawing.Draw:
    people = list(pool.values())
    by_key = {user.pk: str(user.uuid) for user in people}
    excluded = {by_key[pk]: reason for pk, reason in experts.rivals(people, call).items()}
    if actor.user and actor.user.pk in by_key:
        excluded[by_key[actor.user.pk]] = "组建专家组的人员"
    for user in chosen:
        if str(user.uuid) not in pool:
            raise ValidationError({"chosen": f"{user.name}目前不在专家库中，请刷新后重新选择。"})
        if str(user.uuid) in excluded:
            raise ValidationError({"chosen": f"{user.name}不能入选：{excluded[str(user.uuid)]}。"})
    already = dict.fromkeys((str(user.uuid) for user in chosen), "已选定")
    try:
        return drawing.draw(pool, seed or secrets.token_hex(16), count, excluded | already)
    except ValueError as error:
        raise ValidationError({"draw": f"{error}，请减少抽取人数或补充专家库。"}) from error
