"""The backtest: expected ranks by hand, leakage laws, honest refusals."""

from dataclasses import replace
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.matching.backtest import (
    ONE_NETWORK,
    _interval,
    _Place,
    backtest,
)
from ecosystem.analysis.matching.context import (
    BASELINES,
    CONTEXT,
    City,
    Known,
    abroad,
    nearness,
    networks,
    same,
    size,
    text,
)
from ecosystem.analysis.matching.start_years import by_chance
from ecosystem.errors import DataError
from ecosystem.io.pairs import dated_rows, read_facts, read_pairs, undated_columns, write_facts
from ecosystem.pairs import ALWAYS, Fact, Pair
from ecosystem.questions.tables.mentoring import backtest as tables_of_backtest

SHARED = Path(__file__).parents[3] / "shared" / "data"

PLACES = {
    "1": ("BG", 1_200_000, 42.7, 23.3),
    "2": ("NL", 900_000, 52.4, 4.9),
    "3": ("FR", 340_000, 43.7, 7.3),
    "4": ("ES", 1_600_000, 41.4, 2.2),
    "5": ("BG", 340_000, 42.1, 24.7),
    "6": ("PT", 50_000, 41.5, -8.4),
}
PAST = (
    ("1", "Alpha", "reuse of abandoned factories", 2009),
    ("2", "Alpha", "reuse of abandoned factories", 2009),
    ("3", "Beta", "cycling streets for children", 2010),
    ("5", "Beta", "cycling streets for children", 2010),
    ("4", "Gamma", "markets with local food", 2011),
    ("6", "Gamma", "markets with local food", 2011),
    ("1", "Delta", "cycling streets in winter", 2016),
    ("3", "Delta", "cycling streets in winter", 2016),
)
PAIRS = (
    Pair(2, "a", "Reuse", "2", "1", 2013),
    Pair(3, "b", "Reuse", "2", "6", 2013),
    Pair(4, "c", "Streets", "3", "5", 2014),
    Pair(5, "d", "Food", "4", "6", 2018),
    Pair(6, "e", "Food", "4", "1", 2018),
)


def facts():
    """Six cities, their places and what they took part in."""
    found = []
    for city, (country, population, latitude, longitude) in PLACES.items():
        for name, value in (
            ("country", country),
            ("population", population),
            ("latitude", latitude),
            ("longitude", longitude),
        ):
            found.append(Fact(city, name, str(value), ALWAYS))
    for city, network, words, year in PAST:
        found += [Fact(city, "network", network, year), Fact(city, "keyword", words, year)]
    return found


def ranks(found):
    return {one.line: (one.rank, one.candidates) for one in found.pairs}


def scores(pair, rows):
    """The context of a pair's mentee with every city."""
    known = Known(rows, pair.year)
    return {
        (score.id, city): score.value(known[pair.mentee], known[city], same(pair.network))
        for score in (CONTEXT, *BASELINES)
        for city in PLACES
    }


@pytest.mark.parametrize(("m", "h"), [(10, 0.293), (14, 0.232), (24, 0.157), (1, 1.0)])
def test_chance_is_the_harmonic_mean_of_the_ranks(m, h):
    assert by_chance(m) == pytest.approx(h, abs=0.0007)


def test_ties_share_the_mean_of_their_reciprocal_ranks():
    place = _Place(before=1, tied=2)
    assert place.reciprocal == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert [place.hit(1), place.hit(2), place.hit(3), place.hit(9)] == [0, 0.5, 1, 1]


@given(st.integers(0, 30), st.integers(1, 30))
def test_a_block_of_equals_is_worth_what_any_order_of_it_is_worth_on_average(before, tied):
    alone = [_Place(before + i, 1).reciprocal for i in range(tied)]
    assert _Place(before, tied).reciprocal == pytest.approx(sum(alone) / tied)


def test_parts_of_the_context_by_hand():
    sofia = City(population=1_000_000, country="bg", networks=frozenset({"a", "b"}))
    nice = City(population=10_000, country="fr", networks=frozenset({"a", "b", "c"}))
    assert size(sofia, nice) == 0
    assert size(sofia, City(population=100_000)) == pytest.approx(0.5)
    assert size(sofia, City()) == 0
    assert (abroad(sofia, nice), abroad(sofia, sofia), abroad(sofia, City())) == (1, 0, 0)
    assert networks(sofia, nice, "") == pytest.approx(2 / 3)
    assert networks(sofia, nice, "a") == pytest.approx(1 / 2)
    pole, equator = City(place=(90.0, 0.0)), City(place=(0.0, 50.0))
    assert nearness(pole, equator) == pytest.approx(0.5)
    assert nearness(pole, City()) == 0


def test_texts_are_weighed_by_hand():
    rows = [
        Fact("1", "keyword", "urban bees", 2001),
        Fact("2", "keyword", "urban trees", 2001),
        Fact("3", "keyword", "bees", 2001),
    ]
    known = Known(rows, 2002)
    # "urban" and "bees" are held by two of three cities, "trees" by one.
    common, rare = log(4 / 3), log(4 / 2)
    assert text(known["1"], known["3"]) == pytest.approx(0.5**0.5)
    expected = common**2 / ((2**0.5 * common) * (common**2 + rare**2) ** 0.5)
    assert text(known["1"], known["2"]) == pytest.approx(expected)
    assert text(known["2"], known["3"]) == 0
    assert text(known["1"], known["none"]) == 0


def test_candidates_are_all_mentors_but_the_mentee_and_its_other_mentors():
    found = backtest(PAIRS, facts())
    # Mentors are 2, 3, 4. City 6 has the mentors 2 and 4, city 1 too; city 5 has only 3.
    assert {line: n for line, (_, n) in ranks(found).items()} == {2: 2, 3: 2, 4: 3, 5: 2, 6: 2}
    mentor_as_mentee = replace(PAIRS[2], line=7, mentor="2", mentee="3")
    assert ranks(backtest((*PAIRS, mentor_as_mentee), facts()))[7][1] == 2
    assert found.context.n_pairs == 5 and found.context.n_networks == 3


def test_the_gain_is_the_mean_difference_to_chance_on_the_same_candidates():
    found = backtest(PAIRS, facts())
    expected = [one.reciprocal_rank - by_chance(one.candidates) for one in found.pairs]
    assert found.context.gain == pytest.approx(sum(expected) / len(expected))
    assert found.context.gain == pytest.approx(found.context.mrr - found.context.random_mrr)
    assert found.context.gain_low <= found.context.gain <= found.context.gain_high


def test_without_any_fact_every_order_is_chance():
    found = backtest(PAIRS, [])
    for result in (found.context, *found.baselines, found.blind):
        assert result.gain == pytest.approx(0)
        assert (result.gain_low, result.gain_high) == pytest.approx((0, 0))
    assert found.unknown_cities == tuple("123456")


def test_the_interval_draws_whole_networks():
    assert _interval([1.0, 1.0, 0.0], ["a", "a", "b"]) == (0.0, 1.0)
    low, high = _interval([0.25] * 6, ["a", "a", "b", "c", "c", "c"])
    assert low == high == pytest.approx(0.25)
    gains, names = [0.3, -0.1, 0.2, 0.1], ["b", "a", "c", "a"]
    assert _interval(gains, names) == _interval(gains[::-1], names[::-1])


def test_one_network_has_no_interval_and_says_why():
    found = backtest(PAIRS[:2], facts())
    assert found.context.mrr is not None
    assert (found.context.gain_low, found.context.gain_high) == (None, None)
    assert found.context.reason == ONE_NETWORK == found.blind.reason


def test_no_pair_at_all_gives_no_number():
    found = backtest([replace(PAIRS[0], year=None)], facts())
    assert (found.context.mrr, found.context.gain, found.context.n_pairs) == (None, None, 0)
    assert found.context.reason and found.skipped[0].reason.en == "no start year"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"year": None}, "no start year"),
        ({"mentor": ""}, "no number of a city"),
        ({"network": " "}, "no network"),
        ({"mentor": "1", "mentee": "1"}, "the city is its own mentor"),
        ({}, "stands already in line 2"),
    ],
)
def test_a_pair_that_cannot_be_scored_is_skipped_aloud(change, reason):
    found = backtest((*PAIRS, replace(PAIRS[0], line=9, **change)), facts())
    assert [(one.line, one.reason.en) for one in found.skipped] == [(9, reason)]
    assert found.context.n_pairs == 5


# Leakage


def test_deleting_every_fact_from_the_year_of_a_pair_on_changes_no_rank():
    whole = backtest(PAIRS, facts())
    for pair in PAIRS:
        early = [f for f in facts() if f.known_from == ALWAYS or f.known_from < pair.year]
        assert ranks(backtest(PAIRS, early))[pair.line] == ranks(whole)[pair.line]


def test_facts_before_the_year_do_count():
    fewer = [f for f in facts() if f.attribute != "keyword"]
    assert scores(PAIRS[0], fewer) != scores(PAIRS[0], facts())


def test_deleting_the_pair_its_network_and_the_ties_to_it_changes_no_score():
    for pair in PAIRS:
        # Even where somebody dated the ties to the pair's network too early.
        ties = [Fact(c, "network", f"  {pair.network.upper()}", 2001) for c in PLACES]
        assert scores(pair, [*facts(), *ties]) == scores(pair, facts())
    again = Known(facts(), 2013)
    assert scores(PAIRS[0], facts())["context", "2"] == pytest.approx(
        text(again["1"], again["2"]) + 0.2 * size(again["1"], again["2"]) + 0.2
    )


def test_the_own_network_is_left_out_but_another_counts():
    planted = [Fact(c, "network", "Epsilon", 2001) for c in ("1", "2")]
    changed = scores(PAIRS[0], [*facts(), *planted])
    assert changed["shared-networks", "2"] > scores(PAIRS[0], facts())["shared-networks", "2"]


def test_a_planted_leak_is_refused_aloud_and_changes_nothing():
    leaks = [
        Fact("1", "keyword", "the answer itself", None, 90),
        Fact("2", "keyword", "the answer itself", None, 91),
        Fact("1", "network", "Answer", 2018, 92),
        Fact("4", "network", "Answer", 2030, 93),
    ]
    clean, found = backtest(PAIRS, facts()), backtest(PAIRS, [*facts(), *leaks])
    assert found.pairs == clean.pairs and found.baselines == clean.baselines
    assert [one.line for one in found.refused] == [90, 91, 92, 93]
    assert "undated" in found.refused[0].reason.en
    assert found.refused[2].reason.en == "not known before the start of any pair (2018)"


def test_the_theme_of_a_pair_cannot_reach_a_score(write):
    header = PAIR_HEADER.replace("\n", ",theme\n")
    read = [
        read_pairs(write("pairs.csv", f"{header}a,Reuse,2013,2,1,{theme}\n"))
        for theme in ("abandoned factories", "anything else")
    ]
    assert read[0] == read[1]


@given(st.permutations(range(len(PAIRS))), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(order, chance):
    rows = facts()
    chance.shuffle(rows)
    found, first = backtest([PAIRS[i] for i in order], rows), backtest(PAIRS, facts())
    assert found.context == first.context and found.baselines == first.baselines


def test_other_names_of_cities_and_networks_change_nothing():
    def other(city):
        return str(900 - int(city))

    pairs = [
        replace(p, mentor=other(p.mentor), mentee=other(p.mentee), network=f"X{p.network}")
        for p in PAIRS
    ]
    rows = [replace(f, city=other(f.city)) for f in facts()]
    assert ranks(backtest(pairs, rows)) == ranks(backtest(PAIRS, facts()))


# Files


@pytest.fixture
def write(tmp_path):
    """Write a file; gives its path."""

    def call(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return call


PAIR_HEADER = "pair_id,network,start_year,mentor_geonameid,mentee_geonameid\n"
ROW_HEADER = "city,attribute,value,known_from\n"


def problems(read, *paths):
    with pytest.raises(DataError) as caught:
        read(*paths)
    return [str(problem) for problem in caught.value.problems]


def test_pairs_are_read_with_their_lines(write):
    content = PAIR_HEADER + 'P1,"Net\nof two",2018,1,2\n\nP2,Other,,3,4\nP3,Other,2019.0,3,5\n'
    read = read_pairs(write("pairs.csv", "\ufeff" + content))
    assert [(p.line, p.name, p.network, p.year) for p in read] == [
        (2, "P1", "Net of two", 2018),
        (5, "P2", "Other", None),
        (6, "P3", "Other", 2019),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "pairs.csv: the file is empty."),
        (PAIR_HEADER, "pairs.csv: the file has no rows."),
        (b"\xff\xfe\x00", "pairs.csv: is not UTF-8 text."),
        (PAIR_HEADER.replace(",", ";"), "pairs.csv:1: must be separated by ',', not ';'."),
        (PAIR_HEADER + "a,b,20x8,1,2\n", "pairs.csv:2:start_year: '20x8' is not a year."),
        (PAIR_HEADER + "a,b,2018,1\n", "pairs.csv:2: the row has 4 cells, the header 5."),
        (PAIR_HEADER + "a,b,2018,1.5,2\n", "pairs.csv:2:mentor_geonameid: '1.5' is not"),
        (PAIR_HEADER + 'a,b,2018,1,"2\n', "pairs.csv:2: is not CSV"),
        (
            "network,network,start_year,mentor_geonameid,mentee_geonameid\n",
            "pairs.csv:1:network: this column stands there twice.",
        ),
    ],
)
def test_broken_pairs_are_refused_with_their_place(write, content, said):
    assert problems(read_pairs, write("pairs.csv", content))[0].startswith(said)


def test_every_missing_column_is_named_at_once(write):
    said = problems(read_pairs, write("pairs.csv", "pair_id,start_yaer,network\na,2018,b\n"))
    assert [line.split(" ", 1)[0] for line in said] == [
        "pairs.csv:1:mentee_geonameid:",
        "pairs.csv:1:mentor_geonameid:",
        "pairs.csv:1:start_year:",
    ]
    assert "Is it 'start_yaer'?" in said[2]


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert problems(read_pairs, tmp_path / "none.csv")[0].startswith("none.csv: cannot be read")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,populaton,5,always", "rows.csv:2:attribute: 'populaton' is no attribute. Did you mean"),
        ("1,population,many,always", "rows.csv:2:value: 'many' is no population."),
        ("1,population,nan,always", "rows.csv:2:value: 'nan' is no population."),
        ("1,latitude,91,always", "rows.csv:2:value: '91' is no latitude."),
        ("1,network,,2010", "rows.csv:2:value: the network is empty."),
        ("1,network,Alpha,soon", "rows.csv:2:known_from: 'soon' is not a year."),
        (",network,Alpha,2010", "rows.csv:2:city: '' is not a GeoNames number."),
        ("1,country,BG,always\n1,country,RO,always", "rows.csv:3:value: country of 1 is 'BG'"),
    ],
)
def test_broken_rows_are_refused_with_their_place(write, row, said):
    path = write("rows.csv", f"{ROW_HEADER}{row}\n")
    assert problems(read_facts, path)[0].startswith(said)


def test_a_network_cannot_be_known_always(write):
    path = write("rows.csv", ROW_HEADER + "1,network,Alpha,always\n1,keyword,reuse,\n1,name,A,\n")
    assert [fact.known_from for fact in read_facts(path)] == [None, None, None]


CITIES = (
    "geonameid,city,country,lat,lon,population,language,urbact_networks_all,"
    "urbact_keywords_before_2018\n"
    '1,Sofia,BG,42.7,23.3,1152556.0,bg,4,"Urban Renewal;Governance, partnership"\n'
    "2,Gozo,MT,36.0,14.2,0.0,mt,,\n"
)
MEMBERS = (
    "Code_Network;Country;Network;Description;Start;geonameId;asciiName;lng_GN;lat_GN\n"
    '7;BG;Alpha ;"Reuse of\nempty factories";2009;1;Sofia;23,3;42,7\n'
    "7;PT;Alpha ;NA;2009;3;Braga;-8,42;41,55\n"
    "8;PT;Beta;Cycling;NA;3;Braga;-8,42;41,55\n"
)


def test_tables_become_dated_rows(write, tmp_path):
    cities, members = write("cities.csv", CITIES), write("members.csv", MEMBERS)
    rows = dated_rows(cities, members)
    assert {(f.city, f.attribute, f.value, f.known_from) for f in rows if f.city != "2"} == {
        ("1", "name", "Sofia", ALWAYS),
        ("1", "country", "BG", ALWAYS),
        ("1", "latitude", "42.7", ALWAYS),
        ("1", "longitude", "23.3", ALWAYS),
        ("1", "population", "1152556.0", ALWAYS),
        ("1", "language", "bg", ALWAYS),
        ("1", "keyword", "Urban Renewal", 2017),
        ("1", "keyword", "Governance, partnership", 2017),
        ("1", "network", "Alpha", 2009),
        ("1", "keyword", "Reuse of empty factories", 2009),
        ("3", "name", "Braga", ALWAYS),
        ("3", "country", "PT", ALWAYS),
        ("3", "latitude", "41.55", ALWAYS),
        ("3", "longitude", "-8.42", ALWAYS),
        ("3", "network", "Alpha", 2009),
    }
    assert not [f for f in rows if f.city == "2" and f.attribute == "population"]
    assert undated_columns(cities) == ("urbact_networks_all",)
    with (tmp_path / "rows.csv").open("w") as stream:
        write_facts(rows, stream)
    again = read_facts(tmp_path / "rows.csv")
    assert [replace(fact, line=0) for fact in again] == list(rows)


def test_problems_of_both_tables_are_told_at_once(write):
    cities = write("cities.csv", CITIES.replace("42.7", "142.7").replace("2,Gozo", "1,Gozo"))
    members = write("members.csv", MEMBERS.replace(";2009;1;", ";9;1;"))
    said = "\n".join(problems(dated_rows, cities, members))
    assert "cities.csv:2:lat: '142.7' is not from -90 to 90." in said
    assert "cities.csv:3:geonameid: 1 stands there twice." in said
    assert "members.csv:2:Start: '9' is not a year." in said


# The pairs of European transfer programmes


@pytest.fixture(scope="module")
def real():
    if not SHARED.is_dir():
        pytest.skip("the pairs of the transfer programmes are not beside the repository")
    cities = SHARED / "matchmaking" / "cities.csv"
    rows = dated_rows(cities, SHARED / "city_networks" / "urbact_membership.csv")
    return read_pairs(SHARED / "matchmaking" / "pairs.csv"), rows


def test_the_context_beats_chance_on_the_transfer_programmes(real):
    found = backtest(*real)
    assert found.context.n_pairs == 130 and len(found.skipped) == 3 and not found.refused
    for result in (found.context, found.blind):
        assert result.gain >= 0.05 and result.gain_low > 0
    assert found.context.mrr < 0.5, "so high a result is a leak"


def test_on_the_transfer_networks_of_2018_and_2019_chance_is_as_published(real):
    pairs = [pair for pair in real[0] if pair.year in (2018, 2019)]
    found = backtest(pairs, real[1])
    assert (found.context.n_pairs, found.context.n_networks) == (84, 14)
    assert found.context.random_mrr == pytest.approx(0.233, abs=0.001)
    baselines = {result.id: result.mrr for result in found.baselines}
    assert baselines["nearest"] == pytest.approx(0.186, abs=0.001)
    assert baselines["shared-networks"] == pytest.approx(0.251, abs=0.001)
    assert found.context.gain >= 0.05 and found.context.gain_low > 0


def test_no_later_fact_moves_a_real_pair(real):
    pairs, rows = real
    whole = {one.line: one for one in backtest(pairs, rows).pairs}
    for year in (2013, 2018):
        early = [fact for fact in rows if fact.known_from < year]
        for one in backtest(pairs, early).pairs:
            if one.year <= year:
                assert one == whole[one.line]


def test_the_gain_is_told_by_start_year_with_the_age_of_the_facts():
    pairs = [
        Pair(line, f"p{line}", network, mentor, mentee, year)
        for line, (network, mentor, mentee, year) in enumerate(
            [("n1", "1", "2", 2014), ("n2", "3", "4", 2014), ("n3", "1", "4", 2020)], start=2
        )
    ]
    facts = [
        Fact("1", "network", "old", 2010, 2),
        Fact("2", "network", "old", 2010, 3),
        Fact("3", "network", "newer", 2015, 4),
        Fact("4", "population", "5", ALWAYS, 5),
        Fact("4", "network", "undated", None, 6),
    ]
    found = backtest(pairs, facts)
    assert [(one.year, one.n_pairs, one.newest_fact) for one in found.years] == [
        (2014, 2, 2010),
        (2020, 1, 2015),
    ]
    for one in found.years:
        gains = [
            placed.reciprocal_rank
            - sum(1 / k for k in range(1, placed.candidates + 1)) / placed.candidates
            for placed in found.pairs
            if placed.year == one.year
        ]
        assert one.gain == pytest.approx(sum(gains) / len(gains))
        assert one.below_chance == sum(gain < -1e-9 for gain in gains)
    table = tables_of_backtest(found).tables[1]
    assert "facts end with 2015; for pairs from 2020 on they are old" in table.notes[0].en


def test_fresh_facts_need_no_word_about_their_age():
    facts = [Fact("1", "network", "a", 2013, 2)]
    found = backtest([Pair(2, "p", "n", "1", "2", 2014), Pair(3, "q", "m", "3", "2", 2014)], facts)
    assert tables_of_backtest(found).tables[1].notes == ()


def test_pairs_that_began_after_the_facts_end_are_below_chance_and_it_is_said(real):
    found = backtest(*real)
    late = [one for one in found.years if one.year > 2019]
    assert sum(one.n_pairs for one in late) == 27
    assert all(one.gain < 0 for one in late)
    (note,) = tables_of_backtest(found).tables[1].notes
    assert "The dated facts end with 2019; for pairs from 2021 on they are old." in note.en
