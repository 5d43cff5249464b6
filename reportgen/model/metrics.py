"""The names that a condition may speak of: METRICS is the documented table of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from reportgen.model.figures import decimal_text, one_decimal, percent_text, plural
from reportgen.model.matrix_words import MATRICES, MATRIX_WORDS
from reportgen.model.metric_words import (
    APPROVALS,
    CHANGES,
    CHECKLIST,
    DIFF,
    REQUIREMENTS,
    ChangeWords,
)

Unit = Literal["count", "percent", "points", "seconds", "minutes", "weight"]
Kind = Literal["tests", "coverage", "findings", "evidence", "score", "baseline", "diff", "signoff"]


class Metric(Struct, frozen=True):
    """A number that the evidence gives.

    `kind` is the evidence that it comes from, `one` and `many` what it counts or measures in words.
    """

    name: str
    kind: Kind
    unit: Unit
    one: str
    many: str = ""
    scope: str = ""
    besides: tuple[Kind, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of evidence that it comes from: `kind`, and those besides."""
        return (self.kind, *self.besides)

    def phrase(self, value: Fraction | None) -> str:
        """Say the value in words: `4 failed tests`, `line coverage is 75.2 %`, both with their scope."""
        place = f" in {self.scope}" if self.scope else ""
        if value is None:
            return f"{self.many or self.one}{place} not known"
        if self.unit == "count" and value.denominator == 1:
            return plural(value.numerator, self.one, self.many) + place
        return f"{self.one}{place} {value_text(self, value)}"


_Words = tuple[str, str, str]

_TESTS: tuple[_Words, ...] = (
    ("total", "test", "tests"),
    ("passed", "passed test", "passed tests"),
    ("failed", "failed test", "failed tests"),
    ("errored", "errored test", "errored tests"),
    ("skipped", "skipped test", "skipped tests"),
    ("executed", "executed test", "executed tests"),
    ("flaky", "flaky test", "flaky tests"),
    ("waived", "waived test", "waived tests"),
)
_ONLY_OF_ALL_TESTS: tuple[_Words, ...] = (
    ("suite_errors", "suite-level error", "suite-level errors"),
    ("files_without_run", "result file in which no test ran", "result files in which no test ran"),
    ("layers_without_run", "layer in which no test ran", "layers in which no test ran"),
    ("layers_incomplete", "incomplete layer", "incomplete layers"),
)
_LINES: tuple[_Words, ...] = (
    ("covered", "covered line", "covered lines"),
    ("total", "executable line", "executable lines"),
    ("missed", "missed line", "missed lines"),
)
_BRANCHES: tuple[_Words, ...] = (
    ("covered", "covered branch", "covered branches"),
    ("total", "branch", "branches"),
    ("missed", "missed branch", "missed branches"),
)
_FINDINGS: tuple[_Words, ...] = (
    ("total", "result", "results"),
    ("distinct", "distinct finding", "distinct findings"),
    ("open", "open finding", "open findings"),
    ("suppressed", "suppressed finding", "suppressed findings"),
    ("waived", "waived finding", "waived findings"),
    ("critical", "open critical finding", "open critical findings"),
    ("high", "open high finding", "open high findings"),
    ("medium", "open medium finding", "open medium findings"),
    ("low", "open low finding", "open low findings"),
    ("info", "open info finding", "open info findings"),
    ("lines", "examined line", "examined lines"),
)
_EVIDENCE: tuple[_Words, ...] = (
    ("total", "artifact", "artifacts"),
    ("read", "artifact read whole", "artifacts read whole"),
    ("unread", "unread or incomplete artifact", "unread or incomplete artifacts"),
    ("empty", "artifact without a fact", "artifacts without a fact"),
    ("missing", "missing artifact", "missing artifacts"),
    ("corrupt", "corrupt expected artifact", "corrupt expected artifacts"),
    ("stale", "stale expected artifact", "stale expected artifacts"),
    ("other_revision", "expected artifact of another revision", "expected artifacts of another revision"),
    (
        "unmet",
        "expected artifact that is not as it should be",
        "expected artifacts that are not as they should be",
    ),
    ("doubtful", "doubt about what was read", "doubts about what was read"),
    ("contradicted", "wrong declared count", "wrong declared counts"),
    ("problems", "problem with the evidence", "problems with the evidence"),
    ("warnings", "warning", "warnings"),
    ("passed_over", "file passed over", "files passed over"),
)


def _counts(group: str, kind: Kind, words: tuple[_Words, ...]) -> Iterator[Metric]:
    return (Metric(f"{group}.{name}", kind, "count", one, many) for name, one, many in words)


def _tests() -> Iterator[Metric]:
    yield from _counts("tests", "tests", _TESTS)
    yield Metric("tests.percent", "tests", "percent", "the share of executed tests that passed")
    yield Metric("tests.seconds", "tests", "seconds", "the time of all tests")


def _lines(group: str, rate: str) -> Iterator[Metric]:
    yield from _counts(group, "coverage", _LINES)
    yield Metric(f"{group}.percent", "coverage", "percent", rate)


def _coverage() -> Iterator[Metric]:
    yield Metric("coverage.files", "coverage", "count", "covered file", "covered files")
    yield Metric("coverage.percent", "coverage", "percent", "line coverage")
    yield Metric("coverage.combined", "coverage", "percent", "coverage of lines and branches")
    yield from _lines("coverage.lines", "line coverage")
    yield from _counts("coverage.branches", "coverage", _BRANCHES)
    yield Metric("coverage.branches.percent", "coverage", "percent", "branch coverage")
    yield from _lines("coverage.by_tests", "line coverage by tests")
    one, many = "line run only at import", "lines run only at import"
    yield Metric("coverage.only_at_import", "coverage", "count", one, many)


def _all() -> Iterator[Metric]:
    yield from _tests()
    yield from _counts("tests", "tests", _ONLY_OF_ALL_TESTS)
    yield from _coverage()
    yield from _counts("findings", "findings", _FINDINGS)
    yield Metric("findings.minutes", "findings", "minutes", "the time to mend the findings")
    yield from _counts("evidence", "evidence", _EVIDENCE)
    yield Metric("score.value", "score", "points", "the score over what was measured")
    yield Metric("score.lower", "score", "points", "the score")
    yield Metric("score.upper", "score", "points", "the highest score possible")
    yield Metric("score.measured_weight", "score", "weight", "the measured weight")
    yield Metric("score.total_weight", "score", "weight", "the total weight")
    yield from _counts("requirements", "tests", REQUIREMENTS)
    yield from _counts("approvals", "signoff", APPROVALS)
    yield from _counts("checklist", "signoff", CHECKLIST)
    yield from _against("changes", "baseline", CHANGES)
    yield from _against("diff", "diff", DIFF)
    yield from _of_matrices()


def _against(group: str, kind: Kind, words: tuple[ChangeWords, ...]) -> Iterator[Metric]:
    return (
        Metric(f"{group}.{name}", kind, unit, one, many, besides=besides)
        for name, unit, one, many, besides in words
    )


def _of_matrices() -> Iterator[Metric]:
    for matrix in MATRICES:
        for name, unit, one, many in MATRIX_WORDS:
            yield Metric(f"matrices.{matrix}.{name}", "tests", unit, one, many, f"the matrix of {matrix}")


def _of_layer() -> Iterator[Metric]:
    yield from _tests()
    yield from _lines("coverage.lines", "line coverage")


_OF_SUBJECT = frozenset({"open", "critical", "high", "medium", "low", "info"})


def _of_subject() -> Iterator[Metric]:
    yield from _of_layer()
    yield from _counts("findings", "findings", tuple(word for word in _FINDINGS if word[0] in _OF_SUBJECT))


def _renamed(metric: Metric, name: str, scope: str = "") -> Metric:
    return Metric(name, metric.kind, metric.unit, metric.one, metric.many, scope)


METRICS: dict[str, Metric] = {metric.name: metric for metric in _all()}
LAYER_METRICS: dict[str, Metric] = {metric.name: metric for metric in _of_layer()}
SUBJECT_METRICS: dict[str, Metric] = {metric.name: metric for metric in _of_subject()}
KEYED = {
    "layers": "layers.NAME.tests.failed, layers.NAME.coverage.lines.percent, …",
    "subjects": "subjects.NAME.tests.failed, subjects.NAME.layers.LAYER.tests.failed, …",
    "paths": 'paths["GLOB"].tests.failed, paths["GLOB"].coverage.lines.percent, …',
    "criteria": "criteria.NAME.score",
    "findings.rules": 'findings.rules["RULE"]: the open findings of one rule',
}
_KEYED_NAME = re.compile(
    r'(layers|subjects|paths|criteria|findings\.rules)(?:\.(\w+)|\[("(?:[^"\\]|\\.)*")\])(?:\.(.+))?'
)
_MOST_TOLD = 7
_WORD = re.compile(r"[^\W\d]\w*")


def keyed_name(head: str, key: str, rest: str = "") -> str:
    """Write a name with a key: `layers.unit.tests.failed`, or `layers["end-to-end"]…` where it is no word."""
    middle = f".{key}" if _WORD.fullmatch(key) else f"[{json.dumps(key, ensure_ascii=False)}]"
    return f"{head}{middle}" + (f".{rest}" if rest else "")


def split_name(name: str) -> tuple[str, str, str]:
    """Return (head, key, rest) of a name with a key, else (`""`, `""`, name)."""
    found = _KEYED_NAME.fullmatch(name)
    if found is None:
        return "", "", name
    head, word, quoted, rest = found.groups()
    return head, word or str(json.loads(quoted)), rest or ""


def metric_of(name: str) -> Metric | None:
    """Return what a name stands for, None where there is no such name."""
    head, key, rest = split_name(name)
    match head:
        case "layers" if rest in LAYER_METRICS:
            return _renamed(LAYER_METRICS[rest], name, f"layer {key}")
        case "subjects" | "paths":
            return _of_part(head, key, rest, name)
        case "criteria" if rest == "score":
            return Metric(name, _KIND_OF_CRITERION.get(key, "score"), "points", f"the score of {key}")
        case "findings.rules" if not rest:
            return Metric(name, "findings", "count", f"open finding of {key}", f"open findings of {key}")
        case _:
            return METRICS.get(name)


def _of_part(head: str, key: str, rest: str, name: str) -> Metric | None:
    """Return a metric of a subject (also of its tests in one layer), or of what a glob fits."""
    word = "subject" if head == "subjects" else "path"
    inner, layer, part = split_name(rest)
    if head == "subjects" and inner == "layers" and part in LAYER_METRICS and part.startswith("tests."):
        return _renamed(LAYER_METRICS[part], name, f"{word} {key}, layer {layer}")
    return _renamed(SUBJECT_METRICS[rest], name, f"{word} {key}") if rest in SUBJECT_METRICS else None


_KIND_OF_CRITERION: dict[str, Kind] = {
    "tests": "tests",
    "coverage": "coverage",
    "findings": "findings",
    "completeness": "evidence",
}


def nearest_metric(name: str) -> str:
    """Say which name may be meant: ` did you mean 'tests.failed'?`, or which begin like it, or nothing."""
    head, key, rest = split_name(name)
    if head == "layers":
        return _suggest(rest, list(LAYER_METRICS), keyed_name(head, key) + ".")
    if head in ("subjects", "paths"):
        inner, layer, part = split_name(rest)
        if head == "subjects" and inner == "layers":
            known = [each for each in LAYER_METRICS if each.startswith("tests.")]
            return _suggest(part, known, keyed_name(head, key, keyed_name(inner, layer)) + ".")
        return _suggest(rest, list(SUBJECT_METRICS), keyed_name(head, key) + ".")
    if head == "criteria":
        return f"; did you mean {keyed_name(head, key, 'score')!r}?"
    return _suggest(name, list(METRICS), "")


def _suggest(name: str, known: list[str], lead: str) -> str:
    group = [other for other in known if not name or other.startswith(f"{name}.")]
    if group:
        more = ", …" if len(group) > _MOST_TOLD else ""
        return f"; it has {', '.join(lead + other for other in group[:_MOST_TOLD])}{more}"
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if not near:
        ending = name.rpartition(".")[2]
        near = [other for other in known if ending and other.endswith(f".{ending}")][:1]
    return f"; did you mean {lead + near[0]!r}?" if near else ""


def value_text(metric: Metric, value: Fraction | None) -> str:
    """Print a metric's value by its unit; `not known` where it is not."""
    if value is None:
        return "not known"
    match metric.unit:
        case "percent":
            return percent_text(value)
        case "points":
            return one_decimal(value)
        case "seconds":
            return f"{decimal_text(value, 3)} s"
        case "minutes":
            return f"{decimal_text(value, 1)} minutes"
        case "count" | "weight":
            return decimal_text(value, 3)
