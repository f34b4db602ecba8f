"""Writing titles and plaques into the book (Art. 15, 16). Called inside the act of the collective decision."""

from datetime import date

from accounts.models import District, Organisation
from lifecycle import numbers
from lifecycle.engine import Act
from registry.models import Plaque, Platform, Title
from regulation.parameters import Parameters
from regulation.terms import title_period

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
    period = title_period(decided_on, parameters, _last_day_before(organisation))
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


def _last_day_before(organisation: Organisation) -> date | None:
    latest = Title.objects.filter(credit_code=organisation.credit_code).order_by("-valid_to").first()
    return latest.valid_to if latest else None
