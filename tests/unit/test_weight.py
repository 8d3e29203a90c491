"""What something weighs: whole where it is small, from a part of it where it is large."""

import sys
import time
from dataclasses import dataclass
from types import MappingProxyType

import networkx as nx
import pytest

from ecosystem.weight import weigh


@dataclass
class Slim:
    __slots__ = ("held",)
    held: bytes


def points(count):
    return [(number + 0.5, f"point {number:06}") for number in range(count)]


def one_point():
    ((x, name),) = points(1)
    return sum(map(sys.getsizeof, ((x, name), x, name)))


def test_a_text_weighs_what_python_says():
    assert weigh("x" * 1000) == sys.getsizeof("x" * 1000)
    assert weigh(None) >= 1


@pytest.mark.parametrize("count", [1, 10, 40])
def test_what_is_small_is_counted_whole(count):
    found = points(count)
    assert weigh(found) == sys.getsizeof(found) + count * one_point()


def test_what_is_large_is_estimated_in_milliseconds():
    found = points(200_000)
    began = time.thread_time()
    weight = weigh(found)
    assert time.thread_time() - began < 0.1
    whole = sys.getsizeof(found) + len(found) * one_point()
    assert weight == pytest.approx(whole, rel=0.02)


def test_the_own_size_of_the_parts_carries_over_what_was_not_looked_into():
    skewed = [[float(n) for n in range(1_000 if k % 97 == 0 else 10)] for k in range(20_000)]
    whole = sys.getsizeof(skewed) + sum(sys.getsizeof(row) + 24 * len(row) for row in skewed)
    assert weigh(skewed) == pytest.approx(whole, rel=0.25)


def test_a_part_that_others_hold_too_weighs_its_share():
    heavy = bytes(1_000_000)
    one, other = [heavy], [heavy]
    # The test's own name is the third that holds it.
    assert weigh(one) == pytest.approx(1_000_000 / 3, rel=0.01)
    assert weigh(one) == weigh(other)


def test_both_ends_of_a_tie_do_not_count_it_twice():
    graph = nx.Graph()
    graph.add_edge("a", "b", note=bytes(1_000_000))
    assert weigh(graph) == pytest.approx(1_000_000, rel=0.02)


def test_what_is_shared_weighs_nothing_below_the_answer_itself():
    record = Slim(bytes(1_000_000))

    def shared(part):
        return isinstance(part, Slim)

    assert weigh({"a": record}, shared) < 1_000
    assert weigh(record, shared) > 1_000_000


def test_slots_proxies_and_rings_are_followed():
    proxy = MappingProxyType({"a": bytes(1_000_000)})
    assert weigh(proxy) > 1_000_000
    ring = [bytes(1_000_000)]
    ring.append(ring)
    assert weigh(ring) == pytest.approx(1_000_000, rel=0.01)
    assert weigh([test_slots_proxies_and_rings_are_followed, sys, Slim]) < 1_000


def test_what_grows_while_it_is_weighed_does_no_harm():
    class Grows:
        def __sizeof__(self):
            held[len(held)] = b""
            return 16

    held: dict[object, object] = {}
    held[Grows()] = held
    held[Grows()] = bytes(1_000)
    assert weigh(held) > 100
