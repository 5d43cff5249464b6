"""Whatever becomes of a file on its way: `read` says what it holds or why not, and no cut is greener."""

from __future__ import annotations

import io
import os
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from reportgen.model.artifact import Artifact
from reportgen.model.facts import Facts
from reportgen.model.limits import Limits
from reportgen.readers import READERS, read

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "formats"
LIMITS = Limits(line=100_000, problems_per_file=20, text_chars=2_000, name_chars=300)
LONGER = bool(os.environ.get("REPORTGEN_FUZZ"))
LARGEST = 60_000
PER_FORMAT = 1_000 if LONGER else 3  # files of each format that are mutated
EXAMPLES = 300 if LONGER else 25
KEPT = FILES / "broken" / "fuzz"


def artifact(data: bytes, as_format: str = "") -> Artifact:
    return Artifact("file", "file", lambda: io.BytesIO(data), as_format=as_format)


def is_evidence(path: Path) -> bool:
    in_place = "evidence" in path.parts or FILES in {path.parent.parent.parent, path.parent.parent}
    return in_place and path.is_file() and path.suffix != ".py" and path.stat().st_size <= LARGEST


@lru_cache(maxsize=1)
def seeds() -> dict[str, tuple[Path, ...]]:
    """Files of ours by the format that they are read as, the smallest first."""
    found: dict[str, list[Path]] = {}
    paths = (path for top in (FILES, ROOT / "samples") for path in top.rglob("*") if is_evidence(path))
    for path in sorted(paths, key=lambda path: (path.stat().st_size, path.as_posix())):
        facts = read(artifact(path.read_bytes()), LIMITS)
        if facts.source.format and not facts.problems:
            found.setdefault(facts.source.format, []).append(path)
    return {name: tuple(paths) for name, paths in sorted(found.items())}


def chosen() -> list[Path]:
    """Some of each format, from small to large."""
    some: list[Path] = []
    for paths in seeds().values():
        step = max(1, len(paths) // PER_FORMAT)
        some += paths[::step][:PER_FORMAT]
    return some


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def check(facts: Facts) -> None:
    """Whatever was read is within bounds, can be written down, and what was not read says why."""
    parts = (facts.tests, facts.coverage, facts.findings)
    assert facts.problems or facts.passed_over or any(part is not None for part in parts)
    if facts.problems:
        assert parts == (None, None, None)
    for problem in (*facts.problems, *facts.warnings):
        assert problem.kind
        assert "a fault of its own" not in problem.message
        assert problem.message.encode()
        assert len(problem.message) <= LIMITS.name_chars + 2_000
    assert len(facts.warnings) <= LIMITS.problems_per_file + 20
    if facts.tests is not None:
        check_tests(facts)
    for file in facts.coverage.files if facts.coverage else ():
        file.path.encode()
        assert (file.executable or 0).bit_length() <= LIMITS.line + 1
        assert file.executable is None or not file.covered & ~file.executable
    for result in facts.findings.results if facts.findings else ():
        assert 0 <= result.line <= LIMITS.line
        (result.message + result.path + result.rule).encode()


def check_tests(facts: Facts) -> None:
    assert facts.tests is not None
    counts = facts.tests.counts()
    assert counts.total == counts.passed + counts.failed + counts.errored + counts.skipped
    assert counts.seconds is None or 0 <= counts.seconds < Decimal(10) ** 15
    for suite in facts.tests.suites:
        for case in suite.cases:
            (case.name + case.classname + case.file).encode()
            for detail in case.details:
                assert len(detail.text) <= LIMITS.text_chars + 200


HOSTILE = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x1b[31m",
    "\u202e\u2066".encode(),
    b"-1",
    b"1e999",
    b"1e999999999",
    b"1e-999999999",
    b"NaN",
    b"Infinity",
    b"-inf",
    b"9" * 5_000,
    b"0.0000000000000000000000000000000000001",
    b"\xd9\xa3",
    b"null",
    b"[]",
    b"{}",
    b"[" * 3_000,
    b'{"a":' * 3_000,
    b"<a>" * 3_000,
    b'"\\ud800"',
    b"\\u0000",
    b"&#0;",
    b"&#xFFFE;",
    b"&lol;",
    b'<!DOCTYPE a [<!ENTITY b "b">]>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"\r",
    b"\n\n",
    b"end_of_record\n",
    b"a" * 5_000,
    b"9223372036854775808",
    b"-9223372036854775809",
    b"true",
    b"'\"<>&",
]
places = st.floats(0, 1, exclude_max=True)
edit = st.one_of(
    st.tuples(st.just("put"), places, st.integers(0, 40), st.sampled_from(HOSTILE)),
    st.tuples(st.just("flip"), places, st.integers(0, 7), st.just(b"")),
    st.tuples(st.just("twice"), places, st.integers(1, 4_000), st.just(b"")),
    st.tuples(st.just("drop"), places, st.integers(1, 4_000), st.just(b"")),
    st.tuples(st.just("token"), places, st.integers(0, 3), st.sampled_from(HOSTILE)),
    st.tuples(st.just("splice"), places, st.integers(1, 4_000), st.binary(min_size=2, max_size=2)),
)


def changed(data: bytes, how: str, place: float, number: int, bit: bytes) -> bytes:
    start = int(place * len(data))
    match how:
        case "flip":
            return data[:start] + bytes((data[start] ^ 1 << number,)) + data[start + 1 :] if data else data
        case "twice":
            return data[: start + number] + data[start:]
        case "drop":
            return data[:start] + data[start + number :]
        case "token":
            return with_token(data, start, bit)
        case "splice":
            others = [path for paths in seeds().values() for path in paths]
            other = others[int.from_bytes(bit, "big") % len(others)].read_bytes()
            return data[:start] + other[start % (len(other) or 1) :][:number] + data[start:]
        case _:
            return data[:start] + bit + data[start + number :]


def with_token(data: bytes, start: int, bit: bytes) -> bytes:
    """Put `bit` in the place of the value at `start`: what stands between signs of the formats' own."""
    signs = b"\"'<>,:=\n[]{} "
    first = max((data.rfind(bytes((sign,)), 0, start) for sign in signs), default=-1) + 1
    ends = [end for sign in signs if (end := data.find(bytes((sign,)), start)) >= 0]
    return data[:first] + bit + data[min(ends, default=len(data)) :]


def test_every_format_has_a_file_to_change() -> None:
    assert set(seeds()) == {reader.name for reader in READERS}


@pytest.mark.parametrize("path", chosen(), ids=name_of)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(changes=st.lists(edit, min_size=1, max_size=4))
def test_a_changed_file(path: Path, changes: list[tuple[str, float, int, bytes]]) -> None:
    data = path.read_bytes()
    for change in changes:
        data = changed(data, *change)
    check(read(artifact(data), LIMITS))


def as_green_as(cut: Facts, whole: Facts) -> bool:
    """Whether one could take the cut file for a clean whole."""
    doubted = bool(cut.problems) or any(warning.doubt for warning in cut.warnings)
    return not doubted and not same(cut, whole)


def same(cut: Facts, whole: Facts) -> bool:
    return (cut.tests, cut.coverage, cut.findings) == (whole.tests, whole.coverage, whole.findings)


# What these formats end with at any cut that cannot be told: they say nothing of how much should follow.
WITHOUT_END = {"go": b"\n", "lcov": b"end_of_record", "mypy": b"}", "ruff": b"}"}


@pytest.mark.parametrize("path", chosen(), ids=name_of)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.floats(0, 1, exclude_max=True))
def test_a_file_that_breaks_off(path: Path, place: float) -> None:
    data = path.read_bytes()
    whole = read(artifact(data), LIMITS)
    left = data[: int(place * len(data))]
    cut = read(artifact(left), LIMITS)
    check(cut)
    end = WITHOUT_END.get(whole.source.format)
    if end is None or not (left.endswith(end) or left.rstrip().removesuffix(b"TN:").rstrip().endswith(end)):
        assert not as_green_as(cut, whole)


@pytest.mark.parametrize("path", [path for path in chosen() if path in seeds()["junit"]], ids=name_of)
def test_a_junit_file_cut_anywhere_has_no_tests(path: Path) -> None:
    data = path.read_bytes()
    end = len(data.rstrip())
    for length in range(0, end, max(1, end // (2_000 if LONGER else 60))):
        facts = read(artifact(data[:length]), LIMITS)
        assert facts.problems
        assert facts.tests is None


@pytest.mark.parametrize("path", sorted(KEPT.iterdir()), ids=lambda path: path.name)
def test_what_was_once_taken_wrongly(path: Path) -> None:
    facts = read(artifact(path.read_bytes()), LIMITS)
    check(facts)
    assert facts.problems or any(warning.doubt for warning in facts.warnings)
