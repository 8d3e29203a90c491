"""Run one drill, or all of them."""

import sys
import time
from importlib import import_module
from pathlib import Path

DRILLS = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")
)


def main(words: list[str]) -> int:
    """Run the drill that ``words`` begin with, else all; 0 where nothing was missed.

    What follows, such as ``--short``, is for the drill, or for each of them.
    """
    named = words[:1] if words and not words[0].startswith("-") else []
    if named and named[0] not in DRILLS:
        print(f"There is no drill {named[0]!r}; there are: {', '.join(DRILLS)}.", file=sys.stderr)
        return 2
    missed = 0
    for name in named or DRILLS:
        begun = time.monotonic()
        print(f"== {name}", flush=True)
        missed += import_module(f"tests.drill.{name}").main(words[len(named) :])
        print(f"   {time.monotonic() - begun:.0f} s", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
