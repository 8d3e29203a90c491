"""Names that are of one thing and names that are not, in two languages and as they are mistyped."""

import pytest

from ecosystem.identity.comparing import POSSIBLE, SAME, compare
from ecosystem.identity.judging import EXAMPLES
from ecosystem.identity.letters import drawn, folded, mended, sounds
from ecosystem.identity.lexicon import meaning, stem
from ecosystem.identity.words import name_of
from ecosystem.io.pairs import read_names

PAIRS = read_names(EXAMPLES)
NOT_KNOWN = {
    "Европейска сметна палата",
    "Държавна агенция „Електронно управление“",
    "Национална художествена академия",
    "Институт по металознание",
    "Детска градина „Слънце“",
    "Национална библиотека „Св. св. Кирил и Методий“",
    "Офис РнД",
    "ЧЕЗ Разпределение",
    *("Атина", "Букурещ"),
}
"""What is one and is not found: translations that are not word for word; cities that only the
gazetteer knows by both names."""


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_a_pair_is_judged_as_a_careful_reader_would(pair):
    score = compare(pair.one, pair.other, pair.kind).score
    assert (score >= SAME) == (pair.same and pair.one not in NOT_KNOWN)
    assert compare(pair.other, pair.one, pair.kind).score == score


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("София", "sofia"),
        ("Щъркел", "shtarkel"),
        ("Търговище", "targovishte"),
        ("Академия Юг", "akademia yug"),
        ("Жельо", "zhelyo"),
        ("Sofia Tech", "sofia tech"),
        ("А1", "a1"),
        ("Göteborg", "goteborg"),
    ],
)
def test_names_are_folded_into_latin_by_the_act(name, letters):
    assert folded(name) == letters


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Innоvation", "Innovation"),
        ("Cофия", "София"),
        ("Αthens", "Athens"),
        ("ICT-клъстер", "ICT-клъстер"),
        ("eБизнес", "еБизнес"),
        ("АB", "AB"),
        ("XпроектZ", "XпроектZ"),
    ],
)
def test_a_word_is_read_in_the_script_of_the_letters_that_tell(written, meant):
    assert mended(written) == meant


def test_capitals_that_look_alike_in_both_scripts_are_read_both_ways():
    assert (drawn("СОР"), drawn("МВР"), drawn("ПОР"), drawn("COP")) == ("cop", "mbp", "", "")
    assert compare("МВР", "MVR").score >= SAME
    assert compare("СОР", "COP").score >= SAME


def test_words_are_heard_as_they_are_written_in_either_script():
    assert sounds("желязков") & sounds("jeliazkov")
    assert sounds("юлия") & sounds("julia") and sounds("юлия") & sounds("yulia")
    assert not sounds("иванов") & sounds("ivanova")


def test_forms_of_a_word_have_one_stem_and_one_meaning():
    assert len({stem(word) for word in ("столична", "столичен", "столичния", "столичната")}) == 1
    assert {meaning(word) for word in ("университетът", "университетски", "university")} == {
        "university"
    }
    assert meaning("резонатор") == ""


def test_a_legal_form_is_no_part_of_a_name_but_never_all_of_it():
    assert name_of("Rimac d.o.o.").legal == ("doo",)
    assert [word.plain for word in name_of("АД").core] == ["ad"]
    assert [word.plain for word in name_of("En Consulting").core] == ["en", "consulting"]
    assert compare("EN Konsulting", "EL Konsult").score < SAME


def test_a_part_of_a_name_is_possible_and_another_word_is_not():
    part = compare("Norwegian Institute for Regional Research", "Institute for Regional Research")
    assert compare("Camara de Sevilla", "Camara de Huelva").score < POSSIBLE
    assert part.score < SAME and part.reasons[0].sign == "-"


def test_an_abbreviation_in_a_name_is_taken_off_and_alone_it_proves_nothing():
    whole = "Forest Owners Association of Lithuania"
    assert compare(whole, f"{whole} (FOAL)").score >= SAME
    assert compare(whole, "FOAL").score < POSSIBLE
    assert compare("Telerik SAP", "Telerik").score < SAME


def test_numbers_must_agree_whatever_else_does():
    assert compare("Programme 2014", "Programme 2015").score == 0
    assert compare("Phase two", "Phase II").score >= SAME
    assert compare("11", "Eleven").score < POSSIBLE


def test_reasons_are_told_in_both_languages():
    (reason, *_) = compare("Общински музей", "Municipal Museum").reasons
    assert reason.sign == "+"
    assert "в речника" in reason.told.bg and "in the lexicon" in reason.told.en


def test_a_person_with_a_middle_name_or_an_initial_is_asked_about():
    assert POSSIBLE <= compare("Ана Петрова Колева", "Ана Колева", "Person").score < SAME
    assert POSSIBLE <= compare("А. Колева", "Ана Колева", "Person").score < SAME
    assert compare("Б. Колева", "Ана Колева", "Person").score < POSSIBLE
