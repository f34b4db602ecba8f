"""Which titles and plaques a person may see, and what the public register shows of them."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.actors import Actor
from accounts.models import District, Organisation, Role
from registry import standing
from registry.models import Amendment, Ban, Claim, ImportedRow, Plaque, Title, TitleImport
from regulation.functions import FUNCTIONS
from regulation.identifiers import normalise_credit_code

MANY = 5
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}")
CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)


@dataclass(frozen=True)
class Wanted:
    """What a list of titles is narrowed to; empty fields narrow nothing."""

    words: str = ""
    district: str = ""
    function: str = ""
    year: int | None = None
    standing: str = ""


def visible_to(actor: Actor) -> QuerySet[Title]:
    """The own organisation's, the own district's, or for city officers and auditors all titles.

    A district goes on reading the titles that moved to another one: their history stays with it (Art. 20).
    """
    titles = Title.objects.select_related("platform__organisation", "platform__district", "district")
    if actor.is_applicant:
        return titles.filter(platform__organisation=actor.organisation)
    if actor.role == Role.DISTRICT_OFFICER:
        moved_away = Amendment.objects.filter(title=OuterRef("pk"), old_district=actor.district)
        return titles.filter(Q(platform__district=actor.district) | Exists(moved_away))
    return titles if actor.role in CITYWIDE else titles.none()


def overseen_by(actor: Actor) -> QuerySet[Title]:
    """The visible titles without those that moved to another district: a district goes on reading these, but no longer oversees them."""
    found = visible_to(actor)
    return found.filter(platform__district=actor.district) if actor.role == Role.DISTRICT_OFFICER else found


def plaques_visible_to(actor: Actor) -> QuerySet[Plaque]:
    """The plaques of the titles that the person may see."""
    plaques = Plaque.objects.select_related("title__platform__organisation", "title__platform__district")
    return plaques.filter(title__in=visible_to(actor))


def public() -> QuerySet[Title]:
    """The titles the public may know: those whose decision was announced under its document number (Art. 10)."""
    return Title.objects.filter(document_number__gt="").select_related("district")


def by_token(token: str) -> Title | None:
    """The announced title of an unguessable token, or None; what cannot be a token never reaches the database."""
    return public().filter(token=token).first() if TOKEN.fullmatch(token) else None


def by_number(number: str, credit_code: str) -> Title | None:
    """The announced title with both that number and that operator, or None: one answer for wrong and absent (A12)."""
    wanted = {"number__iexact": "".join(number.split()), "credit_code": normalise_credit_code(credit_code)}
    return public().filter(**wanted).first()


def narrowed(titles: QuerySet[Title], wanted: Wanted, on: date) -> QuerySet[Title]:
    """The titles that fit; their standing is that of the day."""
    if wanted.words:
        names = Q(platform_name__icontains=wanted.words) | Q(operator_name__icontains=wanted.words)
        titles = titles.filter(names | Q(number__icontains=wanted.words) | Exists(_formerly_called(wanted.words)))
    if wanted.district:
        titles = titles.filter(district__slug=wanted.district)
    if wanted.function:
        # SQLite knows no containment in JSON; keys of functions are plain words, so their quoted text is exact.
        titles = titles.annotate(listed=Cast("functions", TextField())).filter(listed__contains=f'"{wanted.function}"')
    if wanted.year:
        titles = titles.filter(year=wanted.year)
    return titles.filter(standing.condition(wanted.standing, on)) if wanted.standing else titles


def _formerly_called(words: str) -> QuerySet[Amendment]:
    kinds = (Amendment.Kind.PLATFORM_NAME, Amendment.Kind.OPERATOR_NAME)
    return Amendment.objects.filter(title=OuterRef("pk"), kind__in=kinds, before__icontains=words)


def years(titles: QuerySet[Title]) -> list[int]:
    """The years of decision, latest first."""
    return list(titles.order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class DistrictCount:
    """How many announced titles of a district are in force, and how many there have been."""

    district: District
    valid: int
    total: int

    @property
    def shade(self) -> str:
        """How strongly its tile is filled."""
        return "many" if self.valid >= MANY else "some" if self.valid else "none"


def by_district(on: date) -> list[DistrictCount]:
    """Every district in its order, also those without a title."""
    announced = Q(titles__document_number__gt="")
    in_force = announced & standing.in_force(on, "titles__")
    counted = District.objects.annotate(valid=Count("titles", filter=in_force), total=Count("titles", filter=announced))
    return [DistrictCount(district, district.valid, district.total) for district in counted.order_by("order", "slug")]


def by_function(on: date) -> list[tuple[str, int]]:
    """(label, number of titles in force) for the ten functions of Art. 8; a title may have several."""
    listed = public().filter(standing.in_force(on)).values_list("functions", flat=True)
    keys = [key for functions in listed for key in functions]
    return [(rule.label, keys.count(key)) for key, rule in FUNCTIONS.items()]


def by_year(on: date) -> list[tuple[int, int]]:
    """(year of decision, number of titles), latest first."""
    counted = public().filter(decided_on__lte=on).order_by("-year").values_list("year")
    return list(counted.annotate(number=Count("pk")))


def renewable(year: int) -> QuerySet[Title]:
    """The titles that end in the calendar year, were not ended before, and have no successor yet (Art. 16)."""
    ends = Title.objects.filter(valid_to__year=year, document_number__gt="").exclude(state__in=Title.ENDED)
    successor = Title.objects.filter(credit_code=OuterRef("credit_code"), valid_from__gt=OuterRef("valid_from"))
    return ends.filter(~Exists(successor)).select_related("platform__organisation", "platform__district")


def bans_visible_to(actor: Actor, words: str = "") -> QuerySet[Ban]:
    """All bans for the city and auditors, those of the own district's organisations for a district; latest end first."""
    found = Ban.objects.select_related("title").order_by("-ends_on", "-id")
    if actor.role == Role.DISTRICT_OFFICER:
        own = Organisation.objects.filter(district=actor.district, credit_code=OuterRef("credit_code"))
        found = found.filter(Exists(own))
    elif actor.role not in CITYWIDE:
        return found.none()
    if not words:
        return found
    return found.filter(Q(operator_name__icontains=words) | Q(credit_code=normalise_credit_code(words)))


def claims_visible_to(actor: Actor) -> QuerySet[Claim]:
    """The own district's claims; all for officers of the city and auditors, who only read them."""
    found = Claim.objects.select_related("organisation__district", "letter", "account")
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(organisation__district=actor.district)
    return found if actor.role in CITYWIDE else found.none()


def imports_visible_to(actor: Actor) -> QuerySet[TitleImport]:
    """The workbooks of old titles: the city's own, read by the auditor."""
    found = TitleImport.objects.select_related("file", "uploaded_by", "confirmed_by")
    return found if actor.role in CITYWIDE else found.none()


def imported_rows(title_import: TitleImport) -> QuerySet[ImportedRow]:
    """What the rows of a confirmed workbook became."""
    return title_import.rows.select_related("title__district", "title__platform__organisation", "ban")


def titles_of(organisation: Organisation) -> QuerySet[Title]:
    """The titles of an organisation's platforms, the latest first."""
    return Title.objects.filter(platform__organisation=organisation).order_by("-valid_from")
