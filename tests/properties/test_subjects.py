"""The laws of subjects: counts add up, unknown is never a pass, better tests never look worse."""

from __future__ import annotations

from hypothesis import given, strategies as st
from msgspec import structs

from reportgen.judge.counting.case_index import CaseIndex
from reportgen.judge.ground import ground_of
from reportgen.merge import merge
from reportgen.model.evidence import Evidence, JoinedCase, count_cases
from reportgen.model.facts import Facts
from reportgen.model.markers import markers_of
from reportgen.model.placing import Pattern, fits_name, fits_test
from reportgen.model.policy import Policy
from reportgen.model.states import Outcome, State
from reportgen.model.subjects import Subject, SubjectKind, SubjectResult
from tests.properties.strategies import many_facts
from tests.properties.test_judge import LAW, LAYERS, some_evidence
from tests.unit.judge_evidence import case, changed

_BEST_FIRST = (State.PASS, State.WARN, State.WAIVED, State.UNKNOWN, State.FAIL)
_STANDINGS = ("protected", "unknown", "at risk")
_KINDS: tuple[SubjectKind, ...] = ("component", "risk", "requirement")


def some_patterns() -> st.SearchStrategy[Pattern]:
    texts = st.sampled_from(["t0", "t*", "*1", "unit/*", "C.t2", "gone"])
    return st.one_of(
        st.builds(Pattern, test=texts),
        st.builds(Pattern, path=st.sampled_from(["C", "*", "gone/**"])),
        st.builds(Pattern, name=texts, suite=st.sampled_from(["", "s"])),
    )


@st.composite
def some_subjects(draw: st.DrawFn) -> Policy:
    subjects = [
        Subject(
            name=name,
            kind=draw(st.sampled_from(_KINDS)),
            paths=draw(st.sampled_from([(), ("a.py",), ("*.py", "c/**")])),
            tests=draw(st.lists(some_patterns(), max_size=2).map(tuple)),
        )
        for name in draw(st.lists(st.sampled_from(["one", "two", "a b", "R-1"]), unique=True))
    ]
    return changed(subjects=tuple(subjects))


@LAW
@given(some_evidence(), some_subjects())
def test_counts_add_up_from_the_tests(joined: Evidence, policy: Policy) -> None:
    ground = ground_of(joined, policy)
    cases = {each.id: each for each in joined.cases}
    for each in ground.subjects:
        own = [cases[id_] for id_ in each.cases]
        assert each.counts == count_cases(own)
        assert set(each.cases) == {id_ for id_, names in ground.placed.subjects.items() if each.name in names}
        if not joined.has_tests:
            continue
        lead = "subjects." + each.name if each.name.isidentifier() else f'subjects["{each.name}"]'
        by_layer = [ground.numbers.value(f"{lead}.layers.{layer}.tests.total") for layer in LAYERS[:2]]
        by_layer.append(ground.numbers.value(f'{lead}.layers["{LAYERS[2]}"].tests.total'))
        assert ground.numbers.value(f"{lead}.tests.total") == len(own)
        assert sum(value or 0 for value in by_layer) == len(own)
    if joined.has_tests and any(each.kind == "requirement" for each in ground.subjects):
        parts = ("passing", "warning", "failing", "waived", "unknown")
        total = ground.numbers.value("requirements.total")
        assert total == sum(ground.numbers.value(f"requirements.{part}") or 0 for part in parts)


@LAW
@given(some_evidence(), some_subjects())
def test_only_what_ran_and_was_read_whole_passes(joined: Evidence, policy: Policy) -> None:
    whole = {item.id for item in joined.items if item.whole}
    cases = {each.id: each for each in joined.cases}
    for each in ground_of(joined, policy).subjects:
        assert each.reason
        if each.state in (State.PASS, State.WARN, State.WAIVED) or each.standing == "protected":
            assert each.counts.executed > 0
            assert not each.counts.failed + each.counts.errored
            assert not (each.findings or {}).get("critical")
            assert {name for id_ in each.cases for name in cases[id_].evidence} <= whole
        assert each.state is not State.NOT_APPLICABLE
        assert (each.standing == "protected") <= (each.state in (State.PASS, State.WARN))


def judged(joined: Evidence, policy: Policy) -> list[SubjectResult]:
    return list(ground_of(joined, policy).subjects)


def not_worse(before: list[SubjectResult], after: list[SubjectResult]) -> None:
    for old, new in zip(before, after, strict=True):
        assert _BEST_FIRST.index(new.state) <= _BEST_FIRST.index(old.state)


@LAW
@given(some_evidence(), some_subjects(), st.integers(0, 7))
def test_a_test_that_passes_now_never_worsens(joined: Evidence, policy: Policy, number: int) -> None:
    if number >= len(joined.cases):
        return

    def passing(each: JoinedCase) -> JoinedCase:
        attempts = tuple(structs.replace(one, outcome=Outcome.PASSED) for one in each.attempts)
        return structs.replace(each, outcome=Outcome.PASSED, flaky=False, attempts=attempts)

    cases = tuple(passing(each) if n == number else each for n, each in enumerate(joined.cases))
    not_worse(judged(joined, policy), judged(structs.replace(joined, cases=cases), policy))


@LAW
@given(some_evidence(), some_subjects())
def test_one_more_passing_test_never_worsens(joined: Evidence, policy: Policy) -> None:
    """What is not read whole is left out: a test from there would cast its doubt on the subject."""
    whole = tuple(structs.replace(item, whole=True) for item in joined.items)
    before = structs.replace(joined, has_tests=True, items=whole)
    after = structs.replace(before, cases=(*before.cases, case("t9", cited="E1")))
    not_worse(judged(before, policy), judged(after, policy))


def fits(pattern: Pattern, each: JoinedCase) -> bool:
    """Hold a pattern to one test: what the index must come to."""
    return (
        pattern.fits_class(each.file, each.classname, each.suite)
        and (not pattern.name or fits_name(pattern.name, each.name))
        and (not pattern.test or fits_test(pattern.test, each.id, each.classname, each.name))
        and pattern.fits_properties(each.properties, markers_of(each.properties))
    )


_TEXTS = st.text(alphabet="abtu1_*.:/[]-CS", max_size=5)
_GLOBS = st.sampled_from(["", "a", "a/**", "tests/**", "tests/e2e/a.py", "*.py", "**/test_x", "tests/unit"])


@LAW
@given(
    many_facts(),
    st.lists(
        st.tuples(_GLOBS, _TEXTS, _TEXTS, _TEXTS, _TEXTS)
        .filter(any)
        .map(
            lambda drawn: Pattern(
                path=drawn[0], suite=drawn[1], classname=drawn[2], name=drawn[3], test=drawn[4]
            )
        ),
        max_size=4,
    ),
)
def test_the_index_finds_what_a_pattern_fits(parts: list[Facts], patterns: list[Pattern]) -> None:
    joined = merge(parts)
    index = CaseIndex(joined)
    for pattern in patterns:
        wanted = {place for place, each in enumerate(joined.cases) if fits(pattern, each)}
        assert index.fitting(pattern) == wanted
