"""The gaps of the matrices in the plan, in the summary, and as metrics of gates."""

from __future__ import annotations

import pytest
from msgspec import structs

from reportgen.config.decode import decode
from reportgen.config.place import Place
from reportgen.config.tables.matrix import MatrixTable, matrix_of
from reportgen.errors import ConfigError
from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.matrices import MatrixPolicy
from reportgen.model.placing import Pattern
from reportgen.model.policy import Gate
from reportgen.model.subjects import Subject
from tests.unit.judge_evidence import audit, case, changed, evidence, gate_states


def naming(name: str, requirement: str, outcome: str = "passed") -> JoinedCase:
    return structs.replace(case(name, outcome), properties=(("requirement", requirement),))


def judged(*cases: JoinedCase, gates: tuple[Gate, ...] = (), without: tuple[str, ...] = ()) -> Audit:
    names = [each for each in ("R-1", "R-2", "R-3") if each not in without]
    requirements = [Subject(name=each, kind="requirement") for each in names]
    login = Subject(name="login", kind="risk", tests=(Pattern(classname="Login"),))
    policy = changed(
        subjects=(*requirements, login),
        requirement_properties=("requirement",),
        matrix=MatrixPolicy(layers=("unit",)),
        gates=gates,
    )
    return audit(evidence(cases), policy)


def titles(found: Audit) -> list[str]:
    return [step.title for step in found.remediation if step.kind == "gap"]


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        (
            [naming("a", "R-1"), naming("b", "R-2")],
            ["Write a test for requirement R-3", "Write a test for risk login"],
        ),
        ([naming("a", "R-1")], ["Write tests for requirements R-2 and R-3"]),
        (
            [naming("a", "R-1"), naming("b", "R-2"), naming("c", "R-3", "skipped")],
            ["Run or remove 1 test that is skipped everywhere"],
        ),
        (
            [naming(f"t{n}", f"R-{n}") for n in range(1, 5)],
            ["State requirement R-4, which 1 test names"],
        ),
    ],
)
def test_gaps_are_steps_of_the_plan(cases: list[JoinedCase], expected: list[str]) -> None:
    assert set(expected) <= set(titles(judged(*cases)))


def test_failing_tests_are_mended_as_failures_and_are_no_gap_of_their_own() -> None:
    found = judged(*(naming(f"t{n}", f"R-{n}", "failed") for n in (1, 2, 3)), case("l", classname="Login"))
    assert not [title for title in titles(found) if "requirement" in title]


def test_the_summary_says_what_nothing_protects() -> None:
    found = judged(naming("a", "R-1"), naming("b", "R-2", "failed"), naming("c", "R-9"))
    concerns = found.summary.concerns
    assert "1 of 3 requirements has no test." in concerns
    assert "1 of 3 requirements is verified by none of the tests there are." in concerns
    assert "The only subject has no test." in concerns
    assert "1 requirement that tests name is stated nowhere." in concerns
    assert "The layer unit protects nothing: it holds no test of these subjects." in concerns


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (("failed", "failed", "failed"), "All 3 requirements are verified by none of the tests there are."),
        (("failed", "passed", "failed"), "2 of 3 requirements are verified by none of the tests there are."),
        (("passed", "failed", "passed"), "1 of 3 requirements is verified by none of the tests there are."),
    ],
)
def test_all_of_them_are_not_counted_out(outcomes: tuple[str, ...], told: str) -> None:
    found = judged(*(naming(f"t{n}", f"R-{n}", outcome) for n, outcome in enumerate(outcomes, 1)))
    assert told in found.summary.concerns


def test_what_no_layer_protects_is_said() -> None:
    found = judged(case("l", "failed", classname="Login"))
    assert "No layer protects the only subject." in found.summary.concerns


def test_cells_of_which_none_passes_have_no_share() -> None:
    found = judged(case("l", "failed", classname="Login"))
    told = [each for each in found.summary.concerns if each.startswith("Subjects by layer")]
    assert told == ["Subjects by layer: the only wanted cell does not pass."]


def test_nothing_is_said_where_all_is_protected() -> None:
    found = judged(*(naming(f"t{n}", f"R-{n}") for n in (1, 2, 3)), case("l", classname="Login"))
    assert not found.summary.concerns
    assert not titles(found) or all("requirement" not in title for title in titles(found))
    assert [matrix.score for matrix in found.matrices] == [100, 100]


def test_gates_may_speak_of_matrices() -> None:
    gates = (
        Gate(name="all", condition="matrices.requirements.score >= 90"),
        Gate(name="some", condition="matrices.requirements.complete >= 2 and matrices.layers.gaps <= 3"),
        Gate(name="none", condition="matrices.environments.score >= 1"),
    )
    states = gate_states(judged(naming("a", "R-1"), naming("b", "R-2"), gates=gates))
    assert [states[name] for name in ("all", "some", "none")] == ["fail", "pass", "unknown"]


def test_the_configuration_says_what_every_subject_wants() -> None:
    table = decode({"layers": ["unit", "e2e", "unit"]}, MatrixTable, Place("reportgen.toml", "matrix"))
    assert matrix_of(table) == MatrixPolicy(layers=("unit", "e2e"))
    with pytest.raises(ConfigError, match="layer"):
        decode({"layer": []}, MatrixTable, Place("reportgen.toml", "matrix"))
