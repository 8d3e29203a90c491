"""Where the shipped queries, seeds and handbook are: inside the wheel, else in the repository."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parent
_BUNDLED = _PACKAGE / "bundled"
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent

APPLICATION = "ecosystem-mapper"


def cypher_folder() -> Path:
    """The folder of the shipped Cypher queries."""
    return _ROOT / "cypher"


def seeds_folder() -> Path:
    """The folder that holds one folder per shipped pack."""
    return _ROOT / "seeds"


def handbook_folder() -> Path:
    """The folder of the handbook's chapters and pictures."""
    return _ROOT / "docs" / "handbook"


def shipped_packs() -> list[Path]:
    """The folders of the shipped packs, sorted by name."""
    return sorted(path.parent for path in seeds_folder().glob("*/pack.toml"))


def data_folder() -> Path:
    """The user's data folder for this application on this platform (not created here)."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))
