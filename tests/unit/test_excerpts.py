"""Code at places: what is shown, what is marked as changed, what a fix does to whole lines."""

from __future__ import annotations

from hashlib import sha256

import pytest
from msgspec import structs

from reportgen.excerpts import Sources, applied, excerpts_of, with_fixes
from reportgen.model.evidence import Evidence
from reportgen.model.excerpts import Excerpt
from reportgen.model.findings import Edit, Fix
from reportgen.redact import Redactor
from tests.unit.judge_evidence import audit, bits, case, evidence, file, finding, scan

TEXT = "".join(f"line {n}\n" for n in range(1, 21))


def sources(text: str | None = TEXT, path: str = "a.py") -> Sources:
    return Sources(lambda wanted: text if wanted == path else None, Redactor().scrub)


def shown(joined: Evidence, text: str | None = TEXT, around: int = 1, most: int = 9) -> tuple[Excerpt, ...]:
    return excerpts_of(audit(joined), joined, sources(text), around=around, most=most)


def grave(*lines: int, path: str = "a.py", snippet: str = "") -> Evidence:
    items = (structs.replace(finding("S1", "high", path, n, number=n), snippet=snippet) for n in lines)
    return evidence(findings=scan(*items))


def test_a_place_shows_its_lines() -> None:
    assert shown(grave(5)) == (
        Excerpt(path="a.py", first=4, lines=("line 4", "line 5", "line 6"), marks=(5,)),
    )


def test_places_near_each_other_are_one_excerpt() -> None:
    assert [(one.first, len(one.lines), one.marks) for one in shown(grave(2, 4, 12))] == [
        (1, 5, (2, 4)),
        (11, 3, (12,)),
    ]


def test_the_number_of_places_is_bounded() -> None:
    assert len(shown(grave(2, 8, 14), most=2)) == 2
    assert shown(grave(2), most=0) == ()


def test_what_is_not_there_is_not_shown() -> None:
    assert shown(grave(2), text=None) == ()
    assert shown(grave(2, path="../../etc/passwd")) == ()


def test_a_file_with_too_few_lines_has_changed() -> None:
    (one,) = shown(grave(30))
    assert one.changed
    assert one.lines == ()
    assert one.why == "line 30 was measured, and the file has 20 lines"
    measured = evidence(findings=grave(2).findings, files=[file("a.py", [99], [99])])
    assert shown(measured)[0].why == "line 99 was measured, and the file has 20 lines"


@pytest.mark.parametrize(
    ("snippet", "changed"),
    [("line 5", None), ("5", None), ("  line   5  ", None), ("line 5 and more", None), ("other", True)],
)
def test_a_file_without_the_code_that_was_quoted_has_changed(snippet: str, changed: bool | None) -> None:
    (one,) = shown(grave(5, snippet=snippet))
    assert one.changed is changed
    assert bool(one.why) is bool(changed)


@pytest.mark.parametrize(
    ("measured", "changed", "why"),
    [
        (TEXT, False, "its bytes are those that were examined"),
        (f"\ufeff{TEXT}", False, "its bytes are those that were examined"),
        (TEXT + "x", True, "its bytes are not those that were examined"),
    ],
)
def test_bytes_that_a_tool_told_say_whether_a_file_has_changed(
    measured: str, changed: bool, why: str
) -> None:
    joined = grave(5)
    assert joined.findings is not None
    digests = {"a.py": (sha256(measured.encode()).hexdigest(),)}
    told = structs.replace(joined, findings=structs.replace(joined.findings, digests=digests))
    (one,) = shown(told)
    assert (one.changed, one.why) == (changed, why)


def test_lines_that_never_ran_are_shown() -> None:
    joined = evidence(files=[file("a.py", [1, 2], range(1, 10))])
    assert [one.marks for one in shown(joined)] == [(3,)]


@pytest.mark.parametrize("kind", ["RSA PRIVATE KEY", "PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])
def test_a_secret_over_many_lines_is_taken_out_and_the_lines_stay_in_place(kind: str) -> None:
    key = f"-----BEGIN {kind}-----\nMIIEabc\nMIIEdef\n-----END {kind}-----"
    text = f"one\n{key}\nsix\npassword = 's3cretvalue'\n"
    (one,) = shown(grave(4), text=text, around=9)
    assert one.lines == (
        "one",
        *("[redacted]",) * 4,
        "six",
        "password = [redacted]",
    )


def test_lines_are_counted_as_compilers_count_them() -> None:
    (one,) = shown(grave(3), text="one\r\ntwo\x0c\u2028still two\rthree\nfour\n", around=0)
    assert one.lines == ("three",)


def test_the_most_suspicious_line_of_a_cause_is_shown() -> None:
    cases = (case("t1", "failed", "boom"), case("t2"))
    ids = tuple(each.id for each in cases)
    told = file("a.py", [1, 2, 3], range(1, 4), by_tests=[1, 2, 3], tests=((0, bits(3)), (1, bits(1, 2))))
    assert [one.marks for one in shown(evidence(cases, files=[told], contexts=ids), around=0)] == [(3,)]


def test_code_that_cannot_be_cleaned_line_by_line_is_not_shown() -> None:
    found = Sources(lambda _: "a\nb\nc\n", lambda text: text.replace("a\nb", "[redacted]"))
    assert found.lines("a.py") is None


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Edit("y", 1, 5, 1, 6)], ("x = 1", "x = y")),
        ([Edit("", 2, 1, 3, 1)], ("import os", "")),
        ([Edit("a", 1, 1, 1, 2), Edit("b", 1, 5, 1, 6)], ("x = 1", "a = b")),
        ([Edit("z\n", 2, 1, 2, 1)], ("import os", "z\nimport os")),
        ([Edit("", 0, 0, 0, 0)], None),
        ([Edit("", 9, 1, 9, 2)], None),
        ([Edit("", 1, 5, 1, 99)], None),
        ([Edit("a", 1, 1, 1, 4), Edit("b", 1, 2, 1, 3)], None),  # one within the other
        ([Edit("x", 1, 1, 1, 2)], None),  # it changes nothing
        ([], None),
    ],
)
def test_edits_are_done_to_whole_lines(edits: list[Edit], expected: tuple[str, str] | None) -> None:
    assert applied(tuple(edits), ["x = 1", "import os", "pass"]) == expected


def test_lines_that_are_not_ascii_are_left_alone() -> None:
    assert applied((Edit("y", 1, 1, 1, 2),), ["ä"]) is None


def test_fixes_get_their_lines_and_lose_their_secrets() -> None:
    secret = "gh" + "p_" + "a1B2" * 9
    fix = Fix("Do it", (Edit("x", 5, 1, 5, 5),))
    items = (
        structs.replace(finding("S1", line=5), fix=fix),
        structs.replace(finding("S2", line=5), fix=Fix(f"Use {secret}", (Edit(secret),))),
    )
    joined = with_fixes(evidence(findings=scan(*items)), sources())
    assert joined.findings is not None
    one, other = joined.findings.items
    assert one.fix == Fix("Do it", fix.edits, "line 5", "x 5")
    assert other.fix == Fix("Use [redacted]", (Edit("[redacted]"),))
