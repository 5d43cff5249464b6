"""The laws of comparing: nothing changed since itself, and what is new one way is gone the other."""

from __future__ import annotations

import difflib
import os
from fractions import Fraction

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from reportgen.diff import parse_diff
from reportgen.errors import UsageError
from reportgen.judge import judge
from reportgen.merge import merge
from reportgen.model.baseline import Against, Baseline
from reportgen.model.changes import Changes
from reportgen.model.coverage import lines_of
from reportgen.model.evidence import Evidence
from reportgen.model.facts import Facts
from reportgen.redact import Redactor, redact
from reportgen.render.model_json import to_json
from reportgen.rules import examine
from tests.properties.strategies import many_facts
from tests.unit.judge_evidence import DATE

LAW = settings(
    max_examples=2000 if os.environ.get("REPORTGEN_FUZZ") else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def compared(then: Evidence, now: Evidence) -> Changes:
    clean, _ = redact(judge(then, generated_at=DATE))
    baseline = msgspec.json.decode(to_json(clean), type=Baseline)
    against = Against(named="audit.json", baseline=baseline, scrub=Redactor().scrub)
    found = judge(now, generated_at=DATE, against=against).changes
    assert found is not None
    return found


@LAW
@given(many_facts())
def test_an_audit_compared_with_itself_has_not_changed(facts: list[Facts]) -> None:
    joined = examine(merge(facts))
    found = compared(joined, joined)
    assert found.score is not None
    assert (found.score.points, found.gates) == (Fraction(0), ())
    assert found.score.criteria == ()
    for part in (found.tests, found.coverage, found.findings):
        if part is None:
            continue
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if isinstance(value, tuple) and name != "still_failing":
                assert value == (), name
    if found.coverage is not None:
        assert not found.coverage.points


@LAW
@given(many_facts(), many_facts())
def test_what_is_new_one_way_is_gone_the_other(one: list[Facts], other: list[Facts]) -> None:
    first, second = examine(merge(one)), examine(merge(other))
    there, back = compared(first, second), compared(second, first)
    if there.tests is not None and back.tests is not None:
        assert there.tests.new == back.tests.vanished
        assert there.tests.still_failing == back.tests.still_failing
    if there.findings is not None and back.findings is not None:
        gone = (*back.findings.fixed, *back.findings.accepted, *back.findings.unexamined)
        assert len(there.findings.new) == len(gone)  # ids may differ: a fingerprint tells one that moved
    if there.coverage is not None and back.coverage is not None and there.coverage.points is not None:
        assert back.coverage.points == -there.coverage.points


TEXTS = st.lists(
    st.sampled_from(["a", "b", "- c", "+ d", "-- e", "++ f", "@@ g", "", "\\ h", "diff"]), max_size=12
)


def diff_of(old: list[str], new: list[str], context: int) -> str:
    rows = difflib.unified_diff(old, new, "a/x.py", "b/x.py", n=context, lineterm="")
    return "".join(f"{row}\n" for row in rows)


@LAW
@given(TEXTS, TEXTS, st.integers(0, 3))
def test_a_diff_says_which_lines_are_new(old: list[str], new: list[str], context: int) -> None:
    text = diff_of(old, new, context)
    files = parse_diff(text.encode(), "d", most_line=100).files
    if old == new:
        assert files == ()
        return
    (file,) = files
    added = set(lines_of(file.added))
    kept = [line for number, line in enumerate(new, 1) if number not in added]
    rest = iter(old)
    assert all(line in rest for line in kept), "what is not new stood there before, in the same order"
    assert len(kept) == len(old) - file.removed


@LAW
@given(TEXTS, TEXTS, st.integers(0, 3), st.data())
def test_a_diff_that_is_cut_off_is_refused_unless_between_hunks(
    old: list[str], new: list[str], context: int, data: st.DataObject
) -> None:
    rows = diff_of(old, new, context).splitlines(keepends=True)
    assume(rows)
    end = data.draw(st.integers(1, len(rows) - 1))
    assume(not rows[end].startswith("@@ -") or end == 2)
    with pytest.raises(UsageError):
        parse_diff("".join(rows[:end]).encode(), "d", most_line=100)
