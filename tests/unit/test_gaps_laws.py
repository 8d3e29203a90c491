"""What holds for every rule: sources first, honest answers on poor data, order is nothing."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.analysis.gaps import (
    GROUPS,
    OF_ECOSYSTEM,
    RULES,
    STATUSES,
    find_gaps,
    told_first,
)
from ecosystem.analysis.gaps.laws import LEAST_TELLING, brief, few, without_brackets
from ecosystem.analysis.gaps.sourcing import SourcingSummary
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.io.seeds import read
from ecosystem.model import Edge, Entity, Node, Organisation, Project
from ecosystem.paths import shipped_packs
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text
from tests.gap_answers import answers
from tests.tiny import tiny
from tests.unit.gap_town import (
    DAY,
    PAGE,
    PAPER,
    SAID,
    city,
    details_of,
    local,
    locals_of,
    needs,
    offers,
    one_rule,
    partners,
    takes_part,
    theme,
    view,
)

ALPHA = {"as_of": "2024-01-01", "scope": "city:alpha"}


def test_the_rules_stand_in_the_order_of_what_they_are_about():
    by_group = {name: [rule.id for rule in RULES if rule.group == name] for name in GROUPS}
    assert by_group == {
        "missing": ["G01", "G02", "G06", "G20"],
        "separate": ["G03", "G04", "G10", "G11"],
        "hanging": ["G08", "G09", "G13", "G15", "G19"],
        "unmet": ["G12", "G14", "G16", "G18"],
        "figures": ["G05", "G07", "G22", "G27"],
        "sureness": ["G17", "G21", "G24", "G25"],
    }
    assert [rule.id for rule in RULES] == [name for names in by_group.values() for name in names]


def test_a_rule_is_called_by_a_few_words():
    for rule in RULES:
        for name in rule.title:
            assert 2 <= len(name.split()) <= 4, name
            assert "?" not in name and rule.id not in name


PLAINLY_NOT = re.compile(r"[()\[\]]|\bpairs?\b|двойк|\blens|\bG[0-9][0-9]\b", re.IGNORECASE)


@cache
def names(*, short: bool) -> list[str]:
    """Every name of the seeds as sentences have it, short ones too, the longest first."""
    nodes = read(shipped_packs()).nodes.values()
    said = {name for node in nodes for name in node.name}
    said |= {getattr(node, "publisher", "") for node in nodes}
    if short:
        said |= {name for node in nodes for name in getattr(node, "aliases", ())}
    return sorted({without_brackets(name) for name in said} - {""}, key=len, reverse=True)


def without_names(sentence: str, *, short: bool) -> str:
    for name in names(short=short):
        sentence = sentence.replace(name, "")
    return sentence


@cache
def abbreviations() -> set[str]:
    """Short names of the seeds that tell nothing to whoever does not know the whole one."""
    actors = read(shipped_packs()).of_kind("Organisation")
    short = {alias for actor in actors for alias in getattr(actor, "aliases", ())}
    return {alias for alias in short if len(alias) < LEAST_TELLING}


@pytest.mark.parametrize("result", answers(), ids=lambda result: result.rule)
def test_a_gap_is_told_in_a_sentence_and_a_step_that_read_aloud(result):
    """Whatever the names are: measures, brackets and codes stand under how it is measured."""
    for gap in result.findings:
        for sentence in gap.sentence:
            assert len(sentence) <= 120 or len(without_names(sentence, short=True)) <= 120, sentence
            assert not PLAINLY_NOT.search(sentence), sentence
            assert sentence.endswith(".")
        for step in gap.step:
            assert step.endswith((".", "!")) and not re.search(r"\bG[0-9][0-9]\b", step), step


@pytest.mark.parametrize("result", answers(), ids=lambda result: result.rule)
def test_no_name_is_cut_in_what_is_read_aloud(result):
    for gap in result.findings:
        for text in (*gap.sentence, *gap.step):
            assert "…" not in text, text
            if abbreviations() & words_of(text):
                said = without_names(text, short=False)
                assert not abbreviations() & words_of(said), text


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text))


def test_a_long_name_gives_way_to_a_shorter_one_that_is_recorded():
    long = "Association of " + "very " * 10 + "long names"
    whole = "Сдружение с " + "много " * 10 + "думи"
    called = {
        "name_en": long,
        "name_bg": whole,
        "aliases": ("AVLN", "Long Names"),
    }
    snapshot = view(
        Organisation(id="org:a", **called, **SAID),
        Organisation(id="org:b", name_en=long, **SAID),
        *local("c"),
    )
    assert brief(snapshot, "org:a") == Text(whole, "Long Names")
    assert brief(snapshot, "org:b").en == long
    assert few(snapshot, ["org:a", "org:b", "org:c"]).en == f"Long Names, {long} and 1 more"


def test_figures_and_doubts_about_the_map_are_never_told_as_gaps():
    results = find_gaps(Snapshot.of(tiny(), **ALPHA))
    shown = [gap.rule for gap in told_first(results, 100)]
    of_ecosystem = {rule.id for rule in RULES if rule.group in OF_ECOSYSTEM}
    assert shown and len(shown) == len(set(shown)) and set(shown) <= of_ecosystem
    for group in GROUPS:
        inside = {rule.id for rule in RULES if rule.group == group}
        found = told_first(results, 5, group)
        assert len(found) <= 5 and {gap.rule for gap in found} <= inside


def test_every_rule_says_what_it_asks_in_both_languages():
    for rule in RULES:
        for text in (rule.title, rule.question, rule.explanation, rule.expected, rule.remedy):
            assert text.bg and text.en
            assert not text.bg.isascii()
            assert text.en.replace("\u00a0", " ").isascii() or "“" in text.en or "–" in text.en
        assert rule.formula
        assert rule.literature
        json.dumps(rule.to_dict())


def test_an_unknown_rule_is_refused_with_the_nearest():
    with pytest.raises(NotFoundError, match="'G12'"):
        find_gaps(Snapshot.of(tiny()), ["G122"])


def test_a_rule_alone_answers_as_it_does_among_all():
    snapshot = Snapshot.of(tiny(), **ALPHA)
    everything = {result.rule: result.to_dict() for result in find_gaps(snapshot)}
    for rule in RULES:
        assert one_rule(snapshot, rule.id).to_dict() == everything[rule.id]


def test_organisations_count_and_everybody_else_is_context():
    for result in find_gaps(Snapshot.of(tiny(), **ALPHA)):
        # council, uni, firm, loner; and beta, abroad. Alpha and ann are of the scope.
        assert (result.n, result.context_n) == (4, 2)


def plainly(snapshot):
    """Every answer as JSON, which NaN and infinity would break."""
    return json.loads(json.dumps([r.to_dict() for r in find_gaps(snapshot)], allow_nan=False))


def test_an_empty_store_gives_a_reason_for_every_rule():
    for scope in ("all", "city:nowhere"):
        answers = plainly(Snapshot.of(Dataset.of(()), as_of=DAY, scope=scope))
        assert {a["status"] for a in answers} <= {
            "undefined",
            "not recorded",
            "none found",
            "too few to tell",
        }
        assert all(a["reason"]["bg"] and a["reason"]["en"] and not a["findings"] for a in answers)


def test_a_city_alone_has_no_actors():
    answers = {a["rule"]: a for a in plainly(view())}
    for rule in ("G06", "G08", "G09"):
        assert answers[rule]["status"] == "undefined"


def test_organisations_of_no_sector_are_too_few_to_tell():
    answers = {a["rule"]: a for a in plainly(view(*locals_of(map(str, range(10, 30)), "venue")))}
    assert answers["G01"]["status"] == "too few to tell"
    assert answers["G01"]["details"]["unknown"] == 20


def test_all_isolates_are_listed_one_by_one():
    result = one_rule(view(*locals_of("abcde")), "G06")
    assert [gap.subjects for gap in result.findings] == [(f"org:{slug}",) for slug in "abcde"]


def test_one_connected_component_stands_nobody_alone():
    ring = [partners(a, b) for a, b in ("ab", "bc", "cd", "ad")]
    snapshot = view(*locals_of("abcd"), *ring)
    for rule in ("G06", "G08", "G09"):
        assert one_rule(snapshot, rule).status == "none found"


def test_everything_unsourced_still_gets_an_answer():
    bare = [
        replace(r, sources=(), standing="illustrative") if isinstance(r, (Entity, Edge)) else r
        for r in tiny().records.values()
    ]
    result = one_rule(Snapshot.of(Dataset.of(bare), **ALPHA), "G24")
    assert result.findings[0].status == "unsourced"
    assert details_of(result, SourcingSummary).publishers["1"] == 0
    plainly(Snapshot.of(Dataset.of(bare), **ALPHA))


def test_every_status_has_words_and_every_gap_says_what_would_close_it():
    for snapshot in (Snapshot.of(tiny(), **ALPHA), Snapshot.of(tiny())):
        for result in find_gaps(snapshot):
            assert result.status in STATUSES
            assert result.coverage.bg and result.coverage.en
            for gap in result.findings:
                assert gap.status in STATUSES
                assert gap.value is not None or gap.reason is not None
                assert gap.closing.bg and gap.closing.en and gap.headline.bg and gap.headline.en
                assert set(gap.statements) <= set(snapshot.dataset.records)
                assert list(gap.statements) == sorted(gap.statements)
                assert gap.n > 0


SLUGS = "abcdefgh"


FORMS = ("company", "university", "public-agency", "foundation", "venue", "startup")


@st.composite
def towns(draw):
    """A small town with any ties, needs, offers and projects."""
    slugs = SLUGS[: draw(st.integers(0, len(SLUGS)))]
    forms = draw(st.lists(st.sampled_from(FORMS), min_size=len(slugs), max_size=len(slugs)))
    roles = draw(
        st.lists(
            st.sampled_from(("", "seat", "administration")),
            min_size=len(slugs),
            max_size=len(slugs),
        )
    )
    records = [
        city(),
        city("far"),
        PAGE,
        PAPER,
        theme("t"),
        theme("v"),
        Project(id="project:p", name_en="P", **SAID),
        Project(id="project:q", name_en="Q", **SAID),
    ]
    for slug, form, role in zip(slugs, forms, roles, strict=True):
        records += local(slug, form, role)
    if slugs:
        actor = st.sampled_from([f"org:{slug}" for slug in slugs] + ["city:town"])
        what = st.sampled_from(("t", "v"))
        where = st.sampled_from(("project:p", "project:q"))
        pairs = st.tuples(st.sampled_from(slugs), st.sampled_from(slugs))
        records += [partners(*pair) for pair in draw(st.lists(pairs)) if pair[0] != pair[1]]
        records += [takes_part(*p) for p in draw(st.lists(st.tuples(actor, where), max_size=6))]
        records += [needs(*p) for p in draw(st.lists(st.tuples(actor, what), max_size=4))]
        records += [offers(*p) for p in draw(st.lists(st.tuples(actor, what), max_size=4))]
    return list({record.id: record for record in records}.values())


@given(towns(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_does_not_matter(records, random):
    shuffled = random.sample(records, len(records))
    one, other = (
        Snapshot.of(Dataset.of(r), as_of=DAY, scope="city:town") for r in (records, shuffled)
    )
    assert plainly(one) == plainly(other)


def renamed(records):
    """The same town with the organisations' ids in the opposite order."""
    new = {f"org:{a}": f"org:{b}" for a, b in zip(SLUGS, reversed(SLUGS), strict=True)}
    found = []
    for record in records:
        if isinstance(record, Node):
            found.append(replace(record, id=new.get(record.id, record.id)))
        elif isinstance(record, Edge):
            ends = [new.get(end, end) for end in (record.source, record.target)]
            ends = sorted(ends) if record.symmetric else ends
            found.append(replace(record, source=ends[0], target=ends[1]))
    return found, new


def measured(snapshot, new):
    """Status and numbers of every gap by rule and what it is about."""
    return {
        (gap.rule, gap.status, frozenset(new.get(s, s) for s in gap.subjects)): (
            gap.value,
            gap.interval,
            gap.n,
            len(gap.statements),
        )
        for result in find_gaps(snapshot)
        for gap in result.findings
        if gap.rule != "G24"
    }


@given(towns())
@settings(max_examples=60, deadline=None)
def test_other_names_change_no_number(records):
    again, new = renamed(records)
    before = measured(Snapshot.of(Dataset.of(records), as_of=DAY, scope="city:town"), new)
    after = measured(Snapshot.of(Dataset.of(again), as_of=DAY, scope="city:town"), {})
    assert before.keys() == after.keys()
    for key, (value, interval, n, statements) in before.items():
        assert after[key] == (
            pytest.approx(value),
            interval and pytest.approx(interval),
            n,
            statements,
        )


@given(towns())
@settings(max_examples=60, deadline=None)
def test_an_offer_of_a_needed_theme_never_opens_a_gap_of_needs(records):
    snapshot = Snapshot.of(Dataset.of(records), as_of=DAY, scope="city:town")
    more = Dataset.of([*records, *local("helper"), offers("org:helper", "t")])
    richer = Snapshot.of(more, as_of=DAY, scope="city:town")
    before = {gap.id for gap in one_rule(snapshot, "G12").findings}
    assert {gap.id for gap in one_rule(richer, "G12").findings} == before - {"G12|theme:t"}
