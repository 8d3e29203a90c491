"""Pages show what every rule tells beside its gaps, and ask for nothing that it does not have."""

import pytest
from flask import Flask, g
from jinja2 import StrictUndefined, UndefinedError
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from ecosystem.values import plain
from tests.gap_answers import answers, kinds_of_details
from webapp import create_app


@pytest.fixture(scope="module")
def strict(workspace) -> Flask:
    """The application, in which a template that names what is not there fails."""
    app = create_app(workspace, {"TESTING": True})
    app.jinja_env.undefined = StrictUndefined
    return app


def shown(app: Flask, source: str, **values: object) -> str:
    """What a template makes of values, as a part of a page."""
    with app.test_request_context("/en/gaps"):
        g.lang = "en"
        template = app.jinja_env.from_string(
            '{%- import "_gaps.html" as gaps with context -%}' + source
        )
        context = dict(values)
        app.update_template_context(context)
        # The claims are about the seeds, which this store does not hold.
        return template.render({**context, "statement_name": str})


def test_the_sample_holds_every_kind_of_details():
    seen = {type(result.details) for result in answers()}
    seen |= {type(gap.details) for result in answers() for gap in result.findings}
    assert kinds_of_details() <= seen, kinds_of_details() - seen


def test_every_kind_of_details_is_shown(strict):
    parts = "{% for gap in found %}{{ gaps.details(gap) }}{% endfor %}"
    found = [gap for result in answers() for gap in result.findings]
    text = shown(strict, parts, found=found)
    for words in ("at meetings", "What the sources say in words", "three sectors"):
        assert words in text


def test_every_table_is_shown(strict):
    text = shown(
        strict, "{% for one in found %}{{ gaps.tables(one) }}{% endfor %}", found=answers()
    )
    assert "Work ties between the sectors" in text


def test_a_name_that_details_do_not_have_fails(strict):
    gap = next(gap for result in answers() for gap in result.findings)
    with pytest.raises(UndefinedError, match="no_such_thing"):
        shown(strict, "{{ gap.details.no_such_thing }}", gap=gap)


def test_every_answer_is_as_described(strict):
    document = strict.test_client().get("/api/openapi.json").get_json()
    registry = Registry().with_resource(
        "urn:api", Resource.from_contents(document, default_specification=DRAFT202012)
    )
    known = document["components"]["schemas"]
    for details in [result.details for result in answers()] + [
        gap.details for result in answers() for gap in result.findings
    ]:
        name = type(details).__name__
        if name == "Details":
            assert plain(details) == {}
            continue
        schema = {"$ref": f"urn:api#/components/schemas/{name}"}
        values = plain(details)
        assert set(known[name]["properties"]) == set(values)
        errors = Draft202012Validator(schema, registry=registry).iter_errors(values)
        assert [f"{name} {one.json_path}: {one.message[:200]}" for one in errors] == []
