"""The Model Context Protocol over the door, by its official SDK; over standard streams here."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, TypeVar

import anyio
import anyio.from_thread
import anyio.to_thread
from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    Prompt,
    PromptArgument,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)

from ecosystem import __version__
from ecosystem.assistant import tools
from ecosystem.assistant.door import RESOURCES, SCHEME, TEMPLATES, Door
from ecosystem.assistant.instructions import instructions
from ecosystem.assistant.prompts import PROMPTS
from ecosystem.errors import DataError, EcosystemError, FieldsError, NotFoundError, WrongField
from ecosystem.kept import Tell
from ecosystem.values import LANGUAGES, Language

A = TypeVar("A")
Context = Any
JSON = "application/json"
READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def server_of(door: Door) -> Server[Any]:
    """A server that gives what the door answers to any number of clients."""

    async def list_tools(_ctx: Context, _params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_tool(question, door) for question in door.tools.values()])

    async def call_tool(ctx: Context, params: CallToolRequestParams) -> CallToolResult:
        said = params.arguments or {}
        try:
            found = await _answered(ctx, lambda tell: door.ask(params.name, said, tell))
        except EcosystemError as error:
            return CallToolResult(
                content=[TextContent(text=_told(error, door.lang))],
                structured_content=_problem(error, door.lang),
                is_error=True,
            )
        # Many clients show their assistant the texts alone, so the answer is among them.
        texts = (found.text.show(door.lang)[0], _json(found.values))
        return CallToolResult(
            content=[TextContent(text=text) for text in texts],
            structured_content=dict(found.values),
        )

    async def list_resources(
        _ctx: Context, _params: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        return ListResourcesResult(
            resources=[
                Resource(
                    uri=SCHEME + name, name=name, title=title.show(door.lang)[0], mime_type=JSON
                )
                for name, (title, _) in RESOURCES.items()
            ]
        )

    async def list_templates(
        _ctx: Context, _params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(
            resource_templates=[
                ResourceTemplate(
                    uri_template=f"{SCHEME}{head}/{{{part}}}",
                    name=f"{head}-by-{part}",
                    title=title.show(door.lang)[0],
                    mime_type=JSON,
                )
                for head, (part, title, _) in TEMPLATES.items()
            ]
        )

    async def read_resource(ctx: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        with _refusing(door.lang):
            found = await _answered(ctx, lambda _tell: door.resource(params.uri))
        contents = TextResourceContents(uri=params.uri, mime_type=JSON, text=_json(found))
        return ReadResourceResult(contents=[contents])

    async def list_prompts(
        _ctx: Context, _params: PaginatedRequestParams | None
    ) -> ListPromptsResult:
        return ListPromptsResult(prompts=[_prompt(name, door.lang) for name in PROMPTS])

    async def get_prompt(ctx: Context, params: GetPromptRequestParams) -> GetPromptResult:
        said = params.arguments or {}
        with _refusing(door.lang):
            text = await _answered(ctx, lambda _tell: door.prompt(params.name, said))
        lang = next((one for one in LANGUAGES if one == said.get("lang")), door.lang)
        message = PromptMessage(role="user", content=TextContent(text=text.show(lang)[0]))
        title = PROMPTS[params.name].title.show(lang)[0]
        return GetPromptResult(description=title, messages=[message])

    return Server(
        "ecosystem",
        version=__version__,
        title="Stakeholder-ecosystem mapper",
        instructions=instructions(door.people),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


def serve_on_standard_streams(door: Door) -> None:
    """Serve the one client that started this program, until it closes the stream."""
    server = server_of(door)

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)


# What is listed


def _tool(question: tools.Asked, door: Door) -> Tool:
    return Tool(
        name=question.name,
        title=question.title.show(door.lang)[0],
        description=tools.description(question),
        input_schema=tools.input_schema(question, door.people, door.lang),
        output_schema=tools.output_schema(question),
        annotations=READ_ONLY,
    )


def _prompt(name: str, lang: Language) -> Prompt:
    question = PROMPTS[name]
    return Prompt(
        name=name,
        title=question.title.show(lang)[0],
        description=tools.description(question),
        arguments=[
            PromptArgument(
                name=argument,
                title=one.label.show(lang)[0],
                description=one.help.show(lang)[0],
                required=one.required,
            )
            for argument, one in question.parameters().items()
        ],
    )


# Working


async def _answered(ctx: Context, work: Callable[[Tell], A]) -> A:
    """What ``work`` returns, worked out in a thread, so that others are answered meanwhile.

    Progress goes to the client, where it asked for that; when it gives up, the work ends at its
    next word.
    """
    furthest = 0

    def tell(done: int, total: int) -> None:
        nonlocal furthest
        anyio.from_thread.check_cancelled()
        percent = done * 100 // total if total else 0
        # What a question asks for on its way counts anew; a client hears of progress alone.
        if percent > furthest:
            furthest = percent
            anyio.from_thread.run(ctx.session.report_progress, float(percent), 100.0)

    with _telling_bugs():
        return await anyio.to_thread.run_sync(work, tell, abandon_on_cancel=True)


class _telling_bugs:
    """Tells a fault of the program on stderr, and the client no more than that there was one."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, (EcosystemError, MCPError)):
            traceback.print_exception(error, file=sys.stderr)
            message = "The mapper has a fault; what it is stands in the log of the server."
            raise MCPError(INTERNAL_ERROR, message) from None


class _refusing:
    """Makes an expected failure an error of the protocol, for what is no tool."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if isinstance(error, EcosystemError):
            raise MCPError(
                INVALID_PARAMS, _told(error, self.lang), _problem(error, self.lang)
            ) from None


# Failures


def _told(error: EcosystemError, lang: Language) -> str:
    """The message and the hint, each wrong argument on a line of its own."""
    if isinstance(error, FieldsError):
        return "\n".join(one.told(lang) for one in error.wrong)
    if isinstance(error, DataError):
        return "\n".join([*map(str, error.problems), str(error)])
    return str(error)


def _problem(error: EcosystemError, lang: Language) -> dict[str, Any]:
    """The same as values: what went wrong, in which argument, what may have been meant."""
    found: dict[str, Any] = {
        "problem": type(error).__name__.removesuffix("Error"),
        "message": error.message,
        "hint": error.hint,
    }
    if isinstance(error, NotFoundError):
        found["nearest"] = list(error.nearest)
    if isinstance(error, FieldsError):
        found["arguments"] = [_wrong(one, lang) for one in error.wrong]
    return found


def _wrong(one: WrongField, lang: Language) -> Mapping[str, Any]:
    return {
        "name": one.name,
        "said": one.said,
        "why": one.why.show(lang)[0],
        "nearest": list(one.nearest),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
