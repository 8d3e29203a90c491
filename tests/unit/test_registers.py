"""Ids of registers against numbers that the registers publish."""

import pytest

from ecosystem import registers

GOOD = {
    registers.eik: ["000696327", "205457880", "203740812", "177239971", "131071587"],
    # The standard's own example, and an entity of the register.
    registers.lei: ["54930084UKLVMY22DS16", "213800WSGIIZCXF1P572"],
    # ORCID's example of its structure, and one that ends in X.
    registers.orcid: ["0000-0002-1825-0097", "0000-0002-9079-593X"],
    # ROR's own examples.
    registers.ror: ["03yrm5c26", "02mhbdp94", "00x6h5n95"],
    registers.pic: ["999997930"],
    registers.wikidata: ["Q472"],
    registers.geonames: ["727011"],
}


@pytest.mark.parametrize(
    ("proven", "text"), [(proven, text) for proven, texts in GOOD.items() for text in texts]
)
def test_a_number_of_the_register_is_right(proven, text):
    assert proven(text) is None


CHECKED = (registers.lei, registers.orcid, registers.ror)


def test_of_ten_last_digits_of_an_eik_one_is_right():
    # Its two rows of weights let some changes of another digit through; that is how it is made.
    assert [last for last in range(10) if right(f"20545788{last}")] == [0]


@pytest.mark.parametrize("proven", CHECKED)
def test_one_wrong_digit_is_noticed(proven):
    text = GOOD[proven][0]
    for place, sign in enumerate(text):
        if sign.isdigit():
            wrong = text[:place] + str((int(sign) + 1) % 10) + text[place + 1 :]
            with pytest.raises(ValueError, match="is not"):
                proven(wrong)


def right(text: str) -> bool:
    try:
        registers.eik(text)
    except ValueError:
        return False
    return True


def test_a_branch_has_four_more_digits_with_a_check_digit_of_their_own():
    # By hand: digits 9 to 12 are 7 0 0 1, 2·7 + 7·0 + 3·0 + 5·1 = 19, 19 mod 11 = 8.
    assert right("0006963270018")
    assert sum(right(f"000696327001{last}") for last in range(10)) == 1


@pytest.mark.parametrize(
    ("proven", "text", "words"),
    [
        (registers.eik, "696327", "has lost zeros, as spreadsheets do: '000696327'"),
        (registers.eik, "1.23E+12", "what a spreadsheet makes of a long number"),
        (registers.eik, "1,23e+12", "what a spreadsheet makes of a long number"),
        (registers.pic, "999997930.0", "what a spreadsheet makes of a long number"),
        (registers.eik, "12345", "has 5 digits, an EIK has 9"),
        (registers.eik, "BG205457880", "not an EIK of 9 digits"),
        (registers.orcid, "https://orcid.org/0000-0002-1825-0097", "write it like"),
        (registers.ror, "https://ror.org/03yrm5c26", "without address"),
        (registers.lei, "54930084uklvmy22ds16", "18 capitals"),
        (registers.wikidata, "472", "write it like Q472"),
        (registers.geonames, "0727011", "not a number of GeoNames"),
    ],
)
def test_what_is_wrong_is_said(proven, text, words):
    with pytest.raises(ValueError, match=words.replace("+", r"\+").replace(".", r"\.")):
        proven(text)
