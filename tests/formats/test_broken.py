"""What cannot be read is refused: a folder a kind of problem, a file a way to be broken, named for it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from reportgen.model.artifact import Artifact
from reportgen.model.facts import Facts
from reportgen.model.limits import Limits
from reportgen.readers import read
from tests.formats.junit_reading import read_bytes, suite

BROKEN = Path(__file__).parent / "broken"
KINDS = sorted(folder.name for folder in BROKEN.iterdir() if folder.name != "fuzz")
FILES = sorted(f"{kind}/{file.name}" for kind in KINDS for file in (BROKEN / kind).iterdir())

# what the message says, and the hint
WORDS: Mapping[str, tuple[str, str]] = {
    "empty-file/no-bytes.xml": ("the file is empty", ""),
    "empty-file/white-space.xml": ("nothing but white space", ""),
    "not-well-formed/cut-off-in-a-tag.xml": ("the file ends in the middle", "cut off"),
    "not-well-formed/cut-off-between-cases.xml": ("before that 1 test case stands, of which 0", "cut off"),
    "not-well-formed/text-after-the-end.xml": ("before that 2 test cases stand, of which 1", ""),
    "not-well-formed/cut-off-before-the-root.xml": ("ends before its first XML element", ""),
    "not-well-formed/log-before-the-xml.xml": ("begins in line 2", "log"),
    "not-well-formed/escape-character.xml": ("line 1, column ", ""),
    "not-well-formed/undeclared-entity.xml": ("'nbsp'", ""),
    "not-well-formed/unknown-encoding.xml": ("x-none-9", ""),
    "not-json/deep.json": ("nested too deep", ""),
    "not-evidence/html-error-page.xml": ("HTML page", "reportgen formats"),
    "not-evidence/other-xml.xml": ("'project'", "--as"),
    "not-evidence/our-own-audit.json": ("reportgen itself", "made from"),
    "unsupported-format/trx.trx": ("TRX", "--logger junit"),
    "unsupported-format/nunit-3.xml": ("NUnit 3", "nunit3-junit.xslt"),
    "unsupported-format/tap.tap": ("TAP", "tap-junit"),
    "unsupported-format/go-test.jsonl": ("go test -json", "gotestsum"),
    "unsupported-format/sonarqube-coverage.xml": ("SonarQube", "Cobertura"),
    "unsupported-format/llvm.profraw": ("LLVM raw profile", "llvm-cov"),
    "unsupported-format/gzip-within.xml": ("gzip", "by its path"),
}


def read_file(name: str, *, named: bool = True) -> Facts:
    path = BROKEN / name
    return read(Artifact(path=name, given=name, open=lambda: path.open("rb"), named=named))


@pytest.mark.parametrize("name", FILES)
def test_refused_with_kind_message_and_hint(name: str) -> None:
    facts = read_file(name)
    (problem,) = facts.problems
    assert problem.kind == name.partition("/")[0]
    assert problem.path == name
    assert problem.message
    assert problem.hint
    message, hint = WORDS.get(name, ("", ""))
    assert message in problem.message
    assert hint in problem.hint
    assert (facts.tests, facts.coverage, facts.findings) == (None, None, None)
    assert facts.source.size == (BROKEN / name).stat().st_size


def test_the_words_are_of_files_that_are_there() -> None:
    assert set(WORDS) <= set(FILES)


PASSED_OVER = {
    "not-evidence/empty-object.json",
    "not-evidence/html-with-an-open-tag.html",
    "not-evidence/other-json.json",
    "not-evidence/other-vocabulary.xml",
    "not-evidence/other-xml.xml",
    "not-evidence/our-own-audit.json",
    "not-evidence/phpunit-configuration.xml",
    "not-evidence/picture.png",
    "not-json/comment.json",
    "unsupported-format/llvm.profraw",
}


@pytest.mark.parametrize("name", FILES)
def test_in_a_folder_only_what_is_something_else_is_passed_over(name: str) -> None:
    facts = read_file(name, named=False)
    assert facts.passed_over == (name in PASSED_OVER)
    assert bool(facts.problems) != facts.passed_over


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (".coveragerc", b"[run]\nbranch = True\n"),
        ("src/__init__.py", b""),
        ("notes.txt", b"<not xml"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("app.db", b"\0\0\0"),
        ("tsconfig.json", b'{\n  // strict\n  "compilerOptions": {"strict": true,}, /* x */\n}\n'),
        (".devcontainer.json", b'// see http://a.b\n{"image": "a//b"}'),
        ("events.jsonl", b'{"a": 1}\n{"a": 2}\n'),
    ],
)
def test_what_else_a_folder_holds_is_passed_over(name: str, data: bytes) -> None:
    facts = read(Artifact(path=name, given=name, open=lambda: BytesIO(data), named=False))
    assert facts.passed_over
    assert facts.problems == ()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("cut.json", b'{\n  // strict\n  "a": {"b": tr', "not-json"),
        ("url.json", b'{"a": "http://b", "c": ', "not-json"),
        ("comma.json", b'{"a": 1,}', "not-json"),
        ("cut.jsonl", b'{"a": 1}\n{"a": ', "not-json"),
        ("ruff.json", b'// by hand\n[{"code": "E1", "filename": "a"}]', "not-evidence"),
        ("a.sarif", b'{"version": "2.1.0", /* by hand */ "runs": []}', "not-json"),
    ],
)
def test_what_is_broken_is_not_taken_for_settings(name: str, data: bytes, kind: str) -> None:
    facts = read(Artifact(path=name, given=name, open=lambda: BytesIO(data), named=False))
    assert [problem.kind for problem in facts.problems] == [kind]


FOREIGN = [
    ("xUnit.net", "<assemblies><assembly name='a.dll'/></assemblies>"),
    ("TestNG", "<testng-results skipped='0'><suite name='s'/></testng-results>"),
    ("Robot Framework", "<robot generator='Robot 7.0'><suite/></robot>"),
    ("CTest dashboard", "<Site Name='vm'><Testing><TestList/></Testing></Site>"),
    (
        "Open Test Reporting",
        "<e:events xmlns:e='https://schemas.opentest4j.org/reporting/events/0.1.0'><e:started/></e:events>",
    ),
    ("Check for C", "<testsuites xmlns='http://check.sourceforge.net/ns'><suite/></testsuites>"),
    ("CppUnit", "<TestRun><FailedTests/><SuccessfulTests/></TestRun>"),
    ("Qt Test", "<TestCase name='t'><Environment/><TestFunction name='f'/></TestCase>"),
    ("OpenCover", "<CoverageSession><Summary/></CoverageSession>"),
    ("Visual Studio coverage", "<results><modules><module name='a.dll'/></modules></results>"),
    ("Cppcheck", "<results version='2'><cppcheck version='2.9'/><errors/></results>"),
    ("EMMA", "<report><stats><packages value='1'/></stats><data/></report>"),
    ("PHPUnit's XML coverage", "<phpunit xmlns='https://schema.phpunit.de/coverage/1.0'><build/></phpunit>"),
    ("PMD", "<pmd version='7.0.0'><file name='A.java'/></pmd>"),
    ("SpotBugs", "<BugCollection version='4.8'/>"),
    ("pytest-json-report", '{"created": 1, "exitcode": 1, "root": "/", "summary": {}, "tests": []}'),
    ("Jest", '{"numTotalTests": 3, "testResults": [], "success": false}'),
    ("Mocha", '{"stats": {}, "tests": [], "pending": [], "failures": [], "passes": []}'),
    ("Playwright", '{"config": {}, "suites": [], "errors": [], "stats": {}}'),
    ("cargo test", '{"type": "suite", "event": "started"}\n{"type": "test", "event": "ok", "name": "a"}'),
    ("Cucumber", '[{"uri": "a.feature", "keyword": "Feature", "elements": []}]'),
    ("CTRF", '{"results": {"tool": {"name": "x"}, "summary": {}, "tests": []}}'),
    ("llvm-cov", '{"data": [], "type": "llvm.coverage.json.export", "version": "2.0.1"}'),
    ("gcovr's coverage summary", '{"root": ".", "gcovr/summary_format_version": "0.6", "files": []}'),
    ("dotCover report", '{"DotCoverVersion": "2024.1", "Kind": "Root", "CoveredStatements": 1}'),
    ("Istanbul's coverage summary", '{"total": {"lines": {}, "statements": {"total": 1}}}'),
    ("SimpleCov", '{"RSpec": {"coverage": {}, "timestamp": 1}}'),
    ("Semgrep", '{"results": [], "errors": [], "paths": {}, "version": "1.0"}'),
    ("golangci-lint", '{"Issues": [], "Report": {}}'),
    ("Gitleaks", '[{"Description": "d", "RuleID": "r", "Match": "m"}]'),
    ("Pyright", '{"version": "1", "generalDiagnostics": [], "summary": {}}'),
    ("gosec", '{"Golang errors": {}, "Issues": [], "Stats": {}}'),
    (
        "ShellCheck",
        '[{"file": "a", "line": 1, "endLine": 1, "column": 1, "level": "info", "code": 1, "message": "m"}]',
    ),
    ("ShellCheck", '{"comments": [{"file": "a", "line": 1, "endLine": 1, "code": 2086}]}'),
    ("Hadolint", '[{"code": "DL3006", "file": "Dockerfile", "level": "info", "line": 1, "message": "m"}]'),
    ("Psalm", '[{"severity": "error", "line_from": 1, "file_path": "a.php", "snippet": "x"}]'),
    ("ktlint", '[{"file": "A.kt", "errors": [{"line": 1, "message": "m", "rule": "r"}]}]'),
    ("TSLint", '[{"name": "a.ts", "ruleName": "r", "ruleSeverity": "ERROR", "startPosition": {}}]'),
    ("GitLab security", '{"version": "15.0.0", "vulnerabilities": [], "scan": {"type": "sast"}}'),
    ("Coverlet", '{\n  "a.dll": {"/a.cs": {"A": {"A::B()": {"Lines": {}, "Branches": []}}}}\n}'),
    ("Stylelint", '[{"source": "a.css", "deprecations": [], "warnings": []}]'),
    ("TAP", "1..2\nok 1 - a\nnot ok 2 - b\n"),
    ("TAP", "# comment\n1..1\n# more\nok 1\n"),
    ("go test output", "?   \tp\t[no test files]\n=== RUN   TestA\n--- PASS: TestA (0.00s)\n"),
    ("gcov file", "        -:    0:Source:a.c\n"),
]


@pytest.mark.parametrize(("name", "text"), FOREIGN)
def test_a_format_that_is_not_read_is_named_with_what_to_do(name: str, text: str) -> None:
    for named in (True, False):
        data = text.encode()
        facts = read(Artifact(path="a.bin", given="a.bin", open=lambda: BytesIO(data), named=named))  # noqa: B023
        (problem,) = facts.problems
        assert problem.kind == "unsupported-format"
        assert name in problem.message
        assert problem.hint.endswith(".")


@pytest.mark.parametrize(
    ("as_format", "hint"),
    [
        ("junti", "'junit'"),
        ("SARIF", "'sarif'"),
        ("lcovv", "'lcov'"),
        ("nothing like it", "reportgen formats"),
    ],
)
def test_a_format_that_there_is_not_is_told_with_the_nearest(as_format: str, hint: str) -> None:
    artifact = Artifact(path="a.xml", given="a.xml", open=lambda: BytesIO(b"<a/>"), as_format=as_format)
    (problem,) = read(artifact).problems
    assert problem.kind == "unsupported-format"
    assert as_format in problem.message
    assert hint in problem.hint


def test_a_named_format_overrides_what_the_content_shows() -> None:
    data = b"<report><testcase classname='c' name='t' time='1'/></report>"
    artifact = Artifact(path="a", given="a", open=lambda: BytesIO(data), as_format="junit")
    tests = read(artifact).tests
    assert tests is not None
    assert tests.counts().passed == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(13, "Permission denied"), "unreadable"),
        (IsADirectoryError(21, "Is a directory"), "unreadable"),
        (OSError(5, "Input/output error"), "unreadable"),
    ],
)
def test_what_cannot_be_opened_is_a_problem(error: OSError, kind: str) -> None:
    def refuse() -> BinaryIO:
        raise error

    (problem,) = read(Artifact(path="a.xml", given="a.xml", open=refuse)).problems
    assert problem.kind == kind
    assert (error.strerror or "?") in problem.message
    assert problem.hint


def test_a_file_that_is_too_big_is_not_read_to_its_end() -> None:
    facts = read_bytes(suite(*(f"<testcase name='{n}'/>" for n in range(9_000))), Limits(file_bytes=100_000))
    (problem,) = facts.problems
    assert problem.kind == "too-big"
    assert "100,000 bytes" in problem.message
    assert facts.source.sha256 == ""
