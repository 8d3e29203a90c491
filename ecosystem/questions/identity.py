"""Who is the same as whom: pairs that may be one, and how well names are told apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem.questions import fields
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.undecided import Undecided
    from ecosystem.identity.doubles import Pair
    from ecosystem.identity.judging import Judgement


class JudgedPairs(Question["Judgement"]):
    """Pairs of names of a file, judged; measured where the file says which are the same."""

    name = "name_pairs"
    title = Text("Познава ли картата кое име е същото?", "Does the map tell which names are one?")
    command = "identity"
    rests = ()
    lacks = {
        "page": "it reads files of the reader's own machine",
        "twin": "it reads files of the reader's own machine",
        "tool": "it reads files of the reader's own machine",
    }

    pairs: Path = fields.file(
        Text("Двойки имена", "Pairs of names"),
        metavar="PAIRS",
        help=Text(
            "CSV с name_a, name_b и по желание same, kind, category.",
            "A CSV with name_a, name_b and, if you like, same, kind, category.",
        ),
        required=True,
    )

    def answer(self, ground: Ground) -> Judgement:
        from ecosystem.identity.judging import judge
        from ecosystem.intake.places import one_place
        from ecosystem.io.pairs import read_names

        return judge(read_names(self.pairs), ground.names, one_place)

    def tables(self, found: Judgement, ground: Ground) -> Answer:
        from ecosystem.questions.tables.identity import judged

        return judged(found)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        from ecosystem.identity.judging import EXAMPLES

        return {"pairs": [str(EXAMPLES)]}


class Possible(Question["tuple[Pair, ...]"]):
    """Every two records that may be one, as they are stated, whatever was decided about them."""

    name = "possible pairs"
    rests = ("stated",)

    def answer(self, ground: Ground) -> tuple[Pair, ...]:
        from ecosystem.identity.doubles import Alikes

        return tuple(Alikes(ground.present.stated).pairs())


class Identity(Question["tuple[Undecided, ...]"]):
    """Pairs that may be one and wait for a decision, the surest and most harmful first.

    A pair with shown gaps of both ends counts double: it would change what is said of them.
    """

    name = "identity"
    title = Text("Едно и също ли са?", "Are these two the same?")
    path = "identity"
    keys = ("a", "b", "score", "why", "kind", "name_a", "name_b", "gaps", "harm", "later")
    command = "identity"
    rests = ("facts", "stated", "same")
    paged = True

    view: View = fields.viewed()
    pair: str = fields.line(
        Text("Двойка", "Pair"),
        help=Text("Двойката, която се гледа.", "The pair that is looked at."),
        looks=True,
        doors=("page",),
        longest=1000,
        default="",
    )
    top: int = fields.count(
        Text("Двойки", "Pairs"),
        default=20,
        help=Text("Показани двойки.", "Pairs shown."),
        looks=True,
        doors=fields.SHOWN,
    )

    def answer(self, ground: Ground) -> tuple[Undecided, ...]:
        from ecosystem.analysis.undecided import undecided

        pairs, gaps = ground.ask(Possible()), ground.ask(Gaps(view=self.view))
        decided = ground.desk.standing("same")
        nodes = ground.facts.nodes
        one_of = ground.present.same
        return undecided(pairs, nodes, gaps, decided, one_of=one_of, people=self.view.people)

    def tables(self, found: tuple[Undecided, ...], ground: Ground) -> Answer:
        from ecosystem.questions.tables.identity import undecided

        return undecided(found, self.top)
