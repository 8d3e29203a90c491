"""Answers that are kept for as long as the facts they rest on stay the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from ecosystem.dataset import EMPTY, Dataset
from ecosystem.store.graph_store import GraphStore

Answer = TypeVar("Answer")
MOST_ANSWERS = 48


class KeptAnswers:
    """Answers by key, dropped when a fact of the store changes; safe to share between threads.

    A decision raises the revision of the store but changes no fact, so that it costs no answer.
    A change made by another process is seen at the next call.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._gates: dict[tuple[int, tuple[Any, ...]], Any] = {}
        self._revision: int | None = None
        self._contents = self._facts = EMPTY

    def contents(self) -> Dataset:
        """Everything in the store at its present revision."""
        with self._lock:
            self._refresh()
            return self._contents

    def facts(self) -> Dataset:
        """Everything but what users decided; the same object until a fact changes."""
        with self._lock:
            self._refresh()
            return self._facts

    def get(self, key: tuple[Any, ...], compute: Callable[[], Answer]) -> Answer:
        """The answer that is kept under ``key``, else what ``compute`` returns.

        Whoever asks for an answer that is being worked out waits for it; others go on.
        """
        with self._lock:
            self._refresh()
            if key in self._answers:
                self._answers.move_to_end(key)
                found: Answer = self._answers[key]
                return found
            facts = self._facts
            gate = self._gates.setdefault((id(facts), key), threading.RLock())
        with gate:
            with self._lock:
                if self._facts is facts and key in self._answers:
                    done: Answer = self._answers[key]
                    return done
            answer = compute()
            with self._lock:
                self._gates.pop((id(facts), key), None)
                if self._facts is facts:
                    self._answers[key] = answer
                    while len(self._answers) > MOST_ANSWERS:
                        self._answers.popitem(last=False)
            return answer

    def ready(self, key: tuple[Any, ...]) -> bool:
        """Whether the answer under ``key`` is kept already."""
        with self._lock:
            self._refresh()
            return key in self._answers

    def _refresh(self) -> None:
        revision = self._store.revision()
        if revision == self._revision:
            return
        contents = self._store.contents()
        facts = contents.without("Decision")
        if facts != self._facts:
            self._facts = facts
            self._answers.clear()
        self._contents, self._revision = contents, revision
