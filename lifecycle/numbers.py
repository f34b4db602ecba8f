"""Numbers without gaps: receipt, title and plaque numbers, one sequence per kind and year."""

from lifecycle.models import Counter


def take(kind: str, year: int) -> int:
    """The next number of ``kind`` in ``year``, from 1. Call inside the act, as late as possible: the row stays locked."""
    Counter.objects.get_or_create(kind=kind, year=year)
    counter = Counter.objects.select_for_update().get(kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
