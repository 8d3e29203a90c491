"""What counts no longer: it stays to be read with its reason, and nothing rests on it."""

import csv
import io
import zipfile
from datetime import date

import pytest

from ecosystem import terminal
from ecosystem.analysis.claims import all_conflicts, counts, publishers
from ecosystem.analysis.overview import overview, source_uses
from ecosystem.analysis.profile import profile, statement
from ecosystem.contradictions import contradictions
from ecosystem.desk import Desk
from ecosystem.io.sheets import as_csv, as_sheets, as_xlsx
from ecosystem.model import Decision, Deprecation
from ecosystem.questions.tables import looking
from ecosystem.snapshot import Snapshot
from ecosystem.tables import Answer
from ecosystem.values import Text
from tests.deprecated import GRANT, JOINED, ended
from tests.tiny import tiny

LOAN = Deprecation("it was a loan", "2024-03-05", "Ann")


@pytest.fixture
def snapshot():
    return Snapshot.of(ended(), scope="city:alpha")


def test_it_says_why_since_when_and_who():
    assert LOAN.told == Text(
        "вече не важи: it was a loan (от 5 март 2024\u00a0г., отмени: Ann)",
        "counts no longer: it was a loan (since 5 March 2024, by Ann)",
    )
    assert Deprecation("misread").told.en == "counts no longer: misread"


def test_what_rests_on_a_deprecated_source_alone_has_none_and_others_keep_theirs():
    counting = ended().counting
    assert "source:list" not in counting.nodes
    assert counting.edges[JOINED].sources == ("source:page#paragraph 1",)
    assert counting.edges["OFFERS|org:firm|theme:ict|"].sources == ()
    assert "evidence:budget-list" not in counting.nodes, "it stands in that source"
    assert publishers(ended(), ended().edges[JOINED]) == 1
    assert publishers(tiny(), tiny().edges[JOINED]) == 2


def test_a_passage_that_counts_no_longer_contradicts_nothing(snapshot):
    assert len(all_conflicts(tiny())) == 1
    assert all_conflicts(ended()) == ()
    found = profile(snapshot, "project:bus")
    assert found.conflicts == ()
    assert {claim.deprecated.why if claim.deprecated else "" for claim in found.claims} == {
        "misread",
        "",
    }
    assert [counts(claim) for claim in found.claims] == [False, False], "one by its source"


def test_ties_that_count_no_longer_stand_apart(snapshot):
    found = profile(snapshot, "org:council")
    assert GRANT not in [tie.id for tie in found.ties]
    assert [(tie.id, tie.deprecated) for tie in found.no_longer] == [(GRANT, LOAN)]
    assert statement(snapshot, GRANT).deprecated == LOAN
    loner = profile(snapshot, "org:loner")
    assert loner.deprecated is not None and loner.deprecated.why == "entered twice"
    assert (loner.ties, [tie.kind for tie in loner.no_longer]) == ((), ["LOCATED_IN"])


def test_a_deprecated_source_is_listed_and_carries_nothing():
    uses = {use.id: use for use in source_uses(ended())}
    assert (uses["source:list"].statements, uses["source:list"].alone) == (0, 0)
    assert uses["source:list"].deprecated is not None and uses["source:page"].deprecated is None


def test_the_overview_says_how_many_there_are(snapshot):
    told = [text.en for text in overview(snapshot).unknowns]
    assert "Records that count no longer and are left out: 4." in told
    assert not any("no longer" in text.en for text in overview(Snapshot.of(tiny())).unknowns)


def test_nothing_that_is_deprecated_contradicts_a_record():
    assert {one.record for one in contradictions(ended())} <= {
        one.record for one in contradictions(tiny())
    }


def test_a_deprecated_decision_does_not_stand():
    def made(number, **more):
        return Decision(
            id=f"decision:no-00000{number}",
            pack="local",
            matter="gap",
            subject="city:alpha G01",
            state="open" if number == 1 else "done",
            **more,
        )

    town = type(tiny()).of([made(1), made(2, deprecated="by mistake")])
    assert [one.state for one in Desk.of(town).standing("gap").values()] == ["open"]


def written(answer: Answer, form: str, lang="en") -> str:
    stream = io.StringIO()
    terminal.write(stream, answer, form, lang)
    return stream.getvalue()


def test_a_terminal_marks_it_and_files_have_a_column(snapshot):
    answer = looking.profile(profile(snapshot, "org:council"))
    lines = written(answer, "table").splitlines()
    assert [line[:9] for line in lines if "✗" in line] == ["✗\u00a0Funding"]
    marked = [line for line in written(answer, "table", "bg").splitlines() if "✗" in line]
    assert [line[:8] for line in marked] == ["✗\u00a0Финанс"]
    rows = list(csv.reader(io.StringIO(written(answer, "csv"))))
    header = next(row for row in rows if row[:1] == ["Tie"])
    (grant,) = [row for row in rows if "it was a loan" in str(row)]
    assert "Не важи" in written(answer, "csv", "bg")
    assert header[-1] == "Counts no longer" and "it was a loan" in grant[-1]
    assert "✗" not in written(answer, "csv")


def test_a_workbook_strikes_it_out(snapshot):
    answer = looking.profile(profile(snapshot, "org:council"))
    sheets = as_sheets(answer, Text("Запис", "Record"), "en")
    book = as_xlsx(sheets, date(2026, 1, 1))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert "<strike/>" in parts.read("xl/styles.xml").decode()
    assert sheets[1].struck and not sheets[0].struck
    assert "it was a loan" in as_csv(sheets[1])


def test_the_answer_about_it_begins_with_the_reason(snapshot):
    shown = written(looking.profile(profile(snapshot, "org:loner")), "table")
    assert "✗\u00a0Counts no longer: entered twice (since 5 March 2024, by Ann)." in shown
    assert "✗\u00a0Counts no longer: it was a loan" in written(
        looking.statement(statement(snapshot, GRANT)), "table"
    )


def test_tables_without_such_records_have_no_such_column():
    answer = looking.profile(profile(Snapshot.of(tiny()), "org:council"))
    assert "Counts no longer" not in written(answer, "table") + written(answer, "csv")
