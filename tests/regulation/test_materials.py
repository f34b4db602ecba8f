from regulation import materials

BASE = {
    "application_report", "licence", "premises_lease", "financial_statements", "process_documents", "service_proofs",
    "managers", "full_time_staff", "institution_contracts",
}  # fmt: skip


def missing(provided, *, qualifications=False, functions=()):
    groups = materials.missing(provided, claims_qualifications=qualifications, functions=functions)
    return [[material.key for material in group] for group in groups]


def test_the_eight_classes_follow_article_nine():
    assert [group.article_label for group in materials.CLASSES] == [f"第九条第（{n}）项" for n in "一二三四五六七八"]
    assert "附件1" in materials.CLASSES[0].text


def test_a_complete_set_misses_nothing():
    assert missing(BASE) == []


def test_a_title_or_a_long_lease_is_enough():
    assert missing(BASE - {"premises_lease"} | {"premises_title"}) == []
    assert missing(BASE - {"premises_lease"}) == [["premises_title", "premises_lease"]]


def test_certificates_are_needed_only_when_claimed():
    assert missing(BASE, qualifications=True) == [["qualification_certificates"]]


def test_mentors_are_needed_only_for_the_startup_function():
    assert missing(BASE, functions=["startup"]) == [["mentors"]]
    assert missing(BASE | {"mentors"}, functions=["startup"]) == []
    assert missing(BASE, functions=["training"]) == []
