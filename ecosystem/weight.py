"""How heavy something is in memory, estimated in milliseconds from a part of it."""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from math import ceil, isqrt
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any

LOOKS = 2_000
"""About how many things are looked into, however many there are."""
WIDE = 4_000
"""Of how many parts of a collection the own size is taken."""
FEWEST = 3
_WHOLE = (str, bytes, int, float, complex, type(None))
_FOREIGN = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)


def nothing(_thing: object) -> bool:
    """Says that nothing is shared."""
    return False


def weigh(thing: object, shared: Callable[[object], bool] = nothing) -> int:
    """Bytes of ``thing`` and of all that hangs on it; at least 1.

    Small things are counted whole. Of a large collection a few evenly spaced parts are looked
    into, and what they weigh for each byte of their own is carried over to the parts that were
    not: a ratio estimate with double sampling [1]_. A part that others refer to as well weighs
    its share of the references, as with the proportional set size of a process [2]_; so ids that
    come from the records weigh next to nothing, and a tie that both its ends list counts once.
    Code weighs nothing; of an array that is a view of another only the view is counted.

    Parameters
    ----------
    shared
        Which parts weigh nothing, because they are there anyway; ``thing`` itself is not asked.

    References
    ----------
    .. [1] W. G. Cochran, "Sampling Techniques", 3rd ed., Wiley 1977, chapters 6 and 12.
    .. [2] Linux, Documentation/filesystems/proc.rst, "Pss" of /proc/PID/smaps.
    """
    return max(1, round(_deep(thing, LOOKS, shared, set())))


def _deep(thing: Any, looks: int, shared: Callable[[object], bool], above: set[int]) -> float:
    if isinstance(thing, _FOREIGN):
        return 0.0
    size = float(sys.getsizeof(thing, 0))
    if hasattr(thing, "__dict__"):
        size += sys.getsizeof(thing.__dict__, 0)
    if looks < 1 or isinstance(thing, _WHOLE):
        return size
    above.add(id(thing))
    groups = list(_groups(thing))
    for values, count, all_of_them in groups:
        most = looks // len(groups)
        looked = count if all_of_them else min(count, max(FEWEST, isqrt(most)))
        size += _together(values, count, looked, most, shared, above)
    above.discard(id(thing))
    return size


def _groups(thing: Any) -> Iterator[tuple[Iterator[Any], int, bool]]:
    """The parts of a thing by group, how many there are, and whether each is to be looked into."""
    if isinstance(thing, dict):
        yield iter(thing.keys()), len(thing), False
        yield iter(thing.values()), len(thing), False
    elif isinstance(thing, (list, tuple, set, frozenset, deque)):
        yield iter(thing), len(thing), False
    elif isinstance(thing, MappingProxyType):
        yield iter(gc.get_referents(thing)), 1, True
    own = getattr(thing, "__dict__", None)
    if isinstance(own, dict):
        yield iter(own.values()), len(own), True
    kind: Any = type(thing)
    slots = _slots(kind)
    if slots:
        yield (getattr(thing, name, None) for name in slots), len(slots), True


@cache
def _slots(kind: Any) -> tuple[str, ...]:
    declared = [cls.__dict__.get("__slots__", ()) for cls in kind.__mro__]
    names = [name for one in declared for name in ((one,) if isinstance(one, str) else one)]
    return tuple(name for name in names if name not in ("__dict__", "__weakref__"))


def _together(
    values: Iterator[Any],
    count: int,
    looked: int,
    looks: int,
    shared: Callable[[object], bool],
    above: set[int],
) -> float:
    """What ``count`` values weigh together, of which ``looked`` are looked into."""
    if not count:
        return 0.0
    wide, few = _sampled(values, count, looked)
    own = deep = 0.0
    for part in few:
        references = max(1, sys.getrefcount(part) - _TEMPORARY)
        own += sys.getsizeof(part, 0)
        if not shared(part) and id(part) not in above:
            deep += _deep(part, looks // len(few), shared, above) / references
    if len(few) == count:
        return deep
    everything = sum(map(sys.getsizeof, wide)) * count / len(wide)
    return deep / own * everything if own else 0.0


def _sampled(values: Iterator[Any], count: int, looked: int) -> tuple[list[Any], list[Any]]:
    # One call that runs no Python in between: another thread may add to what is being weighed.
    wide = list(islice(values, 0, None, ceil(count / max(WIDE, looked))))
    return wide, wide[:: ceil(len(wide) / looked)]


def _temporary() -> int:
    """How many references to a part the looking itself holds."""
    wide, few = _sampled(iter([object()]), 1, 1)
    for part in few:
        return sys.getrefcount(part)
    return len(wide)


_TEMPORARY = _temporary()
