"""The doors of the house open one way, and each dependency has one door."""

import ast
import re
import subprocess
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parent.parent
ROWS = (
    (
        *("values", "errors", "settings", "paths", "view", "figures", "tables", "weight"),
        *("garbage", "talking"),
        *("countries", "contact", "registers", "turns", "look"),
    ),
    ("columns",),
    ("model", "labels", "pairs"),
    ("dataset", "left_out", "lenses"),
    ("identity",),
    ("checks", "same", "doubts", "own", "names"),
    ("snapshot", "store", "scenario", "contradictions"),
    ("contents", "kept", "spelling"),
    ("analysis", "queries", "io"),
    ("portable", "changelog"),
    ("undoing", "forgetting"),
    ("drawing", "charts", "loading", "desk", "upkeep", "people"),
    ("report", "export"),
    ("intake",),
    ("documents",),
    ("questions",),
    ("ground",),
    ("workspace",),
    ("acts",),
    ("terminal", "doctor"),
    ("assistant",),
    ("cli", "__main__"),
)
HEIGHT = {room: height for height, row in enumerate(ROWS) for room in row}
DOORS = {
    "neo4j": ("ecosystem/store/",),
    "arcadedb": ("ecosystem/store/embedded.py",),
    "argon2": ("webapp/signing.py",),
    "anyio": ("ecosystem/assistant/",),
    "click": ("ecosystem/cli/",),
    "mcp": ("ecosystem/assistant/",),
    "starlette": ("ecosystem/assistant/",),
    "uvicorn": ("ecosystem/assistant/",),
    "babel": ("ecosystem/figures.py", "ecosystem/countries.py", "webapp/catalogue.py"),
    "flask": ("webapp/",),
    "flask_babel": ("webapp/",),
    "flask_wtf": ("webapp/pages/deciding.py",),
    "typst": ("ecosystem/report/pdf.py",),
    "waitress": ("webapp/limits.py",),
    "markdown_it": ("webapp/handbook.py",),
    "pyvis": ("webapp/graphview.py",),
    "xlsxwriter": ("ecosystem/io/sheets.py",),
    "rapidfuzz": ("ecosystem/identity/",),
    "trafilatura": ("ecosystem/documents/reading.py",),
    "pypdf": ("ecosystem/documents/reading.py",),
    "python_calamine": ("ecosystem/intake/readers/workbooks.py",),
    "networkx": (
        "ecosystem/snapshot.py",
        "ecosystem/same.py",
        "ecosystem/doubts.py",
        "ecosystem/analysis/",
        "ecosystem/io/",
        "ecosystem/export/",
    ),
}
FILES = sorted([*ROOT.glob("ecosystem/**/*.py"), *ROOT.glob("webapp/**/*.py")])


LONGEST_MODULE, LONGEST_FUNCTION = 400, 50
LONGER_MODULES = {
    "ecosystem/analysis/gaps/introductions.py": "the search for pairs, and what is told of each",
    "ecosystem/analysis/gaps/reach.py": "one rule, measured over two networks",
    "ecosystem/analysis/gaps/sourcing.py": "one rule with three sorts of findings",
    "ecosystem/analysis/matching/allocation.py": "one algorithm with its proofs",
    "ecosystem/analysis/matching/pair.py": "every part of the score of a pair, in its order",
    "ecosystem/kept.py": "one mechanism whose parts share one lock",
    "ecosystem/questions/parameters.py": "every sort of field, to be read in one go",
    "ecosystem/snapshot.py": "the lenses and the one frozen graph that they look at",
    "ecosystem/store/embedded.py": "the engine's process, from its start to its end",
    "ecosystem/store/graph_store.py": "the one door to the database",
}
LONGER_FUNCTIONS = {
    "allocate": "documents and checks every choice of the plan",
    "ask": "the waiting and the working under one lock",
    "city_profile": "its contract is half of it",
    "commands": "a list of commands",
    "cuts": "one algorithm in one loop",
    "invite": "its contract is half of it",
    "of": "the view of a dataset, step by step",
    "profile": "everything about one thing, in the order in which it is shown",
    "rank_mentors": "its contract is half of it",
    "review": "its contract is half of it",
    "roadmap": "its contract is half of it",
    "server_of": "the protocol's handlers side by side, each of them short",
    "score_pair": "every part of the score, in its order",
    "_serve": "the engine's process, from its start to its end",
    "table": "two kinds of rows that share what is worked out once",
}


def imports(path: Path, running: bool = False) -> list[str]:
    """Every module that a file imports, wherever in it; when ``running``, not for types alone."""
    found = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if running:
        tree.body = [
            node
            for node in tree.body
            if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def room(path: Path) -> str:
    """The room of a file of the domain package."""
    parts = path.relative_to(ROOT / "ecosystem").parts
    return parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_rows_below(path):
    if path.is_relative_to(ROOT / "webapp") or path == ROOT / "ecosystem/__init__.py":
        return
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "webapp":
            assert here == "cli", f"{path.name} imports {name}"
        if parts[0] != "ecosystem" or len(parts) < 2 or parts[1] not in HEIGHT:
            continue
        there = parts[1]
        same_folder = here == there
        same_row_of_values = HEIGHT[here] == HEIGHT[there] and here in (
            *ROWS[0],
            *ROWS[2],
            "cli",
            "__main__",
        )
        assert same_folder or HEIGHT[there] < HEIGHT[here] or same_row_of_values, (
            f"{path.relative_to(ROOT)} imports {name}"
        )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_each_dependency_has_one_door(path):
    where = str(path.relative_to(ROOT))
    for name in imports(path):
        doors = DOORS.get(name.split(".")[0])
        if doors:
            assert where.startswith(doors), f"{where} imports {name}"


GAPS = ROOT / "ecosystem/analysis/gaps"


def rules_of(path: Path) -> list[str]:
    """The ids of the gap rules that a file declares."""
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Rule(id="):
            found.append(ast.unparse(node.targets[0]))
    return found


def test_a_file_of_a_gap_rule_holds_one_rule_and_the_catalogue_has_each():
    from ecosystem.analysis.gaps import RULES

    files = {path: rules_of(path) for path in GAPS.glob("*.py")}
    assert {path.name: ids for path, ids in files.items() if len(ids) > 1} == {}
    assert {name for ids in files.values() for name in ids} == {rule.id for rule in RULES}


GAP_ROWS = (
    ("laws", "chance", "details", "tables", "load"),
    ("apart",),
    ("results", "meeting", "pairs", "stability", "common_themes", "local_money"),
    ("working", "tested", "efficiency", "demand"),
    ("sectored", "supply"),
)


@pytest.mark.parametrize("path", sorted(GAPS.glob("*.py")), ids=lambda path: path.name)
def test_rules_import_only_what_they_share_and_that_knows_no_rule(path):
    if path.name == "__init__.py":
        return
    height = {name: number for number, row in enumerate(GAP_ROWS) for name in row}
    assert bool(rules_of(path)) == (path.stem not in height), f"{path.name} is in no row"
    for name in imports(path):
        parts = name.split(".")
        if parts[:3] == ["ecosystem", "analysis", "gaps"]:
            shared = height.get(parts[3], len(GAP_ROWS))
            assert shared < height.get(path.stem, len(GAP_ROWS)), f"{path.name} imports {name}"


@pytest.mark.parametrize(
    "path", [one for one in FILES if one.parent.name != "gaps"], ids=lambda p: p.name
)
def test_details_of_gaps_are_read_by_attribute(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Subscript, ast.Call)):
            read = ast.unparse(node)
            assert ".details.get(" not in read and ".details[" not in read, f"{path.name}: {read}"
            assert not re.search(r"getattr\([\w.]*details\b", read), f"{path.name}: {read}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_catches_everything(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{path.name}:{node.lineno} catches everything"
            names = [n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)]
            assert "Exception" not in names, f"{path.name}:{node.lineno} catches Exception"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_pages_ask_questions_and_never_the_analysis(path):
    if path.is_relative_to(ROOT / "webapp"):
        for name in imports(path, running=True):
            assert not name.startswith("ecosystem.analysis"), f"{path.name} imports {name}"


HAND_WRITTEN = {
    "/map.svg": "the map as a picture: drawn with the words of pages, which no question has",
    "/api": "a page about the addresses themselves",
    "/import": "what is sent is no part of the store yet; the act behind it is the command's",
    "/import/<token>": "the same, for one of the files that wait",
    "/about": "a page about reading; the same without a language leads to it",
    "/handbook": "a book about the application, no answer of it",
    "/handbook/<chapter>": "the same, one of its chapters",
    "/handbook/pictures/<name>": "the same, a picture in it",
    "/sign-in": "who asks, before anything is asked",
    "/sign-out": "the way back from there",
}
"""Addresses that belong to no question and no act, each with the reason."""
DERIVED = ("doors.py", "acts.py", "twins.py", "delivery.py")
"""Files that give addresses to questions, acts, twins, and files beside the pages."""


def test_an_address_follows_from_a_question_or_an_act_or_says_why_not():
    found = set()
    for path in ROOT.glob("webapp/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = node.func.attr
                own = ast.unparse(node.func.value) in ("blueprint", "app")
                if own and called in ("get", "post", "put", "patch", "delete", "route"):
                    last = [one for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
                    found.add(last[-1].value)
                elif called == "add_url_rule":
                    assert path.name in DERIVED, f"{path.name} writes an address by hand"
    assert found == set(HAND_WRITTEN)


def test_nothing_imports_itself_in_the_end():
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in FILES
    }
    graph = nx.DiGraph()
    for name, path in modules.items():
        for said in imports(path, running=True):
            there = said if said in modules else said.rpartition(".")[0]
            # A package gathers what is in it.
            if there in modules and there != name and not name.startswith(f"{there}."):
                graph.add_edge(name, there)
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert circles == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_are_taken_in_at_a_glance(path):
    where, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    long = len(text.splitlines()) > LONGEST_MODULE
    assert long == (where in LONGER_MODULES), f"{where} has {len(text.splitlines())} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            short = lines <= LONGEST_FUNCTION or node.name in LONGER_FUNCTIONS
            assert short, f"{where}: {node.name} has {lines} lines"


def test_every_word_of_the_model_has_both_languages():
    from ecosystem.labels import PROPERTIES, WORDS
    from ecosystem.model import KINDS, SECTORS, columns

    for kind in KINDS.values():
        for column in columns(kind).values():
            assert column.label.bg and column.label.en
            for choice, words in column.choices.items():
                assert WORDS[choice] == words, f"{choice} is called two things"
    for sector, stakeholder in SECTORS.values():
        assert sector in WORDS and stakeholder in WORDS
    for text in (*PROPERTIES.values(), *WORDS.values()):
        assert text.bg and text.en


LARGE = ("ecosystem/intake/gazetteer.tsv.gz",)
"""What is larger than a file that somebody wrote: places by name, without which none is found."""


def test_nothing_that_is_installed_or_built_is_kept_with_the_code():
    if not (ROOT / ".git").exists():
        pytest.skip("no repository: these are the files of a release")
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    files = [one for one in told.stdout.decode().split("\0") if one and (ROOT / one).is_file()]
    assert len(files) > 100
    assert {one for one in files if (ROOT / one).stat().st_size > 700_000} == {*LARGE}
    assert not [one for one in files if one.endswith((".so", ".jar", ".whl", ".pyc"))]
