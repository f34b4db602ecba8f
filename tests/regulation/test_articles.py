from datetime import date

import pytest

from regulation import articles


def test_there_are_24_articles_in_order_in_six_chapters():
    assert [item.number for item in articles.REVISION_2022.articles] == list(range(1, 25))
    chapters = list(dict.fromkeys(item.chapter for item in articles.REVISION_2022.articles))
    assert chapters == [
        "第一章 总则",
        "第二章 申报条件",
        "第三章 申报材料",
        "第四章 认定程序",
        "第五章 管理和监督",
        "第六章 附则",
    ]


def test_articles_seven_eight_and_nine_have_their_items():
    assert [len(articles.article(number).items) for number in (7, 8, 9)] == [8, 10, 8]


def test_the_words_can_be_cited():
    assert articles.article_text("7(1)") == "获得县（市）区、开发（度假）区中小企业主管部门推荐。"
    assert "公示期不少于10个工作日" in articles.article_text("14")


@pytest.mark.parametrize(
    ("citation", "label"),
    [
        ("7(3)", "第七条第（三）项"),
        ("8(10)", "第八条第（十）项"),
        ("14", "第十四条"),
        ("20", "第二十条"),
        ("24", "第二十四条"),
    ],
)
def test_a_citation_reads_as_in_a_letter(citation, label):
    assert articles.article_label(citation) == label


@pytest.mark.parametrize("citation", ["0", "25", "7(9)", "14(1)", "default", "7()", "第七条", ""])
def test_a_citation_of_nothing_is_refused(citation):
    with pytest.raises(ValueError, match="条"):
        articles.article_label(citation)


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2018, 9, 7), "2018"), (date(2022, 10, 7), "2018"), (date(2022, 10, 8), "2022"), (date(2028, 2, 29), "2022")],
)
def test_the_revision_follows_the_date_of_the_facts(day, key):
    assert articles.revision_in_force(day).key == key


def test_before_the_first_revision_there_is_none():
    with pytest.raises(articles.RevisionUnknown):
        articles.revision_in_force(date(2018, 9, 6))


def test_the_repealed_revision_keeps_its_document_number():
    assert articles.REVISION_2018.document_number == "昆工信通〔2018〕126号"
