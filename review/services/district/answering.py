"""The district's answers to what the city sent back, item by item, given with its new word on the case (Art. 11)."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from applications.models import Application
from lifecycle import chain
from review.selectors import send_backs
from timekeeping import clock


def answer(application: Application, answers: Mapping[str, str]) -> dict[str, str]:
    """Keep the answers (``SendBackItem.slug`` → words) to the return that is open; what the record says of it. Inside an act.

    Raises ValidationError at ``answer_<slug>`` for every item without an answer. Without an open return nothing happens.
    """
    asked = send_backs.open_of(application)
    if asked is None:
        return {}
    items = list(asked.items.all())
    missing = {
        f"answer_{item.slug}": f"请填写“{item.label}”的核实情况。"
        for item in items
        if not answers.get(item.slug, "").strip()
    }
    if missing:
        raise ValidationError(missing)
    for item in items:
        item.answer = answers[item.slug].strip()
        item.save(update_fields=["answer"])
    asked.answered_at = clock.now()
    asked.save(update_fields=["answered_at"])
    return {"send_back": str(asked.uuid), "answers": chain.digest([[item.slug, item.answer] for item in items])}
