"""Every file of findings that is ours: what it is taken for, its counts, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.formats.findings_reading import FILES, content_of, format_of, parts_of, refused, warned

# file -> total, suppressed, by level, by severity, number of rules, warnings that leave doubt, other warnings
ROWS: Mapping[str, tuple[int, int, dict[str, int], dict[str, int], int, tuple[str, ...], tuple[str, ...]]] = {
    "bandit/bandit-errors.json": (0, 0, {}, {}, 0, ("file not scanned", "nothing examined"), ()),
    "bandit/bandit_syntaxerr_nosec.json": (2, 0, {"LOW": 2}, {"low": 2}, 2, ("file not scanned",), ()),
    "checkstyle/checkstyle-odd.xml": (
        5,
        0,
        {"WARNING": 1, "error": 2, "ignore": 1, "info": 1},
        {"high": 2, "info": 2, "medium": 1},
        3,
        ("file not scanned",),
        ("no file name", "no severity"),
    ),
    "checkstyle/checkstyle_java_google.xml": (111, 0, {"warning": 111}, {"medium": 111}, 14, (), ()),
    "checkstyle/eslint8_checkstyle.xml": (
        89,
        0,
        {"error": 44, "warning": 45},
        {"high": 44, "medium": 45},
        10,
        ("file not scanned",),
        (),
    ),
    "codequality/codequality-odd.json": (
        4,
        0,
        {"blocker": 1, "catastrophic": 1, "info": 1, "major": 1},
        {"critical": 1, "info": 1, "medium": 2},
        2,
        (),
        ("no fingerprint", "repeated fingerprint", "unknown level"),
    ),
    "codequality/eslint8_gitlab.json": (
        24,
        0,
        {"critical": 1, "major": 9, "minor": 14},
        {"high": 1, "low": 14, "medium": 9},
        10,
        ("file not scanned",),
        (),
    ),
    "codequality/ruff_gitlab_jinja.json": (61, 0, {"major": 61}, {"medium": 61}, 9, (), ()),
    "eslint/eslint-fatal.json": (1, 1, {"error": 1}, {"medium": 1}, 1, ("file not scanned",), ()),
    "eslint/eslint8.json": (
        89,
        3,
        {"error": 44, "warning": 45},
        {"low": 45, "medium": 44},
        10,
        ("file not scanned",),
        (),
    ),
    "flake8/flake8_syntaxerr.json": (
        5,
        0,
        {"None": 5},
        {"high": 1, "low": 4},
        3,
        ("file not scanned",),
        (),
    ),
    "mypy/mypy-mixed-text.jsonl": (
        1,
        0,
        {"error": 1},
        {"high": 1},
        1,
        ("file not scanned", "scan stopped"),
        (),
    ),
    "mypy/mypy_jinja.jsonl": (8, 0, {"error": 8}, {"high": 8}, 2, (), ()),
    "mypy/mypy_syntaxerr.jsonl": (2, 0, {"error": 2}, {"high": 2}, 1, ("file not scanned",), ()),
    "pylint/pylint_json2_syntaxerr.json": (
        13,
        0,
        {"convention": 8, "error": 1, "warning": 4},
        {"high": 1, "low": 8, "medium": 4},
        7,
        ("file not scanned",),
        (),
    ),
    "ruff/ruff-odd.json": (2, 0, {"None": 2}, {"high": 1, "low": 1}, 2, ("file not scanned",), ()),
    "ruff/ruff_jinja.jsonl": (61, 0, {"error": 61}, {"medium": 61}, 9, (), ()),
    "ruff/ruff_syntaxerr_notebook.json": (
        18,
        0,
        {"error": 18},
        {"high": 2, "low": 14, "medium": 2},
        11,
        ("file not scanned",),
        (),
    ),
    "sarif/bandit_jinja.sarif": (
        62,
        0,
        {"error": 3, "note": 35, "warning": 24},
        {"high": 3, "low": 35, "medium": 24},
        10,
        (),
        (),
    ),
    "sarif/eslint8.sarif": (
        26,
        3,
        {"error": 12, "warning": 14},
        {"high": 12, "medium": 14},
        9,
        ("execution failed", "tool error"),
        (),
    ),
    "sarif/ruff_jinja.sarif": (61, 0, {"error": 61}, {"medium": 61}, 9, (), ()),
    "sarif/sa_new.sarif": (3, 0, {"error": 3}, {"high": 3}, 1, (), ()),
    "sarif/sa_old.sarif": (3, 0, {"error": 3}, {"high": 3}, 1, (), ()),
    "sarif/sa_supp.sarif": (2, 1, {"error": 2}, {"high": 2}, 1, (), ()),
    "sarif/sa_unch.sarif": (3, 0, {"error": 3}, {"high": 3}, 1, (), ()),
    "sarif/sarif-hostile.sarif": (7, 0, {"warning": 7}, {"medium": 7}, 1, (), ("odd line number",)),
    "sarif/sarif-levels.sarif": (
        11,
        0,
        {"critical": 1, "error": 5, "none": 3, "note": 1, "warning": 1},
        {"critical": 1, "high": 5, "info": 3, "low": 1, "medium": 1},
        4,
        (),
        (),
    ),
    "sarif/sarif-results-null.sarif": (0, 0, {}, {}, 0, ("results missing",), ()),
    "sarif/sarif-runs-null.sarif": (0, 0, {}, {}, 0, ("no runs",), ()),
    "sarif/sarif-suppressions.sarif": (7, 2, {"warning": 7}, {"medium": 7}, 1, (), ()),
    "sarif/sarif-utf8-bom.sarif": (1, 0, {"warning": 1}, {"medium": 1}, 1, (), ()),
}

REFUSED = {
    "mypy/mypy_blocked.jsonl": "not-json",
    "pylint/pylint_json2_no_files.json": "not-json",
    "sarif/sarif-trailing-comma.sarif": "not-json",
    "sarif/sarif-truncated.sarif": "not-json",
}


def names() -> list[str]:
    return sorted(str(path.relative_to(FILES).as_posix()) for path in FILES.rglob("*") if path.is_file())


def test_every_file_has_a_row() -> None:
    assert names() == sorted([*ROWS, *REFUSED])


@pytest.mark.parametrize("name", names())
def test_the_content_tells_the_format(name: str) -> None:
    assert format_of(content_of((FILES / name).read_bytes())) == Path(name).parent.name


@pytest.mark.parametrize("name", sorted(ROWS))
def test_counts(name: str) -> None:
    total, suppressed, by_level, by_severity, rules, _, _ = ROWS[name]
    facts = parts_of((FILES / name).read_bytes(), Path(name).parent.name).findings
    assert facts is not None
    counts = facts.counts()
    assert (counts.total, counts.suppressed) == (total, suppressed)
    assert counts.by_level == by_level
    assert counts.by_severity == by_severity
    assert len(counts.by_rule) == rules
    assert sum(counts.by_rule.values()) == total


@pytest.mark.parametrize("name", sorted(ROWS))
def test_warnings(name: str) -> None:
    *_, doubtful, odd = ROWS[name]
    expected = dict.fromkeys(doubtful, True) | dict.fromkeys(odd, False)
    assert warned((FILES / name).read_bytes(), Path(name).parent.name) == expected


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused(name: str) -> None:
    assert refused((FILES / name).read_bytes(), Path(name).parent.name) == REFUSED[name]


WHOLE = sorted(name for name in ROWS if name.endswith((".json", ".sarif", ".xml")))


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_file_that_was_cut_off_is_refused(name: str, part: float) -> None:
    data = (FILES / name).read_bytes().rstrip()
    kind = refused(data[: int((len(data) - 1) * part) + 1], Path(name).parent.name)
    assert kind in {"not-json", "not-well-formed"}


@pytest.mark.parametrize("name", sorted(name for name in ROWS if name.endswith(".jsonl")))
def test_json_lines_that_were_cut_off_leave_doubt(name: str) -> None:
    data = (FILES / name).read_bytes()
    start = data.rindex(b'{"')
    form = Path(name).parent.name
    if start == 0:
        assert refused(data[:20], form) == "not-json"
    else:
        assert warned(data[: start + 20], form)["unread parts"]


@pytest.mark.parametrize("name", sorted(ROWS))
def test_utf16_is_read_alike(name: str) -> None:
    text = (FILES / name).read_text(encoding="utf-8-sig")
    form = Path(name).parent.name
    again = text.replace('encoding="utf-8"', "").replace('encoding="UTF-8"', "").encode("utf-16")
    assert format_of(content_of(again)) == form
    assert parts_of(again, form) == parts_of(text, form)
