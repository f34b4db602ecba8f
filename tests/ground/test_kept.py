"""Set-ups that are kept: the second test that begins the same way gets the same rows, and nobody gets rows of another beginning."""

import pytest

from accounts.models import District, Organisation, User
from files import intake, storage
from files.models import StoredFile
from tests import cast, kept
from tests.kept import Kept

pytestmark = pytest.mark.django_db
BUILT: list[str] = []
SHARED: dict[tuple[object, ...], Kept] = {}
TOWNS: dict[tuple[object, ...], Kept] = {}
SEEN: list[tuple[int, str, str]] = []


@kept.kept
def built(name: str, district: District | None = None) -> Organisation:
    """An organisation with a file, which says that it was really built."""
    BUILT.append(name)
    body = cast.organisation(name, district.slug if district else "panlong")
    intake.keep_generated(f"%PDF-1.4 {name}".encode(), f"{name}.pdf")
    return body


class Town:
    """An object whose own state is part of what is kept."""

    @kept.kept
    def __init__(self) -> None:
        self.number = 0

    @kept.kept
    def grown(self) -> Organisation:
        self.number += 1
        return built(f"第{self.number}家")


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    store: dict[tuple[object, ...], Kept] = {}
    monkeypatch.setattr(kept, "KEPT", store)
    BUILT.clear()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_second_test_gets_what_the_first_had_built(turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "KEPT", SHARED)
    body = built("示例甲")
    SEEN.append((body.pk, body.credit_code, str(Organisation.objects.get().uuid)))
    stored = StoredFile.objects.get()
    assert storage.path_of(stored).read_bytes() == "%PDF-1.4 示例甲".encode()
    assert (len(BUILT), len(set(SEEN))) == (2 - turn, 1)


@pytest.mark.parametrize("turn", [1, 2])
def test_an_object_of_the_tests_goes_on_from_where_it_was(turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "KEPT", TOWNS)
    town = Town()
    assert [town.grown().name, town.grown().name, town.number] == ["第1家", "第2家", 2]
    assert len(BUILT) == (2 if turn == 1 else 0)


def test_another_argument_another_order_and_another_moment_are_another_beginning() -> None:
    built("示例甲")
    built("示例乙", District.objects.get(slug="wuhua"))
    assert (BUILT, len(kept.KEPT)) == (["示例甲", "示例乙"], 2)
    assert len({key[-3] for key in kept.KEPT}) == 1  # the clock stands
    assert len({key[0] for key in kept.KEPT}) == 2


def test_after_a_write_of_its_own_a_test_builds_in_full() -> None:
    User.objects.create_user("somebody")
    built("示例甲")
    assert (BUILT, kept.KEPT) == (["示例甲"], {})
