from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import jsonschema
import pytest
from msgspec.structs import replace

from reportgen.model.audit import SCHEMA_ID, Audit
from reportgen.render import render
from reportgen.render.json_schema import audit_schema
from reportgen.render.model_json import number
from reportgen.render.profiles import load_profile
from tests.sample_audit import empty_audit, large_audit, sample_audit
from tests.sample_parts import case, item, sample_tests

PROFILE = load_profile("default")
AUDITS = {"sample": sample_audit(), "empty": empty_audit(), "large": large_audit(300, 100)}


@pytest.mark.parametrize("audit", AUDITS.values(), ids=AUDITS.keys())
def test_the_json_is_what_the_schema_says(audit: Audit) -> None:
    schema = json.loads(audit_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(render(audit, PROFILE, "json")))


def test_the_schema_misses_no_key_and_no_number() -> None:
    schema = json.loads(audit_schema())
    model = json.loads(render(sample_audit(), PROFILE, "json"))
    for broken in (
        {key: value for key, value in model.items() if key != "digest"},
        {**model, "schema": "reportgen/audit/0"},
        {**model, "verdict": "green"},
        {**model, "score": {**model["score"], "lower": "55.7"}},
        {**model, "tests": {**model["tests"], "seconds": "13.0"}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(broken)
    assert b'"format": "decimal"' not in audit_schema()  # a decimal is written as a number


def test_the_keys_are_those_that_are_published() -> None:
    text = render(sample_audit(), PROFILE, "json")
    model = json.loads(text)
    assert list(model)[:5] == ["schema", "title", "generated_at", "revision", "scope"]
    assert model["schema"] == SCHEMA_ID
    assert model["generated_at"] == "2026-11-20T18:00:00Z"
    assert set(model["score"]) >= {"value", "lower", "upper", "grade", "measured_weight", "total_weight"}
    assert set(model["tests"]["cases"][0]) >= set(
        "id layer suite classname name outcome flaky seconds attempts message evidence".split()  # noqa: SIM905 - as the contract lists them
    )
    assert text.startswith('{\n  "schema": "reportgen/audit/1",\n')
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(40), 40),
        (Fraction(157300, 9934), 15.8345),
        (Fraction(2, 3), 0.6666),
        (Fraction(-2, 3), -0.6667),
        (Fraction(999999999, 10000000), 99.9999),
        (Fraction(1, 100000), 0),
    ],
)
def test_a_ratio_is_rounded_down_to_four_decimals(value: Fraction, written: float) -> None:
    assert number(value) == written
    assert isinstance(number(value), int) == isinstance(written, int)


def test_no_other_type_is_written_by_chance() -> None:
    with pytest.raises(NotImplementedError, match="complex"):
        number(1j)


def test_what_is_unknown_is_null_and_times_are_numbers() -> None:
    model = json.loads(render(sample_audit(), PROFILE, "json"), parse_float=Decimal)
    assert model["criteria"][2]["score"] is None
    assert model["coverage"]["percent"] == Decimal("15.8345")
    assert model["tests"]["cases"][0]["seconds"] == Decimal("0.073")
    assert model["coverage"]["by_layer"][1]["lines"] is None


def test_lists_are_sorted_by_id() -> None:
    audit = replace(
        sample_audit(),
        evidence=tuple(item(number, "x") for number in (10, 2, 1)),
        tests=sample_tests([case(2), case(1)]),
    )
    model = json.loads(render(audit, PROFILE, "json"))
    assert [row["id"] for row in model["evidence"]] == ["E1", "E2", "E10"]
    assert [row["id"] for row in model["tests"]["cases"]] == ["T000001", "T000002"]
    assert [row["id"] for row in model["remediation"]] == ["A1", "A2"]


def test_a_name_that_is_no_unicode_is_written_with_a_replacement() -> None:
    audit = replace(sample_audit(), title="a\udcffb", scope=("é",))
    model = json.loads(render(audit, PROFILE, "json"))
    assert (model["title"], model["scope"]) == ("a\ufffdb", ["é"])
    assert model["tests"]["cases"][0]["seconds"] == 0.073
    jsonschema.Draft202012Validator(json.loads(audit_schema())).validate(model)
