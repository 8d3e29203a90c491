"""The handbook: every page leads to its place in it, and what it says of the map is so."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from ecosystem.desk import MATTERS
from ecosystem.questions import QUESTIONS
from ecosystem.questions.catalogues import GROUPS, OF_ECOSYSTEM, STATUSES
from tests.handbook import ALL, CHAPTERS, FOLDER, pictures, prose, size, walks, words
from tests.web.conftest import PAGES, Page
from webapp import handbook
from webapp.catalogue import stored
from webapp.handbook import APPLICATION, PICTURE

LARGEST, LARGEST_ALL = 150_000, 1_500_000
READ_IN_A_MINUTE, MINUTES = 200, 5
NUMBERS = {
    "en": "three four five six seven eight nine ten eleven twelve twenty hundred dozen",
    "bg": "три трима четири пет шест седем осем девет десет единайсет дванайсет двайсет сто",
}
"""Words that count; "two" is not among them: a tie has two ends, whatever is recorded."""
QUOTED = {"en": "“([^”]+)”", "bg": "„([^“]+)“"}

both = pytest.mark.parametrize("lang", ["bg", "en"])
each = pytest.mark.parametrize(("name", "lang"), CHAPTERS)


def help_of(client, path):
    """Where the help of a page leads, and what it is called."""
    page = Page.of(client.get(path, follow_redirects=True).text)
    (found,) = (found for tag, found in page.elements if found.get("id") == "help")
    return found["href"], found["title"]


@both
@pytest.mark.parametrize("path", [one for one in PAGES if "part=" not in one])
def test_every_page_leads_to_a_heading_of_the_handbook(client, path, lang):
    href, title = help_of(client, f"/{lang}{path}")
    there = urlsplit(href)
    assert there.path.startswith(f"/{lang}/handbook")
    answer = client.get(href)
    assert answer.status_code == 200
    if path == "/nowhere":
        assert not there.fragment
        return
    headings = Headings.of(answer.text)
    assert title.endswith(f": {headings.words[there.fragment]}")


@both
def test_every_question_and_every_other_page_has_a_place_of_its_own(app, lang):
    told = {name: vars(view).get("told_in") for name, view in app.view_functions.items()}
    told |= dict.fromkeys(
        (one for one in told if one.startswith("bringing.")),
        vars(app.blueprints["bringing"])["told_in"],
    )
    asked = {one.name for one in QUESTIONS if "page" not in one.lacks}
    for name in (*asked, "reading.about", "reading.programs", "bringing.files", "bringing.look"):
        chapter, _, anchor = told[name].partition("#")
        assert anchor in {one.anchor for one in handbook.chapter(chapter, lang).headings}, name


@both
def test_help_keeps_the_view(client, lang):
    href, _ = help_of(client, f"/{lang}/gaps?as_of=2018-12-31&scope=all")
    page = Page.of(client.get(href).text)
    inside = [one for one in page.links() if one.startswith(f"/{lang}/gaps?")]
    assert inside and all("as_of=2018-12-31" in one and "scope=all" in one for one in inside)


@each
def test_a_chapter_is_a_page_with_contents_and_neighbours(client, name, lang):
    answer = client.get(f"/{lang}/handbook/{name}")
    page = Page.of(answer.text)
    ids = [found["id"] for _, found in page.elements if found.get("id")]
    assert len(ids) == len(set(ids))
    for href in page.links():
        there = urlsplit(href)
        assert there.path or there.fragment in ids, href
    ways = {found.get("rel") for tag, found in page.elements if tag == "a"}
    at = ALL.index(name)
    assert ("prev" in ways) == (at > 0) and ("next" in ways) == (at + 1 < len(ALL))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_contents_lead_without_a_language_too(client):
    answer = client.get("/handbook/gaps", headers={"Accept-Language": "bg"})
    assert answer.location == "/bg/handbook/gaps"
    assert client.get("/en/handbook/nothing").status_code == 404
    assert client.get("/handbook/pictures/start.en.md").status_code == 404


def test_html_in_a_chapter_is_text():
    made = handbook.markdown().render("<script>x</script> [a](javascript:alert)")
    assert "<script" not in made and "href" not in made


@pytest.mark.parametrize("name", ALL)
def test_both_languages_say_the_same_in_the_same_order(name):
    bg, en = handbook.chapter(name, "bg"), handbook.chapter(name, "en")
    assert [one.level for one in bg.headings] == [one.level for one in en.headings]
    assert [one.anchor for one in bg.headings] == [one.anchor for one in en.headings]
    for ours, theirs in zip(walks(name, "bg"), walks(name, "en"), strict=True):
        assert [one.do for one in ours.steps] == [one.do for one in theirs.steps], str(ours)
        for one, other in zip(ours.steps, theirs.steps, strict=True):
            if one.do in ("open", "picture"):
                assert one.words.replace("/bg/", "/en/").replace("-bg.", "-en.") == other.words


@each
def test_what_is_pressed_typed_and_seen_stands_in_steps(name, lang):
    marks = {"strong_open", "em_open", "code_inline", "image"}
    for paragraph in prose(name, lang):
        found = marks & {one.type for one in paragraph.children}
        assert not found, f"no test follows this: {paragraph.content}"


@each
def test_links_lead_to_chapters_or_to_pages_in_the_same_language(client, name, lang):
    for token in handbook.every(handbook.chapter(name, lang).tokens):
        if token.type == "link_open":
            href = str(token.attrGet("href"))
            chapter = handbook.named(href)
            assert chapter in ALL if chapter else href.startswith(f"{APPLICATION}/{lang}/"), href
            assert not chapter or (FOLDER / href).name == f"{chapter}.{lang}.md"


@each
def test_what_is_quoted_is_said_by_the_map(name, lang):
    said = "\n".join(said_by_the_map(lang))
    for paragraph in prose(name, lang):
        for words_ in re.findall(QUOTED[lang], paragraph.content):
            assert words_.lower() in said.lower(), words_


def said_by_the_map(lang):
    """Every text of pages and of the domain, in a language."""
    for message in stored():
        texts = message.id if lang == "en" else message.string
        yield from [texts] if isinstance(texts, str) else texts
    states = (text for matter in MATTERS.values() for text in matter.states.values())
    for text in (*STATUSES.values(), *states):
        yield text.show(lang)[0]


@each
def test_no_figure_stands_in_the_text_that_nobody_counts(name, lang):
    title = handbook.chapter("map", lang).title  # its five minutes are tested
    for paragraph in prose(name, lang):
        for word in words(paragraph.content.replace(title, "")):
            assert word.lower() not in NUMBERS[lang].split(), paragraph.content
            assert not word.isdigit(), paragraph.content


@both
def test_the_map_is_read_in_five_minutes(lang):
    assert len(words(handbook.chapter("map", lang).text)) <= READ_IN_A_MINUTE * MINUTES


@both
def test_the_groups_of_gaps_are_those_that_are_named(lang):
    named = [step.words for step in walks("gaps", lang)[0].steps if step.do == "see"]
    ours = [GROUPS[name].show(lang)[0] for name in OF_ECOSYSTEM]
    assert [one for one in named if one in ours] == ours


@each
def test_every_picture_is_there_says_what_it_shows_and_is_small(client, name, lang):
    for picture, alt in pictures(name, lang).items():
        file = FOLDER / picture
        assert picture.endswith(f"-{lang}.webp") and len(words(alt)) >= 6
        assert size(file) == PICTURE and file.stat().st_size <= LARGEST
        answer = client.get(f"/handbook/pictures/{picture}")
        assert answer.mimetype == "image/webp" and answer.data == file.read_bytes()


def test_no_picture_is_left_over():
    named = {one for name, lang in CHAPTERS for one in pictures(name, lang)}
    files = list(FOLDER.glob("*.webp"))
    assert {one.name for one in files} == named
    assert sum(one.stat().st_size for one in files) <= LARGEST_ALL


def test_no_file_of_the_handbook_is_left_over():
    assert {one.name for one in FOLDER.glob("*.md")} == {
        f"{name}.{lang}.md" for name, lang in CHAPTERS
    }


class Headings(HTMLParser):
    """The headings of a page, by their ids."""

    def __init__(self):
        super().__init__()
        self.words, self._open = {}, ""

    @classmethod
    def of(cls, html):
        found = cls()
        found.feed(html)
        return found

    def handle_starttag(self, tag, attrs):
        if tag in ("h2", "h3"):
            self._open = dict(attrs).get("id") or ""

    def handle_endtag(self, tag):
        if tag in ("h2", "h3"):
            self._open = ""

    def handle_data(self, data):
        if self._open:
            self.words[self._open] = self.words.get(self._open, "") + data
