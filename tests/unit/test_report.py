"""The report: one content as HTML, Markdown and PDF."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader, mult

from ecosystem import report
from ecosystem.analysis.followup import FollowUp
from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.gaps.stability import rank_stability
from ecosystem.analysis.layout import layout
from ecosystem.analysis.matching import allocate, rank_mentors
from ecosystem.analysis.metrics import measure
from ecosystem.analysis.overview import overview
from ecosystem.dataset import Dataset
from ecosystem.io.seeds import read
from ecosystem.model import Decision, Organisation
from ecosystem.paths import shipped_packs
from ecosystem.report import pdf
from ecosystem.report.blocks import Cell, Cite, Grid
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny

DAY = "2026-01-01"


def material(dataset: Dataset, scope: str) -> report.Material:
    snapshot = Snapshot.of(dataset, revision=3, as_of=DAY, scope=scope)
    everywhere = Snapshot.of(dataset, revision=3, as_of=DAY, scope="all")
    return report.Material(
        snapshot=snapshot,
        overview=overview(snapshot),
        gaps=find_gaps(snapshot),
        measures=[measure(snapshot, "work", "degree")],
        layout=layout(snapshot),
        matches=None if scope == "all" else rank_mentors(everywhere, scope),
        plan=allocate(everywhere),
        stability={"degree": rank_stability(snapshot, "work", "degree")},
    )


@pytest.fixture(scope="module")
def sofia() -> report.Material:
    return material(read(shipped_packs()), "city:sofia")


@pytest.fixture(scope="module", params=["bg", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def paper(sofia: report.Material, lang: str) -> PdfReader:
    return PdfReader(BytesIO(report.as_pdf(sofia, lang)))


@pytest.fixture(scope="module")
def printed(paper: PdfReader) -> list[tuple[str, list[float]]]:
    """The text of each page, and how far from its left edge each piece of it begins."""
    return [_printed(page) for page in paper.pages]


def _printed(page: PageObject) -> tuple[str, list[float]]:
    begins: list[float] = []

    def see(text, page_matrix, matrix, _font, _size):
        if text.strip():
            begins.append(mult(matrix, page_matrix)[4])

    return page.extract_text(visitor_text=see), begins


def test_equal_material_gives_equal_bytes(sofia, lang, paper):
    assert report.as_pdf(sofia, lang) == paper.stream.getvalue()


def test_the_pdf_says_what_it_is(paper, lang):
    root = paper.trailer["/Root"]
    assert root["/Lang"] == lang and root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert "Sofia" in paper.metadata.title or "София" in paper.metadata.title
    # The year of Sofia Sans' Bulgarian letters is in the fonts that were taken along.
    fonts = {font for page in paper.pages for font in page["/Resources"]["/Font"]}
    names = {
        str(page["/Resources"]["/Font"][font]["/BaseFont"])
        for page in paper.pages
        for font in page["/Resources"]["/Font"]
    }
    assert fonts and all("SofiaSans" in name for name in names), names


def test_every_number_leads_to_a_source_and_every_source_is_cited(paper, sofia, lang):
    made = report.report(sofia, lang)
    cited = {
        n for line in lines(made) for run in line if isinstance(run, Cite) for n in run.numbers
    }
    (sources,) = [block for block in made.blocks if hasattr(block, "entries")]
    assert cited == {entry.number for entry in sources.entries} != set()
    places = paper.named_destinations
    for page in paper.pages:
        for note in page.get("/Annots", ()):
            action = note.get_object().get("/A")
            if action and action["/S"] == "/GoTo" and isinstance(action["/D"], str):
                assert action["/D"] in places
    addresses = {
        note.get_object()["/A"]["/URI"]
        for page in paper.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert len(addresses) == len({entry.url for entry in sources.entries if entry.url})


def lines(made):
    for block in made.blocks:
        if isinstance(block, Grid):
            yield from (cell.line for row in block.rows for cell in row)
        yield from getattr(block, "lines", ())
        if hasattr(block, "line"):
            yield block.line


def test_pages_are_numbered_and_the_contents_lead_to_them(paper, printed, lang):
    total = len(paper.pages)
    for number, (text, _) in enumerate(printed, 1):
        assert text.replace("\u2060", "").endswith(f"{number} / {total}")
    titles = [entry.title for entry in paper.outline if not isinstance(entry, list)]
    first = printed[0][0]
    assert len(titles) >= 1
    for section in (
        ("Какво липсва", "Източници") if lang == "bg" else ("What is missing", "Sources")
    ):
        assert section in first


def test_nothing_leaves_the_paper(paper, printed):
    width = float(paper.pages[0].mediabox.width)
    for _, begins in printed:
        assert begins and all(20 < x < width - 20 for x in begins)


def test_tables_leave_no_page_half_empty_and_words_are_not_torn(paper, printed, lang):
    # 24 pages before tables of some rows went on from page to page
    assert len(paper.pages) <= 23
    whole = " ".join(text for text, _ in printed)
    torn = ("отли-", "дан-\nни", "посред-") if lang == "bg" else ("prob-", "offi-")
    assert [one for one in torn if one in whole] == []


def test_all_three_hold_the_same_sections(sofia, lang, printed):
    html, text = report.as_html(sofia, lang), report.as_markdown(sofia, lang)
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", html)
    assert headings == re.findall(r"^## (.*)$", text, re.M) and len(headings) == 9
    whole = re.sub(r"\s+", " ", " ".join(text for text, _ in printed))
    assert [one for one in headings if one.split(":")[0] not in whole] == []


def test_how_surely_a_place_holds_stands_beside_it(sofia, lang):
    text = report.as_markdown(sofia, lang)
    place = sofia.stability["degree"].places[0]
    assert place.top == 1.0
    words = "Сред първите 5" if lang == "bg" else "In the top 5"
    assert words in text


def test_gaps_that_were_taken_up_stand_beside_the_steps(sofia, lang):
    gap = next(result.findings[0] for result in sofia.gaps if result.findings)
    decision = Decision(
        id="decision:one",
        pack="local",
        matter="gap",
        subject=f"city:sofia {gap.id}",
        state="planned",
        owner="Ана",
        due_on="2027-01-31",
        note="Първо <b>това</b>",
    )
    followed = (FollowUp(decision, gap.rule, gap.id, gap, "there"),)
    text = report.as_markdown(replace(sofia, followed=followed), lang)
    assert "31 януари 2027" in text if lang == "bg" else "31 January 2027" in text
    assert "\\<b\\>" in text and ("още го има" if lang == "bg" else "still there") in text


def test_mentors_stand_as_people_left_them(sofia, lang):
    first, second, third = (one.mentor for one in sofia.matches.suggestions[:3])
    decided = {first: "declined", third: "accepted"}
    made = replace(sofia, decided=decided)
    assert [one.mentor for one in made.mentors[:2]] == [third, second]
    text = report.as_markdown(made, lang)
    name = sofia.snapshot.name(third)
    assert f"{getattr(name, lang)}" in text
    assert ("(приета)" if lang == "bg" else "(accepted)") in text
    declined = getattr(sofia.snapshot.name(first), lang)
    assert f"1. {declined} –" not in text
    assert ("Приет ментор: " if lang == "bg" else "The mentor that was accepted: ") in text


def test_a_report_of_nothing_is_still_a_report(lang):
    empty = Dataset.of([record for record in tiny().nodes.values() if record.kind == "City"])
    made = material(empty, "city:alpha")
    assert len(PdfReader(BytesIO(report.as_pdf(made, lang))).pages) >= 1
    assert "nan" not in report.as_markdown(made, lang).casefold()


def test_letters_that_no_font_holds_do_not_stop_it(lang):
    strange = Organisation(
        id="org:firm", pack="tiny", standing="illustrative", name_en="会社 🙂 #set page(width: 1pt)"
    )
    records = {**tiny().records, "org:firm": strange}
    made = material(Dataset.of(records.values()), "city:alpha")
    reader = PdfReader(BytesIO(report.as_pdf(made, lang)))
    assert float(reader.pages[0].mediabox.width) == pytest.approx(595, abs=1)
    assert "#set page" in "".join(page.extract_text() for page in reader.pages)


def test_long_words_can_be_broken_and_short_ones_stay():
    assert pdf.breakable("a" * 60).replace("\u200b", "") == "a" * 60
    assert max(map(len, pdf.breakable("a" * 60).split("\u200b"))) <= pdf.LONGEST_WORD
    assert pdf.breakable("Столична община") == "Столична община"


def test_columns_have_room_for_their_longest_number():
    grid = Grid(
        "",
        ("Организация", "сума"),
        (False, True),
        ((Cell(("Много дълго име на организация " * 4,)), Cell(("51 129 188,12 EUR",))),),
    )
    wide, narrow = pdf.widths(grid)
    assert narrow >= len("51 129 188,12 EUR")
    assert wide + narrow <= pdf.LETTERS + 1e-9


def test_the_fonts_come_with_their_licence():
    folder = Path(pdf.FONTS)
    assert {path.suffix for path in folder.iterdir()} == {".ttf", ".txt"}
    assert "SIL Open Font License" in (folder / "LICENSE.txt").read_text(encoding="utf-8")


def test_the_plan_has_the_order_of_the_board(sofia, lang):
    told = [pair.mentee for pair in sofia.plan.pairs_from("city:sofia")]
    text = report.as_markdown(sofia, lang)
    plan = text[text.rindex("План за всички" if lang == "bg" else "Plan for all cities") :]
    names = [sofia.snapshot.name(one).show(lang)[0] for one in told]
    rows = [line.split("|")[1].strip() for line in plan.splitlines() if line.startswith("| ")]
    assert names[0] in ("София", "Sofia")
    assert [one.partition(" [")[0] for one in rows[1 : len(names) + 1]] == names
