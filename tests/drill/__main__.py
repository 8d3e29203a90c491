"""Run one drill, or all of them."""

import sys
from importlib import import_module
from pathlib import Path

DRILLS = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")
)


def main(words: list[str]) -> int:
    """Run the drill that ``words`` begin with, else all; 0 where nothing was missed."""
    if words and words[0] not in DRILLS:
        print(f"There is no drill {words[0]!r}; there are: {', '.join(DRILLS)}.", file=sys.stderr)
        return 2
    chosen, rest = (words[:1], words[1:]) if words else (DRILLS, [])
    missed = 0
    for name in chosen:
        print(f"== {name}")
        missed += import_module(f"tests.drill.{name}").main(rest)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
