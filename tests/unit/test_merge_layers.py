"""Which layer a test is in, by its path and its artifact's."""

from __future__ import annotations

import pytest

from reportgen.merge import merge
from reportgen.merge.layers import Layers
from reportgen.model.evidence import JoinRules
from reportgen.model.placing import Pattern
from tests.unit.merge_facts import case, junit, source

BY_WORD = [
    # artifact, file, classname, layer
    ("junit.xml", "", "tests.unit.test_x.TestX", "unit"),
    ("junit-e2e.xml", "", "tests.unit.test_x", "unit"),  # the test's own path goes first
    ("junit-e2e.xml", "", "test_x", "e2e"),
    ("e2e/junit.xml", "", "tests.test_unit_of_work", "e2e"),  # whole segments go before words in names
    ("junit.xml", "", "tests.test_unit_of_work", "unit"),
    ("junit_integration.xml", "", "com.acme.FooTest", "integration"),
    ("junit.xml", "tests/end_to_end/a.py", "C", "e2e"),
    ("junit.xml", "", "test_end_to_end_flow", "e2e"),
    ("junit.xml", "src/end-to-end/a.ts", "C", "e2e"),
    ("junit.xml", "", "tests.e2e.unit.C", "unit"),  # in the order of the words
    ("junit.xml", "tests\\Integration\\A.cs", "A", "integration"),
    ("junit.xml", "", "Tests\\Unit\\UserTest", "unit"),
    ("junit.xml", "", "suite unit A", "unit"),
    ("reports/performance.xml", "", "C", "performance"),
    ("smoke-tests.xml", "", "C", "smoke"),
    ("a.xml", "", "contract.C", "contract"),
    ("a.xml", "", "com.acme.UnitTest", "default"),  # no whole word
    ("junit.xml", "", "units.community.C", "default"),
]


@pytest.mark.parametrize(("artifact", "file", "classname", "layer"), BY_WORD)
def test_default_layer(artifact: str, file: str, classname: str, layer: str) -> None:
    assert Layers(()).of_test(source(artifact), file, classname) == layer


BY_GLOB = [
    ("api/**", "api/junit.xml", "", "C", "L"),
    ("api/", "api/junit.xml", "", "C", "L"),
    ("tests/big/**", "junit.xml", "tests/big/a.py", "C", "L"),
    ("tests/big/test_*.py", "junit.xml", "", "tests.big.test_x.TestX", "L"),
    ("*slow*", "junit.xml", "", "tests.slow_ones.C", "L"),
    ("*slow*", "junit.xml", "", "tests.unit.C", "unit"),
    ("*.spec.ts", "junit.xml", "web\\a.spec.ts", "", "L"),
]


@pytest.mark.parametrize(("glob", "artifact", "file", "classname", "layer"), BY_GLOB)
def test_layer_by_glob(glob: str, artifact: str, file: str, classname: str, layer: str) -> None:
    assert Layers((("L", glob),)).of_test(source(artifact), file, classname) == layer


def test_the_first_glob_counts_and_a_layer_that_is_set_counts_before_all() -> None:
    layers = Layers((("one", "a/**"), ("two", "a/b/**")))
    assert layers.of_test(source("a/b/c.xml"), "", "tests.unit.C") == "one"
    assert layers.of_test(source("a/b/c.xml", layer="set"), "", "tests.unit.C") == "set"
    assert layers.of_artifact(source("a/b/c.xml", layer="set")) == "set"


def test_layers_whose_patterns_put_nothing_into_them_are_told() -> None:
    marked = (("two", Pattern(marker="slow")), ("three", Pattern(path="c/**")))
    joined = merge(
        [junit("a/b/c.xml", case("t", file="c/x.py"))],
        JoinRules(layers=(("one", "nothing/**"), ("one", "a/**"), ("four", "a/**")), placing=marked),
    )
    told = [(each.kind, each.message, each.doubt) for each in joined.warnings]
    assert told == [
        ("pattern fits nothing", f"no test and no artifact is put into layer {name} by its patterns", False)
        for name in ("four", "two")
    ]
    assert merge([], joined.rules).warnings == ()


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        (".coverage.unit", "unit"),
        ("coverage-e2e.xml", "e2e"),
        ("cov_smoke_1.xml", "smoke"),
        ("c.xml", "default"),
    ],
)
def test_layer_of_an_artifact(path: str, layer: str) -> None:
    assert Layers(()).of_artifact(source(path)) == layer
