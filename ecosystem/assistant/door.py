"""The assistant's door to a workspace: tools, resources and prompts, without any protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from ecosystem.assistant import kinds, prompts, tools
from ecosystem.assistant.answers import Reply, reply
from ecosystem.assistant.tools import Arguments, Asked
from ecosystem.errors import NotFoundError
from ecosystem.ground import StoreGround
from ecosystem.kept import Tell, unheard
from ecosystem.questions.asking import Library
from ecosystem.questions.looking import Show, Sources
from ecosystem.values import Text
from ecosystem.workspace import Workspace

YES = ("none", "true", "1")


class Door:
    """What an assistant can ask of a workspace; nothing can be written through it.

    Parameters
    ----------
    people
        Whether persons may be named. Without, nothing that is answered names one.
    """

    def __init__(self, workspace: Workspace, *, people: bool = True) -> None:
        self.people = people
        self.lang = workspace.settings.lang
        self._whole = workspace

    def ground(self, people: bool = True, tell: Tell = unheard) -> StoreGround:
        """What is asked of, with or without persons."""
        return self._whole.ground(tell, people=people and self.people)

    @property
    def tools(self) -> Mapping[str, Asked]:
        """The questions that are tools, by name."""
        return tools.offered(self.people)

    def ask(self, name: str, said: Arguments, tell: Tell = unheard) -> Reply:
        """The answer of a tool.

        Raises
        ------
        NotFoundError
            For a tool that is not there, a name that nothing has or that several things have.
        FieldsError
            With every argument that is wrong, missing or unknown.
        EcosystemError
            What the question itself raises.
        """
        if name not in self.tools:
            raise NotFoundError("tool", name, self.tools)
        question = self.tools[name]
        # Who leaves people out is not told of any either, where something else is wrong.
        people = self.people and str(said.get("people")).lower() in YES
        ground = self.ground(people or not question.view_field(), tell)
        asked, offset, limit = tools.read(question, said, ground, self.people)
        return reply(asked, ground, offset, limit, self._whole.settings.answer_limit)

    # Resources

    def resource(self, uri: str) -> Any:
        """What stands at an address ``ecosystem://...``, as plain values.

        Raises
        ------
        NotFoundError
            Where nothing does.
        """
        place = uri.removeprefix(SCHEME)
        if uri.startswith(SCHEME) and place in RESOURCES:
            return RESOURCES[place][1](self)
        head, _, rest = place.partition("/")
        if uri.startswith(SCHEME) and rest and head in TEMPLATES:
            return TEMPLATES[head][2](self, unquote(rest))
        known = [SCHEME + name for name in RESOURCES]
        raise NotFoundError("resource", uri, known)

    def _model(self) -> Any:
        return kinds.described()

    def _sources(self) -> Any:
        return self._everything(Sources.name)

    def _queries(self) -> Any:
        return self._everything(Library.name)

    def _everything(self, name: str) -> Any:
        return self.ask(name, {"limit": tools.MOST_AT_ONCE}).values

    def _entity(self, identity: str) -> Any:
        return self.ask(Show.name, {"identity": identity}).values

    def _query(self, name: str) -> Any:
        queries = self.ground().queries
        if name not in queries:
            raise NotFoundError("query", name, queries)
        return queries[name].to_dict()

    # Prompts

    def prompt(self, name: str, said: Mapping[str, str]) -> Text:
        """What a prompt says, in both languages.

        Raises
        ------
        NotFoundError
            For a prompt that is not there, or a name that nothing has.
        FieldsError
            With every argument that is wrong, missing or unknown.
        """
        if name not in prompts.PROMPTS:
            raise NotFoundError("prompt", name, prompts.PROMPTS)
        ground = self.ground()
        asked, _, _ = tools.read(prompts.PROMPTS[name], said, ground, self.people)
        found: Text = ground.ask(asked)
        return found


SCHEME = "ecosystem://"
RESOURCES: Mapping[str, tuple[Text, Callable[[Door], Any]]] = {
    "model": (
        Text("Моделът: видове, свойства и връзки", "The model: kinds, properties and ties"),
        Door._model,
    ),
    "sources": (Text("Документите", "The documents that the map rests on"), Door._sources),
    "queries": (Text("Готовите въпроси на Cypher", "The library of Cypher queries"), Door._queries),
}
"""Resources by the place after the scheme."""
TEMPLATES: Mapping[str, tuple[str, Text, Callable[[Door, str], Any]]] = {
    "entity": (
        "id",
        Text("Всичко записано за едно нещо или за една връзка", "All about one thing or one tie"),
        Door._entity,
    ),
    "queries": ("name", Text("Един въпрос, с неговия Cypher", "One query, Cypher"), Door._query),
}
"""Templates of resources by their first part: the name of the other part, and what it is."""
