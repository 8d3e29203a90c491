"""The built wheel works in an environment of its own, outside the repository."""

import subprocess
import sys
import sysconfig
import venv
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """An environment that holds the wheel, and links to the installed dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", symlinks=True)
    inside = folder / "env" / "bin" / "python"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(inside),
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--disable-pip-version-check",
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    dependencies = folder / "dependencies"
    dependencies.mkdir()
    ours = {path.parts[0] for path in metadata.files("ecosystem-mapper") or ()}
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if entry.name not in ours and not entry.name.endswith(".pth"):
            (dependencies / entry.name).symlink_to(entry)
    (site,) = (folder / "env").glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(f"{dependencies}\n")
    return inside


def run(python: Path, tmp_path: Path, *arguments: str) -> str:
    """What a command prints, run far from the repository."""
    done = subprocess.run(
        [str(python), *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"ECOSYSTEM_DATA": str(tmp_path / "store"), "PATH": "/usr/bin:/bin"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_carries_seeds_queries_and_pages(python, tmp_path):
    script = (
        "import ecosystem, webapp, pathlib; from ecosystem import paths;"
        "print(pathlib.Path(ecosystem.__file__).parent);"
        "print(len(paths.shipped_packs()), len(list(paths.cypher_folder().glob('*.cypher'))));"
        "print(len(list(pathlib.Path(webapp.__file__).parent.glob('templates/*.html'))));"
        "from webapp import handbook; handbook.chapter('gaps', 'bg');"
        "print(len(list(paths.handbook_folder().iterdir())))"
    )
    where, shipped, pages, book = run(python, tmp_path, "-c", script).splitlines()
    assert not Path(where).is_relative_to(ROOT)
    packs, queries = map(int, shipped.split())
    assert packs == len(list(ROOT.glob("seeds/*/pack.toml")))
    assert queries == len(list(ROOT.glob("cypher/*.cypher"))) > 0
    assert int(book) == len(list(ROOT.glob("docs/handbook/*"))) > 0
    assert int(pages) == len(list(ROOT.glob("webapp/templates/*.html"))) > 0


def test_the_wheel_loads_the_seeds_finds_gaps_and_sets_the_report(python, tmp_path):
    try:
        assert "added" in run(python, tmp_path, "-m", "ecosystem", "load", "--lang", "en")
        assert "G24" in run(python, tmp_path, "-m", "ecosystem", "gaps", "--scope", "city:sofia")
        run(python, tmp_path, "-m", "ecosystem", "report", "sofia.pdf", "--lang", "bg")
        paper = (tmp_path / "sofia.pdf").read_bytes()
        assert paper.startswith(b"%PDF-") and b"SofiaSans" in paper
    finally:
        run(python, tmp_path, "-m", "ecosystem", "stop")
