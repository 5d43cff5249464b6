"""Checkstyle XML of every producer."""

from __future__ import annotations

import pytest

from reportgen.model.findings import Result
from reportgen.model.states import Severity
from tests.formats.findings_reading import facts_of, only, parts_of, refused, warned

ERROR = '<error line="3" column="5" severity="warning" message="a &lt; b" source="com.x.Check"/>'


def report(*files: str, version: str = ' version="10.3"') -> str:
    return f'<?xml version="1.0"?><checkstyle{version}>{"".join(files)}</checkstyle>'


def file(*errors: str, name: str = ' name="A.java"') -> str:
    return f"<file{name}>{''.join(errors)}</file>"


def error(**attributes: str) -> str:
    return "<error " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + "/>"


def test_result() -> None:
    assert only(report(file(ERROR)), "checkstyle") == Result(
        tool="checkstyle",
        rule="com.x.Check",
        level="warning",
        severity=Severity.MEDIUM,
        message="a < b",
        path="A.java",
        line=3,
        column=5,
    )


def test_namespace_and_depth_do_not_matter() -> None:
    text = f'<checkstyle xmlns="urn:x"><file name="A.java"><group>{ERROR}</group></file></checkstyle>'
    assert only(text, "checkstyle").path == "A.java"


@pytest.mark.parametrize(
    ("line", "expected"), [("3", 3), ("0", 0), ("-1", 0), ("", 0), ("3.0", 3), ("x", 0), ("9" * 30, 0)]
)
def test_line(line: str, expected: int) -> None:
    assert only(report(file(error(line=line, message="m"))), "checkstyle").line == expected


@pytest.mark.parametrize(
    ("attributes", "level", "severity"),
    [
        ({"severity": "error"}, "error", "high"),
        ({"severity": "warning"}, "warning", "medium"),
        ({"severity": "WARNING"}, "WARNING", "medium"),
        ({"severity": "info"}, "info", "info"),
        ({"severity": "ignore"}, "ignore", "info"),
        ({}, "error", "high"),
    ],
)
def test_level(attributes: dict[str, str], level: str, severity: str) -> None:
    found = only(report(file(error(message="m", **attributes))), "checkstyle")
    assert (found.level, found.severity) == (level, severity)


@pytest.mark.parametrize(
    ("source", "producer"),
    [
        ("com.puppycrawl.tools.checkstyle.checks.sizes.LineLengthCheck", "Checkstyle 10.3"),
        ("com.puppycrawl.tools.checkstyle.Style/StringLiterals", "RuboCop"),
        ("eslint.rules.quotes", "ESLint"),
        ("stylelint.rules.indentation", "stylelint"),
        ("swiftlint.rules.line_length", "SwiftLint"),
        ("detekt.MagicNumber", "detekt"),
        ("standard:no-wildcard-imports", "ktlint"),
        ("ShellCheck.SC2086", "ShellCheck"),
        ("DL3006", "hadolint"),
        ("org.scalastyle.scalariform.NullChecker", "scalastyle"),
        ("PHP-CS-Fixer.braces", "PHP-CS-Fixer"),
        ("PSR12.Files.FileHeader", "PHP_CodeSniffer 10.3"),
        ("something.else", "Checkstyle 10.3"),
    ],
)
def test_the_source_tells_the_tool(source: str, producer: str) -> None:
    parts = parts_of(report(file(error(message="m", source=source))), "checkstyle")
    assert parts.producer == producer
    assert parts.findings is not None
    assert parts.findings.tools == (producer.split(" ", 1)[0].lower(),)


def test_phpstan_tells_neither_version_nor_source() -> None:
    text = report(file(error(line="1", message="m", severity="error")), version="")
    assert parts_of(text, "checkstyle").producer == "PHPStan"


def test_files_are_examined_once_each() -> None:
    broken = file("<exception>NPE</exception>", name=' name="B.java"')
    text = report(file(), file(ERROR), broken, file(name=' name="C.java"'))
    assert facts_of(text, "checkstyle").examined == ("A.java", "C.java")


def test_a_rule_given_as_nothing_is_not_the_same_as_none() -> None:
    text = report(file(error(message="m", source=""), error(message="m")))
    assert facts_of(text, "checkstyle").counts().by_rule == {"": 1, "None": 1}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (report(file(ERROR)), {}),
        (report(file()), {}),
        (report(), {"nothing examined": True}),
        (report(file("<exception>NPE</exception>")), {"file not scanned": True}),
        (report(file(error(message="m", severity="info"), name="")), {"no file name": False}),
        (report(file(error(message="m"))), {"no severity": False}),
        (report(file(error(message="m", severity="blue"))), {"unknown level": False}),
        (report(ERROR), {"nothing examined": True, "unread parts": True}),
    ],
)
def test_warnings(text: str, kinds: dict[str, bool]) -> None:
    assert warned(text, "checkstyle") == kinds


UNSCANNED = [
    # the source and message of an error, whether it says that its file could not be looked at
    ("", "Parsing error: Unexpected token", True),
    (None, "Syntax error, unexpected T_STRING", True),
    ("eslint.rules.a", "Parsing error: Unexpected token", False),
    ("", "Unexpected token", False),
    ("typecheck", "undefined: x", True),
    ("phpstan.parse", "Syntax error, unexpected T_STRING", True),
    ("DL1000", "unexpected 'X'", True),
    ("DL3006", "Always tag the version of an image", False),
    ("ShellCheck.SC1073", "Couldn't parse this", True),
    ("stylelint.rules.CssSyntaxError", "Unclosed block", True),
    ("Internal.Tokenizer.Exception", "File appears to be minified", True),
    ("com.puppycrawl.tools.checkstyle.Lint/Syntax", "unexpected token", True),
]


@pytest.mark.parametrize(("source", "message", "unscanned"), UNSCANNED)
def test_a_file_that_could_not_be_parsed(source: str | None, message: str, unscanned: bool) -> None:
    told = {} if source is None else {"source": source}
    text = report(file(error(message=message, severity="error", **told)))
    assert warned(text, "checkstyle") == ({"file not scanned": True} if unscanned else {})
    assert facts_of(text, "checkstyle").examined == (() if unscanned else ("A.java",))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (report(file(ERROR))[:-20], "not-well-formed"),
        (report(file(ERROR)) + "<x/>", "not-well-formed"),
        (report("<file>&nope;</file>"), "not-well-formed"),
        (f'<!DOCTYPE checkstyle [<!ENTITY a "b">]>{report(file(ERROR))[21:]}', "entity-declaration"),
    ],
)
def test_refused(text: str, kind: str) -> None:
    assert refused(text, "checkstyle") == kind


@pytest.mark.parametrize(
    ("source", "message", "expected"),
    [
        ("eslint.rules.quotes", "Use doublequote. (quotes)", "Use doublequote."),
        ("eslint.rules.quotes", "Use doublequote.", "Use doublequote."),
        ("eslint.rules.quotes", "Use doublequote. (semi)", "Use doublequote. (semi)"),
        ("com.x.Check", "m (com.x.Check)", "m (com.x.Check)"),
    ],
)
def test_eslint_writes_its_rule_behind_the_message(source: str, message: str, expected: str) -> None:
    found = only(report(file(error(line="1", message=message, source=source))), "checkstyle")
    assert (found.message, found.rule) == (expected, source)
