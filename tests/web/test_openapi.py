"""The description of the JSON interface: valid, complete, and true of real answers."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from ecosystem.questions import QUESTIONS
from tests.web.test_api import ADDRESSES
from webapp.openapi import PROBLEM, answer_type, schema_of


@pytest.fixture(scope="module")
def document(app) -> dict[str, Any]:
    """The description as the application gives it."""
    found: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return found


def test_the_description_is_valid(document):
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_is_described(app, document):
    routes = {
        rule.rule.replace("<path:", "{").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert routes - set(document["paths"]) == {"/api/openapi.json"}
    for path, methods in document["paths"].items():
        assert methods["get"]["summary"].endswith("."), path
        assert all(
            one["description"] for one in methods["get"]["parameters"] if one["in"] == "query"
        )


def _schema(document: dict[str, Any], address: str) -> dict[str, Any]:
    path = address.partition("?")[0]
    for known, methods in document["paths"].items():
        parts, asked = known.split("/")[2:], path.split("/")
        if len(parts) == len(asked) and all(
            one == other or one.startswith("{") for one, other in zip(parts, asked, strict=True)
        ):
            content = methods["get"]["responses"]["200"]["content"]
            found: dict[str, Any] = content["application/json"]["schema"]
            return found
    raise AssertionError(f"{address} is not described")


@pytest.mark.parametrize(
    "address",
    [
        *ADDRESSES,
        "desk",
        "places",
        "city/city:alpha",
        "timeline?from=2018-12-31",
        "what-if?change=-org:loner",
    ],
)
def test_real_answers_are_as_described(client: FlaskClient, document, address):
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", resource)
    schema = {"$ref": "urn:api" + _pointer(document, address)}
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 200
    errors = Draft202012Validator(schema, registry=registry).iter_errors(answer.get_json())
    assert [f"{one.json_path}: {one.message[:200]}" for one in errors] == []


def _pointer(document: dict[str, Any], address: str) -> str:
    wanted = _schema(document, address)
    for path, methods in document["paths"].items():
        content = methods["get"]["responses"]["200"]["content"]["application/json"]
        if content["schema"] is wanted:
            key = path.replace("~", "~0").replace("/", "~1")
            return f"#/paths/{key}/get/responses/200/content/application~1json/schema"
    raise AssertionError(address)


@pytest.mark.parametrize(
    "address", ["/api/nowhere", "/api/entity/org:nobody", "/api/gaps?rule=G99"]
)
def test_problems_are_as_described(client, document, address):
    answer = client.get(address)
    assert answer.content_type == "application/problem+json"
    problem = document["components"]["schemas"]["Problem"]
    assert list(Draft202012Validator(problem).iter_errors(answer.get_json())) == []


def test_a_method_that_is_not_allowed_is_a_problem_too(client):
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    answer = client.post("/api/gaps", headers=own)
    assert answer.content_type == "application/problem+json"
    assert answer.status_code in (400, 405)


def test_every_name_is_of_one_class(document):
    """Two classes of one name would describe the answers of one by the fields of the other."""
    for question in QUESTIONS:
        if "twin" not in question.lacks and not question.keys:
            own: dict[str, Any] = {}
            schema_of(answer_type(question), own)
            for name, schema in own.items():
                assert document["components"]["schemas"][name] == schema, (question.name, name)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("sources?lang=xx", 400),
        ("sources?lang=", 200),
        ("sources?offset=1000000001", 400),
        ("what-if?change=-FUNDS|org:one|org:other|", 422),
        ("console?cypher=CREATE (n)", 403),
        ("entity/org:nobody", 404),
        ("overview?undated=true", 200),
        ("overview?undated=maybe", 400),
    ],
)
def test_every_status_is_described(client, document, address, status):
    assert client.get(f"/api/{address}").status_code == status
    path = "/api/" + address.partition("?")[0].replace("org:nobody", "{identity}")
    assert str(status) in document["paths"][path]["get"]["responses"]


def test_a_stranger_is_told_as_described(client, document):
    answer = client.get("/api/overview", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.content_type) == (403, "application/problem+json")
    assert list(Draft202012Validator(PROBLEM).iter_errors(answer.get_json())) == []


def test_the_bounds_of_parameters_are_described(document):
    said = {
        one["name"]: one["schema"] for one in document["paths"]["/api/search"]["get"]["parameters"]
    }
    assert said["offset"]["maximum"] == 10**9 and said["limit"]["maximum"] == 1000
    assert said["q"]["maxLength"] and said["q"]["pattern"] == r"\S"
    assert set(said["people"]["enum"]) >= {"0", "1", "true", "false"}
