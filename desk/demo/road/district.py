"""The district: acceptance, checks, sample, measurement, recommendation, and its other answers."""

from accounts.actors import Actor
from desk.demo.city import Case
from desk.demo.materials import upload
from desk.demo.timeline import Story
from files.intake import receive
from files.purposes import Purpose
from review import checklist
from review.models import ContactAttempt, Sample, SummarySheet, SurveyAnswer
from review.selectors import flags as flag_selectors
from review.selectors import summaries
from review.services import assignments, district, flags, intake, phrases, sampling
from review.services.district import measuring
from review.services.district.handling import Defect
from review.services.district.measuring import Conclusion

OPINIONS = {
    "basic": "逐项核对，与证照、财务报表和清单一致。",
    "operation": "管理制度健全，服务流程、收费标准公开，运营正常。",
    "performance": "已抽查服务台账和合同。",
}
OPINION = "经审核，材料真实完整，初审测评合格，服务企业满意度抽查达标，同意推荐。"
ALL_OK = {item.key: ("ok", "") for item in checklist.ITEMS}
DEFECTS = {
    "section-finance-assets": "资产总额与所附资产负债表期末数不一致，请核对更正或说明。",
    "list-institutions-in_force": "第一家签约机构的合作内容与协议不一致，请更正。",
    "material-7-contracts": "第二份合作协议缺少对方盖章页，请补充。",
}
VERY, SATISFIED = SurveyAnswer.Satisfaction.VERY, SurveyAnswer.Satisfaction.SATISFIED
NEUTRAL, DISSATISFIED = SurveyAnswer.Satisfaction.NEUTRAL, SurveyAnswer.Satisfaction.DISSATISFIED


# The first characters of the letters of the zones' bureaus; those of the districts begin with the district's own.
LETTERS = {
    "gaoxin": "昆高新经发", "jingkai": "昆经开经发", "dianchi": "滇度经发", "yangzonghai": "阳宗海经发", "konggang": "空港经发",
}  # fmt: skip
PHRASES = (
    ("", "请逐页加盖公章后重新提交。"),
    ("", "扫描件不清晰，请重新扫描后提交。"),
    ("section-finance-assets", "资产总额与所附资产负债表期末数不一致，请核对更正或说明。"),
    ("material-3-statements", "请补充体现服务收入和服务支出的上一年度财务报表。"),
    ("material-7-contracts", "合作协议缺少对方盖章页，请补充。"),
)


def keep_phrases(officer: Actor) -> None:
    """What the district's officers often have to say."""
    for item, text in PHRASES:
        phrases.add(actor=officer, item=item, text=text)


def assign(officer: Actor, colleague: Actor, *cases: Case) -> None:
    """The cases given to a colleague, or to the officer's own hand."""
    chosen = dict.fromkeys((case.application.pk for case in cases), 0)
    assignments.assign_all(actor=officer, cases=chosen, officer=colleague.user)


def look_into(case: Case, kind: str, note: str) -> None:
    """What the officer found out about the flags of one kind."""
    told = [one for one in flag_selectors.told_to(case.officer, case.application) if one.flag.kind == kind]
    notes = {one.flag.key: flags.Noted(note, one.seen) for one in told}
    flags.answer_flags(actor=case.officer, application=case.application, notes=notes)


def accept(case: Case) -> None:
    """Every item of the checklist answered, and the case accepted."""
    district.save_checks(actor=case.officer, application=case.application, answers=ALL_OK)
    district.accept(actor=case.officer, application=case.application)


def return_for_correction(case: Case) -> None:
    """Three defects told at once: of a section, of a list, of a class of material."""
    answers = {item: ("fix", words) for item, words in DEFECTS.items()}
    district.save_checks(actor=case.officer, application=case.application, answers=answers)
    defects = [Defect.of(checklist.BY_KEY[item], words) for item, words in DEFECTS.items()]
    district.return_for_correction(
        actor=case.officer, application=case.application, defects=defects, note="请一次性补正，其余材料已核对。"
    )


def measure(case: Case) -> None:
    """Every finding as the figures say, with the officer's opinion on each head."""
    proposed = measuring.proposed(case.application)
    given = {name: Conclusion(one.met, f"{one.note}{OPINIONS[name]}") for name, one in proposed.items()}
    district.measure(actor=case.officer, application=case.application, **given)


def draw(case: Case) -> Sample:
    """The random sample of the enterprises served."""
    return sampling.draw(actor=case.officer, application=case.application)


def ask(case: Case, *, unhappy: int | None = None, leave: int = 0) -> None:
    """The drawn enterprises answer, ``unhappy`` of them not content: by default up to as many as Art. 7 (3) bears, by the
    number of the organisation. ``leave`` of them have not answered yet.
    """
    officer, sample = case.officer, Sample.objects.get(application__uuid=case.uuid, state="open")
    waiting = sample.units.filter(activated_at__isnull=False, replaced_at__isnull=True, answer__isnull=True)
    units = list(waiting.order_by("position"))
    if unhappy is None:
        unhappy = min(case.body.number % 4, len(units) // 5)
    for place, unit in enumerate(units[: len(units) - leave]):
        kind = (DISSATISFIED if place % 2 else NEUTRAL) if place < unhappy else (VERY if place % 3 else SATISFIED)
        if place % 4 == 3:
            said = "办理时间偏长，收费标准没有事先说明。" if place < unhappy else "服务及时。"
            sampling.note_answer(actor=officer, unit=unit, satisfaction=kind, comment=said)
        else:
            sampling.answer(unit=unit, satisfaction=kind)


def replace_one(case: Case) -> None:
    """The last drawn enterprise cannot be reached; the next one of the draw takes its place."""
    sample = Sample.objects.get(application__uuid=case.uuid, state="open")
    unit = sample.units.filter(activated_at__isnull=False, answer__isnull=True).order_by("position").last()
    sampling.note_attempt(
        actor=case.officer, unit=unit, outcome=ContactAttempt.Outcome.NO_ANSWER, note="三次拨打无人接听"
    )
    sampling.replace(actor=case.officer, unit=unit)


def close(case: Case) -> None:
    """The sample ended with its figures."""
    sample = Sample.objects.get(application__uuid=case.uuid, state="open")
    sampling.close(actor=case.officer, sample=sample)


def recommend(case: Case) -> None:
    """The district's word in favour."""
    place = case.round.next_place(case)
    district.recommend(actor=case.officer, application=case.application, opinion=OPINION, order=place)


def forward(case: Case) -> None:
    """Everything the district has recommended by now, printed, sealed and forwarded; an earlier sheet may have taken it along."""
    if case.application.state != "recommended":
        return
    where, officer, year = case.application.district, case.officer, case.timeline.today.year
    sheet = SummarySheet.objects.get(district=where, call=case.application.call, state="open")
    scan = receive(upload("signed_summary", Purpose.SIGNED), purpose=Purpose.SIGNED, uploaded_by=officer.user)
    mark = summaries.fingerprint(sheet, summaries.rows_of(sheet))
    district.keep_scan(actor=officer, sheet=sheet, file=scan, fingerprint=mark)
    before = SummarySheet.objects.filter(district=where, state="forwarded").count()
    letter = f"{LETTERS.get(where.slug, f'{where.name[0]}科工信')}〔{year}〕{before + 21}号"
    district.forward(actor=officer, sheet=sheet, letter_number=letter)


def review(case: Case, *, unhappy: int | None = None) -> Story:
    """Acceptance, sample and measurement, in ten working days; ``unhappy`` as for ``ask``."""
    yield case.timeline.in_workdays(2, hour=9, minute=case.body.number)
    accept(case)
    yield case.timeline.in_workdays(2, hour=14, minute=case.body.number)
    draw(case)
    yield case.timeline.in_workdays(3, hour=11, minute=case.body.number)
    ask(case, unhappy=unhappy)
    yield case.timeline.in_workdays(1, hour=16, minute=case.body.number)
    close(case)
    measure(case)


def take(case: Case) -> Story:
    """The whole district stage, its sheet forwarded, and the city's intake three working days later."""
    yield from review(case)
    yield case.timeline.in_workdays(1, hour=10, minute=case.body.number)
    recommend(case)
    yield case.timeline.in_workdays(1, hour=15, minute=case.body.number)
    forward(case)
    yield case.timeline.in_workdays(2, hour=9, minute=case.body.number)
    intake.admit(actor=case.city.cast["city2"], application=case.application)
