"""Whether records may be loaded: every cell, tie, period and source of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ecosystem.contact import holds_contact
from ecosystem.dataset import EMPTY, WHOLE, Dataset, Place, Unread
from ecosystem.errors import MOST_GUESSES, Problem, nearest
from ecosystem.model import LOCAL_KINDS, LOCAL_PACK, NODE_KINDS, Edge, Entity, Node, Record, columns
from ecosystem.model.attributes import OWN

# How many known ids all guesses together are compared with: a second or two.
MOST_COMPARED = 200_000


def check(dataset: Dataset, context: Dataset = EMPTY, unread: Unread = WHOLE) -> list[Problem]:
    """Every problem of ``dataset``, ordered by place.

    Parameters
    ----------
    dataset
        What is to be loaded.
    context
        What is in the store already; references may lead there, and an id that another pack
        owns there may not be used here.
    unread
        What could not be read and is a problem already: nothing more is said of it.
    """
    return sorted(_Check(dataset, context, unread).problems())


class _Check:
    def __init__(self, dataset: Dataset, context: Dataset, unread: Unread) -> None:
        self.dataset, self.context, self.unread = dataset, context, unread
        self.meant: dict[tuple[str, tuple[str, ...]], str] = {}
        self.known: dict[str, Node] = {**context.nodes, **dataset.nodes}
        self.unknown = 0
        # A guess among a hundred thousand ids takes a second.
        self.guesses = max(3, min(MOST_GUESSES, MOST_COMPARED // (len(self.known) + 1)))

    def problems(self) -> Iterable[Problem]:
        for record in self.dataset.records.values():
            unread = self.unread.columns.get(record.id, frozenset())
            for problem in self._of(record):
                if problem.column not in unread:
                    yield problem

    def _of(self, record: Record) -> Iterable[Problem]:
        yield from self._ownership(record)
        yield from self._cells(record)
        yield from self._contact(record)
        yield from self._period(record)
        yield from self._sourcing(record)
        yield from self._money(record)
        yield from self._node(record) if isinstance(record, Node) else self._edge(record)

    def _read(self, record: Record, *names: str) -> bool:
        """Whether the columns could be read."""
        return not self.unread.columns.get(record.id, frozenset()).intersection(names)

    def _may_be_unread(self, identity: str, kinds: Iterable[str]) -> bool:
        """Whether an unknown id may stand in what could not be read."""
        if identity in self.unread.ids:
            return True
        prefix = identity.partition(":")[0]
        return any(
            kind in kinds or kinds == ("*",)
            for kind in self.unread.kinds
            if kind not in NODE_KINDS or NODE_KINDS[kind].prefix == prefix
        )

    def _nearest(self, word: str, words: Iterable[str]) -> str:
        key = word, tuple(words)
        if key not in self.meant and len(self.meant) < MOST_GUESSES:
            close = nearest(word, key[1])
            self.meant[key] = f"Did you mean {close[0]!r}?" if close else ""
        return self.meant.get(key, "")

    def _problem(self, record: Record, column: str, message: str, hint: str = "") -> Problem:
        place = self.dataset.places.get(record.id, Place("", 0))
        where = place.file or record.id
        return Problem(where, place.line, column, message, hint)

    def _unknown(self, record: Record, column: str, identity: str, kinds: str) -> Problem:
        close: tuple[str, ...] = ()
        self.unknown += 1
        if self.unknown <= self.guesses:
            close = nearest(identity, self.known)
        hint = f"Did you mean {close[0]!r}?" if close else "Add it, or load the pack that has it."
        return self._problem(record, column, f"{identity!r} isn't a known {kinds}.", hint)

    def _ownership(self, record: Record) -> Iterable[Problem]:
        other = self.context.records.get(record.id)
        if other is not None and other.pack != record.pack:
            yield self._problem(
                record,
                "id",
                f"{record.id!r} belongs to the pack {other.pack!r}.",
                "Refer to it instead of defining it again, or choose another id.",
            )

    def _cells(self, record: Record) -> Iterable[Problem]:
        for name, column in columns(type(record)).items():
            value = getattr(record, name)
            values = value if column.many else (value,)
            if column.required and value in ("", None, ()):
                yield self._problem(record, name, "must not be empty.")
            for item in values:
                if item in ("", None):
                    continue
                if column.choices and item not in column.choices:
                    message = f"{item!r} is not one of {', '.join(column.choices)}."
                    yield self._problem(record, name, message, self._nearest(item, column.choices))
                if column.refers_to:
                    yield from self._reference(record, name, item, column.refers_to)
                if column.proven:
                    try:
                        column.proven(item)
                    except ValueError as error:
                        yield self._problem(record, name, f"{error}.")
                if column.low is not None and item < column.low:
                    yield self._problem(record, name, f"{item} is below {column.low:g}.")
                if column.high is not None and item > column.high:
                    yield self._problem(record, name, f"{item} is above {column.high:g}.")

    def _contact(self, record: Record) -> Iterable[Problem]:
        for name, text in _texts(record):
            if holds_contact(text):
                yield self._problem(
                    record,
                    name,
                    "looks like an e-mail address or a phone number.",
                    "Personal contact data is never stored; remove it.",
                )

    def _reference(
        self, record: Record, name: str, entry: str, kinds: tuple[str, ...]
    ) -> Iterable[Problem]:
        identity = entry
        if name == "sources":
            identity, _, locator = entry.partition("#")
            if not locator:
                yield self._problem(
                    record, name, f"{entry!r} has no locator.", "Write source:id#where-in-it."
                )
        target = self.known.get(identity)
        if kinds == ("*",):
            known = identity in self.known or ("|" in identity and self._is_edge(identity))
            if not known and not self._may_be_unread(identity, kinds):
                yield self._unknown(record, name, identity, "record")
        elif target is None and self._may_be_unread(identity, kinds):
            return
        elif target is None or target.kind not in kinds:
            yield self._unknown(record, name, identity, " or ".join(kinds))

    def _is_edge(self, identity: str) -> bool:
        return identity in self.dataset.edges or identity in self.context.edges

    def _period(self, record: Record) -> Iterable[Problem]:
        if not isinstance(record, (Entity, Edge)):
            return
        period = record.period
        if period.since and period.until and period.valid_from > period.valid_to:
            yield self._problem(
                record, "until", f"ends ({period.until}) before it begins ({period.since})."
            )
        for name in ("since", "until"):
            stated = getattr(record, name)
            if stated[:1].isdigit() and not "1800" <= stated[:4] <= "2200":
                yield self._problem(record, name, f"the year of {stated} is not plausible.")

    def _sourcing(self, record: Record) -> Iterable[Problem]:
        if not isinstance(record, (Entity, Edge)):
            return
        if not record.standing:
            yield self._problem(
                record,
                "standing",
                "must not be empty.",
                "Say documented, reported, inferred or illustrative.",
            )
        if record.standing in ("documented", "reported") and not record.sources:
            yield self._problem(
                record,
                "sources",
                f"a {record.standing} statement needs a source.",
                "Name one, or mark the statement illustrative.",
            )
        if record.standing == "inferred" and not record.rule:
            yield self._problem(record, "rule", "an inferred statement names its rule.")

    def _money(self, record: Record) -> Iterable[Problem]:
        for name in columns(type(record)):
            if not name.endswith("_minor"):
                continue
            amount, unit = getattr(record, name), name.removesuffix("_minor") + "_currency"
            if self._read(record, name) and (amount is None) != (not getattr(record, unit)):
                yield self._problem(
                    record, unit, f"{name} and {unit} are given together or not at all."
                )

    def _node(self, record: Node) -> Iterable[Problem]:
        prefix = record.id.split(":", 1)[0]
        if prefix != record.prefix:
            yield self._problem(
                record, "id", f"the id of a {record.kind} begins with {record.prefix!r}:."
            )
        for group in record.either:
            if self._read(record, *group) and not any(getattr(record, name) for name in group):
                what = group[0].rpartition("_")[0]
                yield self._problem(
                    record, group[0], f"a {what} in one language at least is needed."
                )
        if record.kind in LOCAL_KINDS and record.pack != LOCAL_PACK:
            message = f"a {record.kind} belongs to the pack {LOCAL_PACK!r}."
            yield self._problem(record, "id", message)

    def _edge(self, record: Edge) -> Iterable[Problem]:
        if not record.key.isprintable() or "|" in record.key:
            yield self._problem(record, "key", "must be one line without '|'.")
        ends = []
        for side in ("source", "target"):
            node = self.known.get(getattr(record, side))
            if node is None and not self._may_be_unread(getattr(record, side), NODE_KINDS):
                yield self._unknown(record, side, getattr(record, side), "node")
            elif node is not None:
                ends.append(node.kind)
        if len(ends) == 2 and tuple(ends) not in record.ends:
            yield self._problem(
                record,
                "target",
                f"{record.kind} does not lead from {ends[0]} to {ends[1]}.",
                "Allowed: " + ", ".join(f"{a} -> {b}" for a, b in record.ends) + ".",
            )
        if record.source == record.target:
            yield self._problem(record, "target", "leads from a node to itself.")


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Every text that people wrote into a record, with its column.

    Words of closed lists, ids and what its check digits prove hold none; the place in a source
    behind an id does.
    """
    for name, column in columns(type(record)).items():
        if column.choices or column.proven:
            continue
        value = getattr(record, name)
        for item in value if column.many else (value,):
            if isinstance(item, str):
                yield name, item.partition("#")[2] if column.refers_to else item
    if isinstance(record, (Entity, Edge)):
        for name, value in record.own:
            if isinstance(value, str):
                yield OWN + name, value
