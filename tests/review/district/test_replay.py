"""A draw can be made again, by page, by command and without the system; a changed frame, seed or result is refused."""

import copy
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, ApplicationVersion
from lifecycle.errors import Blocked
from lifecycle.models import StepRecord
from review.models import Sample, SampleUnit
from review.selectors import sampling as samples
from review.services import district, sampling
from tests import cast
from tests.pages import Visitor
from tests.review import build

pytestmark = pytest.mark.django_db
STANDALONE = Path(settings.BASE_DIR) / "bin" / "replay_sample.py"


@pytest.fixture
def sample(application: Application, officer: Actor) -> Sample:
    district.accept(actor=officer, application=application)
    return sampling.draw(actor=officer, application=application)


def command(name: object) -> tuple[int, str]:
    """Exit code and words of ``manage.py replay_sample``."""
    out = StringIO()
    try:
        call_command("replay_sample", str(name), stdout=out)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def printed(words: str) -> list[str]:
    """The credit codes printed, in their order."""
    return [line.split()[2] for line in words.splitlines() if line.strip()[:1].isdigit()]


def drop_an_sme(version: ApplicationVersion) -> None:
    """One enterprise less in a frozen list, written past the services."""
    content = copy.deepcopy(version.content)
    content["lists"]["served"].pop()
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(ApplicationVersion._meta.db_table)
        cursor.execute(f"UPDATE {table} SET content = %s WHERE id = %s", [json.dumps(content), version.pk])  # noqa: S608


def test_the_command_draws_the_same_smes_by_number_and_by_uuid(sample: Sample) -> None:
    recorded = list(sample.units.order_by("position").values_list("credit_code", flat=True))
    for name in (sample.uuid, sample.application.receipt_number, f" {sample.application.receipt_number.lower()} "):
        code, words = command(name)
        assert (code, printed(words)) == (0, recorded)
        assert "一致：" in words
    code, words = command("KM-2026-9999")
    assert (code, "没有找到样本" in words) == (1, True)


def test_a_changed_frame_is_refused_by_command_page_and_every_further_step(
    sample: Sample, officer: Actor, application: Application
) -> None:
    build.answer_all(sample)
    drop_an_sme(sample.application_version)
    code, words = command(sample.uuid)
    assert (code, printed(words), "清单已变化" in words) == (1, [], True)
    shown = Visitor(officer).get(reverse("review:replay", args=[sample.uuid]))
    assert "清单已变化" in shown.text
    assert sample.units.first().name not in shown.text
    with pytest.raises(Blocked, match="清单与抽样时不一致"):
        sampling.close(actor=officer, sample=sample)


def test_no_further_sme_is_drawn_from_a_changed_frame(sample: Sample, officer: Actor) -> None:
    sample.units.filter(is_reserve=True).delete()
    drop_an_sme(sample.application_version)
    unit = samples.units(sample)[0]
    sampling.note_attempt(actor=officer, unit=unit, outcome="refused")
    with pytest.raises(ValidationError, match="清单与抽样时不一致"):
        sampling.replace(actor=officer, unit=unit)


def test_a_new_version_with_another_list_needs_a_new_draw(
    sample: Sample, officer: Actor, application: Application
) -> None:
    build.answer_all(sample)
    signer = cast.actor_of(application, Role.SIGNATORY)
    content = copy.deepcopy(sample.application_version.content)
    build.freeze(application, content, signer)
    assert sampling.close(actor=officer, sample=sample).state == "closed"
    content["lists"]["served"].pop()
    build.freeze(application, content, signer)
    assert "清单与抽样时不一致" in str(district_blockers(application, officer))


def district_blockers(application: Application, officer: Actor) -> list[str]:
    from lifecycle import engine

    return list(engine.blockers(Application.objects.get(pk=application.pk), "recommend", officer))


def test_another_seed_and_a_swapped_enterprise_are_noticed(sample: Sample) -> None:
    Sample.objects.filter(pk=sample.pk).update(seed="0" * 64)
    assert command(sample.uuid)[0] == 1
    assert "种子已变化" in command(sample.uuid)[1]
    Sample.objects.filter(pk=sample.pk).update(seed=sample.seed)
    stranger = set(samples.frame_of(sample.application_version)) - set(
        sample.units.values_list("credit_code", flat=True)
    )
    SampleUnit.objects.filter(pk=sample.units.first().pk).update(credit_code=min(stranger))
    assert command(sample.uuid)[0] == 1
    assert "重新抽取的结果与记录不同" in command(sample.uuid)[1]


def test_a_voided_draw_stays_replayable_beside_the_new_one(
    sample: Sample, officer: Actor, colleague: Actor, application: Application
) -> None:
    sampling.propose_redraw(actor=officer, sample=sample, reason="清单联系方式有误")
    sampling.approve_redraw(actor=colleague, sample=sample)
    again = sampling.draw(actor=officer, application=application)
    code, words = command(application.receipt_number)
    assert code == 0
    assert printed(words) == [
        unit.credit_code for one in (sample, again) for unit in one.units.order_by("position")
    ]  # fmt: skip


def alone(path: Path, *hashes: str) -> tuple[int, str]:
    """The stand-alone check, in a process that has nothing of the product."""
    ran = subprocess.run(
        [sys.executable, "-I", STANDALONE, path, *hashes], capture_output=True, text=True, cwd=path.parent, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def test_an_auditor_draws_again_without_the_system(sample: Sample, tmp_path: Path) -> None:
    auditor = Visitor(cast.person("auditor", Role.AUDITOR))
    page = auditor.get(reverse("review:replay", args=[sample.uuid]))
    kept = tmp_path / "sample.json"
    kept.write_bytes(auditor.get(page.links["下载种子、清单和抽中名单"]).body)
    record = StepRecord.objects.get(subject_id=sample.uuid, step="draw").data
    hashes = (record["frame"], record["seed"])
    code, words = alone(kept, *hashes)
    assert (code, printed(words)) == (0, list(sample.units.order_by("position").values_list("credit_code", flat=True)))
    call_command("replay_sample", str(sample.uuid), "--export", str(tmp_path / "other.json"), stdout=StringIO())
    assert json.loads((tmp_path / "other.json").read_text()) == json.loads(kept.read_text())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda kept: kept["frame"].pop(), "清单已变化"),
        (lambda kept: kept["drawn"].reverse() or [one.update(position=n) for n, one in enumerate(kept["drawn"], 1)], "重新抽取的结果与记录不同"),
        (lambda kept: kept.update(seed="1" * 64), "种子已变化"),
    ],
)  # fmt: skip
def test_what_was_changed_outside_the_system_is_refused_too(sample: Sample, tmp_path: Path, change, words: str) -> None:
    kept, path = samples.exported(sample), tmp_path / "sample.json"
    record = StepRecord.objects.get(subject_id=sample.uuid, step="draw").data
    change(kept)
    path.write_text(json.dumps(kept))
    code, said = alone(path, record["frame"], record["seed"])
    assert (code, words in said) == (1, True)


def test_who_may_draw_again(
    sample: Sample, officer: Actor, city: Actor, stranger: Actor, application: Application
) -> None:
    readers = (officer, city, cast.person("auditor", Role.AUDITOR))
    others = (stranger, cast.actor_of(application), cast.person("expert", Role.EXPERT), None)
    for name in ("replay", "replay_file", "sample", "sample_progress"):
        address = reverse(f"review:{name}", args=[sample.uuid])
        assert [Visitor(reader).get(address).status for reader in readers] == [200, 200, 200]
        told = [Visitor(other).get(address) for other in others]
        assert [one.status for one in told] == [404, 403, 403, 200]  # the last one is the login page
        assert all(sample.seed.encode() not in one.body for one in told)
