import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from regulation import identifiers as ids

REAL = ["91110000600037341L", "91110000802100433B", "91440300708461136T"]
BODIES = st.from_regex(rf"9[123]5301[0-9]{{2}}[{ids.CREDIT_CODE_ALPHABET}]{{9}}", fullmatch=True)


@pytest.mark.parametrize("code", REAL)
def test_real_credit_codes_are_accepted(code):
    assert ids.check_credit_code(code) == code


@pytest.mark.parametrize(
    "written",
    [" 91110000600037341l", "9111 0000 6000 3734 1L", "９１１１００００６０００３７３４１Ｌ", "91110000-600037341L"],
)
def test_a_code_is_read_however_it_is_written(written):
    assert ids.check_credit_code(written) == "91110000600037341L"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("9111000060003734L", "应为18位，现为17位"),
        ("", "应为18位，现为0位"),
        ("91110000600037341M", "校验位不符"),
        ("91110000600037342L", "校验位不符"),
        ("9111000060003734OL", "请更正“O”"),
        ("91A10000600037341L", "第3至8位应为数字"),
    ],
)
def test_a_wrong_code_is_refused_with_the_reason(code, reason):
    with pytest.raises(ValueError, match=reason):
        ids.check_credit_code(code)
    assert not ids.is_valid_credit_code(code)


@given(BODIES)
def test_a_made_code_is_valid_here_and_for_the_library(body):
    code = ids.make_credit_code(body)
    assert ids.check_credit_code(code) == code
    assert uscc.is_valid(code)


@given(BODIES, st.integers(0, 17), st.sampled_from(ids.CREDIT_CODE_ALPHABET))
def test_one_wrong_character_is_always_noticed(body, place, wrong):
    code = ids.make_credit_code(body)
    changed = code[:place] + wrong + code[place + 1 :]
    assert ids.is_valid_credit_code(changed) is (changed == code)


def test_codes_of_other_registering_authorities_and_places_are_accepted():
    assert ids.is_valid_credit_code(ids.make_credit_code("1253000043120123X"))
    assert ids.is_valid_credit_code(ids.make_credit_code("N2530102MF1234567"))


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("0871-63135193", "0871-63135193"),
        ("0871—63135193", "0871-63135193"),
        ("（0871）63135193", "0871-63135193"),
        ("63135193", "0871-63135193"),
        ("+86 871 63135193", "0871-63135193"),
        ("0871-63135193-801", "0871-63135193转801"),
        ("010-62345678", "010-62345678"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_one_telephone_has_one_spelling(written, phone):
    assert ids.check_phone(written) == phone


@pytest.mark.parametrize("written", ["", "12345", "12812345678", "1381234567", "138123456789", "0871-1234", "无"])
def test_what_is_no_telephone_is_refused(written):
    with pytest.raises(ValueError, match="请更正"):
        ids.check_phone(written)


def test_a_landline_is_no_mobile_and_a_mobile_no_landline():
    assert ids.is_mobile("13812345678") and not ids.is_mobile("0871-63135193")
    assert ids.is_landline("0871-63135193") and not ids.is_landline("13812345678")


def test_masks_leave_what_identifies_nobody():
    assert ids.mask_id_number("53010219900307123X") == "530102********123X"
    assert ids.mask_mobile("13812341234") == "138****1234"
    assert ids.mask_mobile("0871-63135193") == "*********5193"
    assert ids.mask_id_number("1234") == "****"


def test_personal_data_in_free_text_is_found_by_checksum():
    text = "联系人11010519491231002X，电话138 1234 5678；编号110105194912310021，代码91110000600037341L。"
    assert [(found.kind, found.masked, text[found.start : found.end]) for found in ids.find_personal_data(text)] == [
        ("居民身份证号码", "110105********002X", "11010519491231002X"),
        ("手机号码", "138****5678", "138 1234 5678"),
    ]


def test_full_width_digits_are_found_at_their_place():
    text = "手机１３８１２３４５６７８"
    assert [(found.start, found.end) for found in ids.find_personal_data(text)] == [(2, 13)]


@pytest.mark.parametrize("text", ["", "服务企业13812家", "金额1381234567890元", "12345678901"])
def test_other_numbers_are_no_personal_data(text):
    assert ids.find_personal_data(text) == ()


def test_a_mobile_inside_a_credit_code_is_no_mobile():
    code = ids.make_credit_code("91530102138123456")
    assert ids.find_personal_data(f"代码{code}") == ()


@pytest.mark.parametrize(
    "written",
    ["昆工信通〔2018〕126号", "昆工信通[2018]126号", "昆工信通【2018】126 号", "昆工信通（２０１８）１２６号"],
)
def test_a_document_number_takes_its_proper_brackets(written):
    assert ids.check_document_number(written) == "昆工信通〔2018〕126号"
    assert ids.document_year(written) == 2018


@pytest.mark.parametrize(
    "written",
    [
        "昆工信〔2018〕126号",
        "昆工信通〔2018〕第126号",
        "昆工信通〔2018〕012号",
        "昆工信通〔18〕1号",
        "昆工信通〔2018〕0号",
        "昆工信通2018126号",
        "",
    ],
)
def test_another_form_of_document_number_is_refused(written):
    with pytest.raises(ValueError, match="文号格式"):
        ids.check_document_number(written)


@pytest.mark.parametrize(
    "written", ["盘工信〔2026〕12号", "盘工信[2026]12号", " 盘工信（２０２６）12 号", "盘工信【2026】12号"]
)
def test_the_number_of_a_districts_letter_takes_its_proper_brackets(written):
    assert ids.check_letter_number(written) == "盘工信〔2026〕12号"


@pytest.mark.parametrize(
    "written",
    ["", "12号", "〔2026〕12号", "盘工信〔2026〕012号", "盘工信〔26〕12号", "盘工信2026年12号", "A1〔2026〕1号"],
)
def test_another_form_of_a_letters_number_is_refused(written):
    with pytest.raises(ValueError, match="文号格式"):
        ids.check_letter_number(written)
