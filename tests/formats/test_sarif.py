"""SARIF 2.1.0: one short log for each rule of the standard that the reader follows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportgen.model.findings import Rule
from reportgen.model.limits import Limits
from reportgen.model.states import Severity
from tests.formats.findings_reading import (
    FILES,
    content_of,
    facts_of,
    format_of,
    only,
    parts_of,
    refused,
    warned,
)

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RULES = [
    {"id": "R1", "defaultConfiguration": {"level": "note"}},
    {"id": "R2", "guid": "g2", "defaultConfiguration": {"level": "error"}},
    {"id": "R3"},
]
TFLINT = {"driver": {"name": "tflint-errors"}}
EXTENSION = {
    "name": "Pack",
    "guid": "gp",
    "rules": [{"id": "X1", "defaultConfiguration": {"level": "error"}}],
}


def run(*results: dict[str, Any], rules: object = RULES, **more: Any) -> dict[str, Any]:
    tool = {"driver": {"name": "Tool", "rules": rules}, "extensions": [EXTENSION]}
    return {"tool": tool, "results": list(results)} | more


def log(*runs: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"version": "2.1.0", "$schema": SCHEMA, "runs": list(runs)} | more


def one(result: dict[str, Any], **more: Any) -> dict[str, Any]:
    return log(run({"message": {"text": "m"}} | result, **more))


def place(uri: str | None = "a.py", region: object = None, **more: Any) -> dict[str, Any]:
    artifact = {"uri": uri} if uri is not None else {}
    physical = {"artifactLocation": artifact | more} | ({"region": region} if region else {})
    return {"locations": [{"physicalLocation": physical}]}


def told(identity: str) -> dict[str, Any]:
    """A warning that a tool gave while it ran."""
    return {"toolExecutionNotifications": [{"descriptor": {"id": identity}, "level": "warning"}]}


def overrides(level: str, **descriptor: Any) -> dict[str, Any]:
    row = {"descriptor": descriptor, "configuration": {"level": level}}
    return {"executionSuccessful": True, "ruleConfigurationOverrides": [row]}


@pytest.mark.parametrize(
    ("result", "rule", "level"),
    [
        ({"ruleId": "R1"}, "R1", "note"),
        ({"ruleId": "R1", "level": "error"}, "R1", "error"),
        ({"ruleId": "R1", "level": None}, "R1", "note"),
        ({"ruleId": "R3"}, "R3", "warning"),
        ({"ruleId": "nobody"}, "nobody", "warning"),
        ({}, "", "warning"),
        ({"ruleIndex": 1}, "R2", "error"),
        ({"rule": {"index": 1}}, "R2", "error"),
        ({"rule": {"id": "R2"}}, "R2", "error"),
        ({"rule": {"guid": "g2"}}, "R2", "error"),
        ({"ruleId": "R2/sub/part"}, "R2/sub/part", "error"),
        ({"ruleId": "R2/sub", "rule": {"index": 1}}, "R2/sub", "error"),
        ({"ruleId": "R22"}, "R22", "warning"),
        ({"ruleId": "R1", "ruleIndex": -1}, "R1", "note"),
        ({"ruleId": "R1", "ruleIndex": 7}, "R1", "note"),
        ({"ruleId": "R1", "ruleIndex": 1}, "R1", "error"),
        ({"rule": {"id": "X1", "toolComponent": {"index": 0}}}, "X1", "error"),
        ({"rule": {"index": 0, "toolComponent": {"guid": "gp"}}}, "X1", "error"),
        ({"rule": {"index": 0, "toolComponent": {"name": "Pack"}}}, "X1", "error"),
        ({"rule": {"id": "X1", "toolComponent": {"index": 9}}}, "X1", "warning"),
        ({"ruleId": "X1"}, "X1", "warning"),
        ({"ruleId": "R2", "kind": "pass"}, "R2", "none"),
        ({"ruleId": "R2", "kind": "fail"}, "R2", "error"),
        ({"ruleId": "R2", "kind": "FAIL"}, "R2", "error"),
    ],
)
def test_rule_and_level(result: dict[str, Any], rule: str, level: str) -> None:
    found = only(one(result), "sarif")
    assert (found.rule, found.level) == (rule, level)


@pytest.mark.parametrize(
    ("result", "invocations", "level"),
    [
        ({"ruleId": "R2"}, [overrides("note", id="R2")], "note"),
        ({"ruleId": "R2/sub"}, [overrides("note", id="R2")], "note"),
        ({"ruleId": "R2"}, [overrides("note", index=1)], "note"),
        ({"ruleId": "R2"}, [overrides("note", guid="g2")], "note"),
        ({"ruleId": "R2"}, [overrides("note", index=0)], "error"),
        ({"ruleId": "R2"}, [overrides("note", id="R2/sub")], "error"),
        ({"ruleId": "R2", "level": "warning"}, [overrides("note", id="R2")], "warning"),
        ({"ruleId": "R2", "kind": "open"}, [overrides("note", id="R2")], "none"),
        ({"ruleId": "R2"}, [{"executionSuccessful": True}, overrides("note", id="R2")], "note"),
        (
            {"ruleId": "R2", "provenance": {"invocationIndex": 0}},
            [{"executionSuccessful": True}, overrides("note", id="R2")],
            "error",
        ),
        (
            {"ruleId": "R2", "provenance": {"invocationIndex": 1}},
            [overrides("none", id="R2"), overrides("note", id="R2")],
            "note",
        ),
        (
            {"rule": {"id": "X1", "toolComponent": {"index": 0}}},
            [overrides("note", index=0, toolComponent={"index": 0})],
            "note",
        ),
    ],
)
def test_level_set_by_an_invocation(result: dict[str, Any], invocations: list[object], level: str) -> None:
    assert only(one(result, invocations=invocations), "sarif").level == level


@pytest.mark.parametrize(
    ("result", "counts", "kinds"),
    [
        ({}, True, {}),
        ({"kind": "fail"}, True, {}),
        ({"kind": "pass"}, False, {}),
        ({"kind": "notApplicable"}, False, {}),
        ({"kind": "informational"}, False, {}),
        ({"kind": "open"}, False, {"undecided result": True}),
        ({"kind": "review"}, False, {"undecided result": True}),
        ({"kind": "pass", "level": "error"}, False, {"contradictory kind": True}),
        ({"kind": "broken"}, True, {"unknown kind": False}),
        ({"baselineState": "absent"}, False, {}),
        ({"baselineState": "new"}, True, {}),
        ({"baselineState": "unchanged"}, True, {}),
        ({"baselineState": "updated"}, True, {}),
    ],
)
def test_what_counts(result: dict[str, Any], counts: bool, kinds: dict[str, bool]) -> None:
    given = one({"ruleId": "R2"} | result)
    found = only(given, "sarif")
    assert found.counts is counts
    assert found.baseline == result.get("baselineState", "")
    assert warned(given, "sarif") == kinds


ACCEPTED = {"kind": "inSource", "status": "accepted"}


@pytest.mark.parametrize(
    ("suppressions", "suppressed", "words"),
    [
        (None, False, ""),
        ([], False, ""),
        ([ACCEPTED], True, "inSource"),
        ([{"kind": "external"}], True, "external"),
        ([{"kind": "external", "justification": "why"}], True, "external: why"),
        ([{"justification": "why"}], True, "suppression: why"),
        ([{"kind": "external", "status": "underReview"}], False, "external (underReview)"),
        ([{"kind": "external", "status": "rejected"}], False, "external (rejected)"),
        ([ACCEPTED, {"kind": "external", "status": "rejected"}], False, "inSource; external (rejected)"),
        ([{"kind": "external", "state": "rejected"}], False, "external (rejected)"),
        ([{"kind": "external", "state": "accepted"}], True, "external"),
        ([{"kind": "external", "status": "who knows"}], False, "external (who knows)"),
    ],
)
def test_suppressions(suppressions: object, suppressed: bool, words: str) -> None:
    found = only(one({"ruleId": "R1", "suppressions": suppressions}), "sarif")
    assert (found.suppressed, found.suppression) == (suppressed, words)
    assert found.counts


@pytest.mark.parametrize(
    ("rule", "result", "severity"),
    [
        ({"properties": {"security-severity": "9.0"}}, {}, Severity.CRITICAL),
        ({"properties": {"security-severity": 7}}, {}, Severity.HIGH),
        ({"properties": {"security-severity": "4.0"}}, {"level": "error"}, Severity.MEDIUM),
        ({"properties": {"security-severity": "0.1"}}, {"level": "error"}, Severity.LOW),
        ({"properties": {"security-severity": "0.0"}}, {"level": "error"}, Severity.HIGH),
        ({"properties": {"security-severity": "high"}}, {"level": "note"}, Severity.LOW),
        ({"properties": {"security-severity": "NaN"}}, {"level": "note"}, Severity.LOW),
        ({"properties": {"tags": ["x"]}}, {"level": "note"}, Severity.LOW),
        ({}, {"level": "error"}, Severity.HIGH),
        ({}, {"level": "ERROR"}, Severity.HIGH),
        ({}, {"level": "warning"}, Severity.MEDIUM),
        ({}, {"level": "none"}, Severity.INFO),
        ({}, {"level": "blue"}, Severity.MEDIUM),
        ({}, {"level": "note", "properties": {"security-severity": "9.5"}}, Severity.CRITICAL),
        ({"properties": {"security-severity": "9.0"}}, {"kind": "pass"}, Severity.INFO),
    ],
)
def test_severity(rule: dict[str, Any], result: dict[str, Any], severity: Severity) -> None:
    assert only(one({"ruleId": "R"} | result, rules=[{"id": "R"} | rule]), "sarif").severity is severity


@pytest.mark.parametrize(
    ("rule", "severity"),
    [("F821", "high"), ("invalid-syntax", "high"), (None, "high"), ("S301", "medium"), ("SIM1", "low")],
)
def test_severity_of_ruff_is_by_rule(rule: str | None, severity: str) -> None:
    given = one({"ruleId": rule, "level": "error"})
    given["runs"][0]["tool"] = {"driver": {"name": "ruff"}}
    assert only(given, "sarif").severity == severity


BASES = {
    "ROOT": {"uri": "file:///home/ci/repo/"},
    "SRC": {"uri": "src/", "uriBaseId": "ROOT"},
    "RING": {"uri": "x/", "uriBaseId": "RING"},
    "LOST": {"description": {"text": "only a name"}},
}


@pytest.mark.parametrize(
    ("uri", "base", "path"),
    [
        ("a.py", None, "a.py"),
        ("src/a%20b.py", None, "src/a b.py"),
        ("%2e%2e/x", None, "../x"),
        ("file:///home/ci/a.py", None, "/home/ci/a.py"),
        ("file:/home/ci/a.py", None, "/home/ci/a.py"),
        ("file://localhost/a.py", None, "/a.py"),
        ("file:///C:/x/y%23.cs", None, "C:/x/y#.cs"),
        ("file://C:/x/y.cs", None, "C:/x/y.cs"),
        ("FILE:///c%3A/x.cs", None, "c:/x.cs"),
        ("file://server/share/x.cs", None, "//server/share/x.cs"),
        ("C:\\x\\y.cs", None, "C:\\x\\y.cs"),
        ("https://x.example/a%20b", None, "https://x.example/a%20b"),
        ("javascript:alert(1)", None, "javascript:alert(1)"),
        ("a b#c?d.py", None, "a b#c?d.py"),
        ("a.py", "ROOT", "a.py"),
        ("a.py", "SRC", "src/a.py"),
        ("a.py", "RING", "a.py"),
        ("a.py", "LOST", "a.py"),
        ("a.py", "%SRCROOT%", "a.py"),
        ("file:///else/a.py", "SRC", "/else/a.py"),
    ],
)
def test_path(uri: str, base: str | None, path: str) -> None:
    given = one({"ruleId": "R"} | place(uri, uriBaseId=base), originalUriBaseIds=BASES)
    facts = facts_of(given, "sarif")
    assert facts.results[0].path == path
    assert facts.roots == ("/home/ci/repo",)


def test_several_roots_keep_their_files_apart() -> None:
    bases = {"SRC": {"uri": "file:///repo/"}, "OBJ": {"uri": "file:///build/"}}
    results = [{"message": {"text": "m"}} | place("a.c", uriBaseId=name) for name in bases]
    facts = facts_of(log(run(*results, originalUriBaseIds=bases)), "sarif")
    assert [result.path for result in facts.results] == ["/repo/a.c", "/build/a.c"]
    assert facts.roots == ("/repo", "/build")


def test_working_directory_is_a_root() -> None:
    invocation = {"executionSuccessful": True, "workingDirectory": {"uri": "file:///home/ci/w"}}
    assert facts_of(one({}, invocations=[invocation]), "sarif").roots == ("/home/ci/w",)


def test_file_by_index() -> None:
    artifacts = [{"location": {"uri": "zero.py"}}, {"location": {"uri": "one.py"}}]
    assert only(one(place(None, index=1), artifacts=artifacts), "sarif").path == "one.py"
    assert only(one(place(None, index=2), artifacts=artifacts), "sarif").path == ""
    assert only(one(place("own.py", index=1), artifacts=artifacts), "sarif").path == "own.py"


def test_without_a_place_the_analysis_target_stands() -> None:
    assert only(one({"analysisTarget": {"uri": "t.py"}}), "sarif").path == "t.py"
    assert only(one({}), "sarif").path == ""


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ({"startLine": 3}, (3, 0, 0, 0)),
        ({"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 2}, (3, 5, 4, 2)),
        ({"startLine": 0}, (0, 0, 0, 0)),
        ({"startLine": -5, "startColumn": -1}, (0, 0, 0, 0)),
        ({"startLine": 10**30}, (0, 0, 0, 0)),
        ({"startLine": "12"}, (12, 0, 0, 0)),
        ({"startLine": 12.0}, (12, 0, 0, 0)),
        ({"startLine": None, "charOffset": 3}, (0, 0, 0, 0)),
        (None, (0, 0, 0, 0)),
    ],
)
def test_region(region: object, expected: tuple[int, ...]) -> None:
    found = only(one(place("a.py", region)), "sarif")
    assert (found.line, found.column, found.end_line, found.end_column) == expected


def test_a_line_number_of_thousands_of_digits() -> None:
    text = json.dumps(one(place("a.py", {"startLine": 77777}))).replace("77777", "9" * 5000)
    assert only(text, "sarif").line == 0
    assert warned(text, "sarif") == {"odd line number": False}


def test_the_first_of_several_places_is_shown() -> None:
    two = [*place("a.py")["locations"], *place("b.py")["locations"]]
    assert only(one({"locations": two}), "sarif").path == "a.py"
    assert warned(one({"locations": two}), "sarif") == {"several places": False}


@pytest.mark.parametrize(
    ("logical", "symbol"),
    [
        ({"name": "f", "fullyQualifiedName": "m.C.f"}, "m.C.f"),
        ({"name": "f"}, "f"),
        ({"index": 1}, "n.g"),
        ({"index": 9}, ""),
        ({"name": "f", "index": 1}, "n.g"),
    ],
)
def test_symbol(logical: dict[str, Any], symbol: str) -> None:
    known = [{"name": "f"}, {"name": "g", "fullyQualifiedName": "n.g"}]
    given = one({"locations": [{"logicalLocations": [logical]}]}, logicalLocations=known)
    assert only(given, "sarif").symbol == symbol


def test_snippet_is_the_region_s_else_its_context_s() -> None:
    given = one(place("a.py", {"startLine": 1, "snippet": {"text": "x = 1"}}))
    assert only(given, "sarif").snippet == "x = 1"
    context = {"contextRegion": {"snippet": {"text": "around"}}, "artifactLocation": {"uri": "a.py"}}
    assert only(one({"locations": [{"physicalLocation": context}]}), "sarif").snippet == "around"


STRINGS = {"d": {"text": "{0} of {1}, {{0}}, {7}"}, "md": {"markdown": "**m**"}}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "plain"}, "plain"),
        ({"text": "say {0}", "arguments": ["it"]}, "say it"),
        ({"text": "as {0} is"}, "as {0} is"),
        ({"id": "d", "arguments": ["one", "two"]}, "one of two, {0}, {7}"),
        ({"id": "md"}, "**m**"),
        ({"id": "shared"}, "of the tool"),
        ({"id": "unknown", "arguments": ["x", "y"]}, "unknown x y"),
        ({"markdown": "only *this*"}, "only *this*"),
        ({"text": "see [the call](1) and [that](2)"}, "see the call and that"),
        ({"text": "a \\[literal\\] [link](3)"}, "a [literal] link"),
        ({"text": "[site](https://x.example) stays"}, "[site](https://x.example) stays"),
        ({}, ""),
    ],
)
def test_message(message: dict[str, Any], text: str) -> None:
    given = one({"ruleId": "R", "message": message}, rules=[{"id": "R", "messageStrings": STRINGS}])
    given["runs"][0]["tool"]["driver"]["globalMessageStrings"] = {"shared": {"text": "of the tool"}}
    assert only(given, "sarif").message == text


def test_a_message_cannot_blow_up() -> None:
    given = one({"message": {"text": "{0}" * 5000, "arguments": ["x" * 10000]}})
    message = only(given, "sarif", Limits(text_chars=100)).message
    assert len(message) < 200
    assert message.startswith("x" * 100 + "… [")


def test_fingerprints_and_parts_of_them() -> None:
    given = one({"fingerprints": {"a/v1": "1"}, "partialFingerprints": {"line": "2"}})
    assert only(given, "sarif").fingerprints == {"a/v1": "1", "partial:line": "2"}


def test_a_secret_that_was_found_is_not_quoted() -> None:
    result = {"message": {"text": "m"}} | place("a.py", {"startLine": 1, "snippet": {"text": "hunter2"}})
    assert only(log(run(result)), "sarif").snippet == "hunter2"
    assert only(log(run(result) | {"tool": {"driver": {"name": "gitleaks"}}}), "sarif").snippet == ""


def test_a_fingerprint_for_which_one_has_to_log_in_is_none() -> None:
    given = one({"fingerprints": {"matchBasedId/v1": "requires login"}})
    assert only(given, "sarif").fingerprints == {}


def test_what_the_tool_tells_of_its_rules() -> None:
    rules = [
        {
            "id": "R",
            "name": "TheRule",
            "shortDescription": {"text": "short"},
            "fullDescription": {"text": "full"},
            "help": {"markdown": "# help"},
            "helpUri": "https://x.example/R",
        },
        {"id": "S", "fullDescription": {"text": "full"}, "helpUri": "javascript:alert(1)"},
        {"id": "unused"},
    ]
    results = [{"ruleId": name, "message": {"text": "m"}} for name in ("R/sub", "S", "nobody", "X1")]
    assert facts_of(log(run(*results, rules=rules)), "sarif").rules == {
        "R/sub": Rule(
            id="R/sub", name="TheRule", summary="short", help="# help", help_uri="https://x.example/R"
        ),
        "S": Rule(id="S", summary="full", help="full"),
        "nobody": Rule(id="nobody"),
        "X1": Rule(id="X1"),
    }


def test_tool_producer_revision_and_examined_files() -> None:
    artifacts = [
        {"location": {"uri": "a.py"}, "roles": ["analysisTarget"]},
        {"location": {"uri": "b.py"}, "roles": ["analysisTarget", "modified"]},
        {"location": {"uri": "log.txt"}, "roles": ["attachment"]},
    ]
    first = run(artifacts=artifacts, versionControlProvenance=[{"revisionId": "abc"}])
    first["tool"]["driver"] |= {"name": "CodeQL", "semanticVersion": "2.1.3", "version": "2.1"}
    parts = parts_of(log(first), "sarif")
    assert parts.producer == "CodeQL 2.1.3"
    assert parts.findings is not None
    assert parts.findings.tools == ("codeql",)
    assert parts.findings.revision == "abc"
    assert parts.findings.examined == ("a.py", "b.py")
    assert parts.warnings == ()
    assert facts_of(log(first, run()), "sarif").examined is None


def test_several_runs() -> None:
    first, second = run({"message": {"text": "a"}}), run({"message": {"text": "b"}})
    second["tool"]["driver"]["name"] = "Other"
    parts = parts_of(log(first, second, first), "sarif")
    assert parts.findings is not None
    assert [result.tool for result in parts.findings.results] == ["tool", "other", "tool"]
    assert parts.producer == "Tool, Other"
    assert [problem.kind for problem in parts.warnings] == ["repeated run"]


OK = {"executionSuccessful": True}


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        (log(run()), {}),
        (log(run(invocations=[OK])), {}),
        (log(), {"no runs": True}),
        (log() | {"runs": None}, {"no runs": True}),
        (log(run() | {"results": None}), {"results missing": True}),
        (log({"tool": {"driver": {"name": "t"}}}), {"results missing": True}),
        (log(run(invocations=[OK, {"executionSuccessful": False}])), {"execution failed": True}),
        (log(run(invocations=[OK | {"exitSignalName": "SIGKILL"}])), {"execution failed": True}),
        (log(run(invocations=[{"processStartFailureMessage": "no such file"}])), {"execution failed": True}),
        (
            log(run(invocations=[OK | {"toolExecutionNotifications": [{"level": "error"}]}])),
            {"tool error": True},
        ),
        (
            log(run(invocations=[OK | {"toolConfigurationNotifications": [{"level": "error"}]}])),
            {"tool error": True},
        ),
        (log(run(), invocations=[{"executionSuccessful": False}]), {"execution failed": True}),
        (log(run(invocations=[OK | {"exitSignalNumber": 9}])), {"execution failed": True}),
        (log(run(conversion={"invocation": {"executionSuccessful": False}})), {"execution failed": True}),
        (log(run(conversion={"tool": {}, "invocation": OK})), {}),
        (log(run(invocations=[OK | {"toolExecutionNotifications": [{}]}])), {"tool warning": False}),
        (log(run(invocations=[OK | told("Syntax error")])), {"tool warning": True}),
        (log(run(invocations=[OK | told("PartialParsing")])), {"tool warning": True}),
        (log(run(invocations=[OK | told("py/diagnostics/extraction-warnings")])), {"tool warning": True}),
        (log(run(invocations=[OK | told("cpp/diagnostics/extraction-warnings")])), {"tool warning": False}),
        (log(run(invocations=[OK | told("Timeout")])), {"tool warning": True}),
        (log(run(invocations=[OK | told("A word about syntax errors")])), {"tool warning": False}),
        (log(run({"message": {"text": "Not loaded"}}) | {"tool": TFLINT}), {"file not scanned": True}),
        (log(run() | {"tool": TFLINT}), {}),
        (one({"message": {"text": "Syntax error: x"}}), {"file not scanned": True}),
        (one({"message": {"text": "Syntax error: x"}, "baselineState": "absent"}), {}),
        (log(run(invocations=[OK | {"toolExecutionNotifications": [{"level": "note"}]}])), {}),
        (log({"tool": {}, "results": []}), {"unnamed tool": False}),
        (log(run()) | {"version": "3.0.0"}, {"unknown version": True}),
        (log(run()) | {"version": "2.2"}, {}),
        (log(run()) | {"version": None}, {}),
        (
            log(run(externalPropertyFileReferences={"results": [{"location": {"uri": "r.json"}}]})),
            {"results elsewhere": True},
        ),
        (log(run(externalPropertyFileReferences={"artifacts": [{"location": {"uri": "r.json"}}]})), {}),
        (log(run(externalPropertyFileReferences={"driver": {"location": {"uri": "r.json"}}})), {}),
        (
            one({}, externalPropertyFileReferences={"driver": {"location": {"uri": "r.json"}}}),
            {"rules elsewhere": True},
        ),
        (
            log(
                run(versionControlProvenance=[{"revisionId": "a"}]),
                run(versionControlProvenance=[{"revisionId": "b"}]),
            ),
            {"several revisions": False},
        ),
        (one({"ruleId": "R1", "ruleIndex": 1}), {"odd rule reference": False}),
        (one({"ruleId": "R1", "ruleIndex": 9}), {"odd rule reference": False}),
        (one({"level": "blue"}), {"unknown level": False}),
        (one({"suppressions": [{"status": "blue"}]}), {"unknown suppression": False}),
        (one(place("a.py", {"startLine": -1})), {"odd line number": False}),
        (one({"properties": []}), {}),
        (one({"properties": "text"}), {"odd values": False}),
        (one({"locations": {}}), {"unread parts": True}),
        (one({"suppressions": [None]}), {"unread parts": True}),
        (
            log(run({"message": {"text": "m"}}) | {"results": {}}),
            {"unread parts": True, "results missing": True},
        ),
    ],
)
def test_what_is_said_of_a_run(given: dict[str, Any], kinds: dict[str, bool]) -> None:
    assert warned(given, "sarif") == kinds


def test_a_null_result_is_not_dropped_in_silence() -> None:
    given = log(run() | {"results": [None, {"message": {"text": "m"}}]})
    assert len(facts_of(given, "sarif").results) == 1
    assert warned(given, "sarif") == {"unread parts": True}


BLOCK = {"guid": "g", "results": [{"message": {"text": "inline"}}]}


@pytest.mark.parametrize(
    ("runs", "block"),
    [
        ([run(externalPropertyFileReferences={"results": [{"guid": "g"}]})], BLOCK),
        (
            [
                run(),
                run(
                    externalPropertyFileReferences={
                        "results": [{"location": {"uri": "sarif:/inlineExternalProperties/0"}}]
                    }
                ),
            ],
            BLOCK,
        ),
        ([run(), run(automationDetails={"guid": "r"})], BLOCK | {"runGuid": "r"}),
        ([run()], BLOCK),
        ([run() | {"results": None}], BLOCK),
    ],
)
def test_results_kept_apart_in_the_same_file(runs: list[dict[str, Any]], block: dict[str, Any]) -> None:
    given = log(*runs, inlineExternalProperties=[block])
    assert only(given, "sarif").message == "inline"
    assert warned(given, "sarif") == {}


def test_results_kept_apart_that_are_nobody_s() -> None:
    given = log(run(), run(), inlineExternalProperties=[BLOCK])
    assert warned(given, "sarif") == {"results elsewhere": True}


@pytest.mark.parametrize(
    ("references", "block", "rule"),
    [
        ({"driver": {"guid": "g"}}, {"guid": "g", "driver": {"name": "Apart", "rules": RULES}}, {"id": "R2"}),
        (
            {"extensions": [{"location": {"uri": "sarif:/inlineExternalProperties/0"}}]},
            {"extensions": [EXTENSION]},
            {"id": "X1", "toolComponent": {"index": 0}},
        ),
    ],
)
def test_rules_kept_apart_in_the_same_file(
    references: dict[str, Any], block: dict[str, Any], rule: dict[str, Any]
) -> None:
    kept = run({"rule": rule, "message": {"text": "m"}}, externalPropertyFileReferences=references)
    given = log(kept | {"tool": {"driver": {"name": "Tool"}}}, run(), inlineExternalProperties=[block])
    assert (only(given, "sarif").tool, only(given, "sarif").level) == ("tool", "error")
    assert warned(given, "sarif") == {}


def test_a_file_of_external_properties() -> None:
    schema = "https://json.schemastore.org/sarif-external-property-file-2.1.0.json"
    given = {
        "$schema": schema,
        "version": "2.1.0",
        "driver": {"name": "Tool"},
        "results": [{"ruleId": "R", "message": {"text": "m"}}],
    }
    assert format_of(content_of(given)) == "sarif"
    assert only(given, "sarif").tool == "tool"
    assert warned(given, "sarif") == {"part of a run": False}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            (
                '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, '
                '"results": [{"message": {"text": "hidden"}}], "results": []}]}'
            ),
            {"repeated key": True},
        ),
        (
            (
                '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, '
                '"results": [{"message": {"text": "hidden"}}], "resul\\u0074s": []}]}'
            ),
            {"repeated key": True},
        ),
        (
            (
                '{"version": "2.1.0", "runs": [{"results": [{"message": {"text": "hidden"}}]}], '
                '"runs": [{"tool": {"driver": {"name": "t"}}, "results": []}]}'
            ),
            {"repeated key": True},
        ),
        (
            (
                '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, '
                '"results": [{"message": {"text": "results"}, "properties": {"x": ["runs", "results"]}}]}]}'
            ),
            {},
        ),
        (
            (
                '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, '
                '"results": [{"message": {"text": "m"}, "rank": NaN}]}]}'
            ),
            {"not a number": False},
        ),
    ],
)
def test_json_that_hides_or_overreaches(text: str, kinds: dict[str, bool]) -> None:
    assert warned(text, "sarif") == kinds


def test_half_a_character_cannot_get_in() -> None:
    text = json.dumps(one({"message": {"text": "X"}})).replace('"X"', '"a\\ud800b"')
    assert only(text, "sarif").message == "a\ufffdb"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"{", "not-json"),
        (b'{"version": "2.1.0", // why\n "runs": []}', "not-json"),
        (b'{"version": "2.1.0", "runs": [' + b"[" * 100_000, "not-json"),
        (b'{"version": "2.1.0", "runs": [], "x": ' + b"[" * 9_000 + b"]" * 9_000 + b"}", "not-json"),
        (b'{"version": "2.1.0", "runs": [], "x": "\xff"}', "not-json"),
        (b'{"version": "2.1.0", "runs": [{"results": [{"message": {"text": "\xe9"}}]}]}', "not-json"),
        (b"[]", "not-evidence"),
        (b'"runs"', "not-evidence"),
        (b'{"version": "1.0.0", "runs": [{"tool": {"name": "x"}, "results": []}]}', "unsupported-format"),
        (b'{"version": "2.0.0-csd.2.beta.2018-10-10", "runs": []}', "unsupported-format"),
    ],
)
def test_broken(data: bytes, kind: str) -> None:
    assert refused(data, "sarif") == kind


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (log(run()), True),
        ({"runs": [], "version": "2.1.0"}, True),
        ({"runs": [{"results": []}]}, True),
        ({"version": "2.1.0", "$schema": SCHEMA}, True),
        ({"x": 1} | log(run()), True),
        ({"$schema": "http://json-schema.org/draft-07/schema#", "title": "SARIF"}, False),
        ({"runs": [{"id": 1, "status": "completed"}], "total_count": 1}, False),
        ([1], False),
    ],
)
def test_sniff(given: Any, taken: bool) -> None:
    assert (format_of(content_of(given)) == "sarif") is taken


def test_sniff_of_a_file_that_was_cut_off() -> None:
    whole = (FILES / "sarif" / "ruff_jinja.sarif").read_bytes()
    assert format_of(content_of(whole[:5000])) == "sarif"
