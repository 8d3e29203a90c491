"""A third language, added as CONTRIBUTING says: the pages speak it as far as it is translated."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TWO, THREE = 'Language = Literal["bg", "en"]', 'Language = Literal["bg", "en", "de"]'
ASK = """
import sys
from pathlib import Path
from ecosystem.cli import main
from ecosystem.dataset import EMPTY, diff
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny
from tests.web.conftest import PAGES
from webapp import create_app

folder = sys.argv[1]
with Workspace.open(Settings.read({"data": folder, "lang": "de"})) as workspace:
    workspace.store.apply(diff(EMPTY, tiny()))
    client = create_app(workspace).test_client()
    print(client.get("/", headers={"Accept-Language": "bg;q=0.1,de"}).location)
    for path in PAGES:
        answer = client.get(f"/de{path}")
        expected = 404 if path in ("/nowhere", "/entity/org:nobody") else 200
        assert answer.status_code == expected, (path, answer.status_code)
        assert '<html lang="de"' in answer.text or "part=panel" in path, path
    print(client.get("/de/gaps").text)
embedded.stop(Path(folder))
main(["--lang", "de", "show", "--help"])
"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """A copy of the product after the steps of the recipe, and how to run Python there."""
    folder = tmp_path_factory.mktemp("german")
    for part in ("ecosystem", "webapp", "cypher", "docs", "seeds", "tests"):
        left_out = shutil.ignore_patterns("__pycache__", "assets", "browser", "seeds")
        shutil.copytree(ROOT / part, folder / part, ignore=left_out)
    values = folder / "ecosystem" / "values.py"
    text = values.read_text(encoding="utf-8")
    assert TWO in text
    values.write_text(text.replace(TWO, THREE), encoding="utf-8")

    def run(*words):
        here = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, *words], cwd=folder, env=here, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-m", "webapp.catalogue").startswith("de: 0 of ")
    for catalogue, english, german in (
        ("webapp/translations/de/LC_MESSAGES/messages.po", "Gaps", "Lücken"),
        ("ecosystem/translations/de/LC_MESSAGES/texts.po", "Who is missing", "Wer fehlt"),
    ):
        file = folder / catalogue
        entry = f'msgid "{english}"\nmsgstr "'
        text = file.read_text(encoding="utf-8")
        assert f'{entry}"' in text
        file.write_text(text.replace(f'{entry}"', f'{entry}{german}"'), encoding="utf-8")
    assert run("-m", "webapp.catalogue").startswith("de: 2 of ")
    return run


def test_pages_and_commands_speak_it_where_it_is_translated_and_english_elsewhere(
    spoken, tmp_path_factory
):
    data = tmp_path_factory.mktemp("data")
    said = spoken("-c", ASK, str(data))
    where, page = said.split("\n", 1)
    assert where == "/de/"
    assert "<h1>Lücken" in page and "Wer fehlt" in page
    assert '<span lang="en">What is needed and not met</span>' in page
    assert "Deutsch" in page and "Български" in page
