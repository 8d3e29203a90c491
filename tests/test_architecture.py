"""The doors of the house open one way, and each dependency has one door."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = (
    ("values", "errors", "settings", "paths", "view", "figures", "tables", "weight"),
    ("columns",),
    ("model", "labels", "pairs"),
    ("dataset",),
    ("snapshot", "store", "scenario"),
    ("contents", "kept"),
    ("analysis", "queries", "io"),
    ("drawing", "charts", "loading", "desk"),
    ("report",),
    ("questions",),
    ("ground",),
    ("workspace",),
    ("terminal", "doctor"),
    ("cli", "__main__"),
)
HEIGHT = {room: height for height, row in enumerate(ROWS) for room in row}
DOORS = {
    "neo4j": ("ecosystem/store/graph_store.py",),
    "arcadedb": ("ecosystem/store/embedded.py",),
    "babel": ("ecosystem/figures.py", "webapp/catalogue.py"),
    "flask": ("webapp/",),
    "flask_babel": ("webapp/",),
    "flask_wtf": ("webapp/pages/deciding.py",),
    "typst": ("ecosystem/report/pdf.py",),
    "pyvis": ("webapp/graphview.py",),
    "xlsxwriter": ("ecosystem/io/sheets.py",),
    "networkx": ("ecosystem/snapshot.py", "ecosystem/analysis/", "ecosystem/io/"),
}
FILES = sorted([*ROOT.glob("ecosystem/**/*.py"), *ROOT.glob("webapp/**/*.py")])


def imports(path: Path) -> list[str]:
    """Every module that a file imports, wherever in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_catches_everything(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{path.name}:{node.lineno} catches everything"
            names = [n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)]
            assert "Exception" not in names, f"{path.name}:{node.lineno} catches Exception"


def test_every_word_of_the_model_has_both_languages():
    from ecosystem.labels import PROPERTIES, WORDS
    from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, NODE_KINDS, SECTORS, columns

    for kind in (*ENTITY_KINDS, *EDGE_KINDS):
        cls = NODE_KINDS.get(kind) or EDGE_KINDS[kind]
        for name, column in columns(cls).items():
            if not name.endswith("_currency") and name not in ("key", "rule", "sources"):
                assert name in PROPERTIES, f"{kind}.{name} has no label"
            for choice in column.choices:
                assert choice in WORDS, f"{choice} has no words"
    for sector, stakeholder in SECTORS.values():
        assert sector in WORDS and stakeholder in WORDS
    for text in (*PROPERTIES.values(), *WORDS.values()):
        assert text.bg and text.en
