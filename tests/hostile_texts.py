"""Names, messages and paths that attack the report that prints them."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit, Summary
from reportgen.model.audit_findings import RuleCount
from reportgen.model.evidence import Attempt, JoinedCounts, LedgerRow, SuiteError
from reportgen.model.states import Outcome, Severity
from tests.hostile_changes import hostile_changed_lines, hostile_changes
from tests.sample_audit import sample_audit
from tests.sample_parts import case, finding, sample_coverage, sample_findings, sample_tests

FRAGMENTS = (
    # test names with which a hostile pull request could come
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg/onload=alert(1)>'),
    *("[click](javascript:alert(1))", "![x](http://127.0.0.1:9/p.png)", "| a | b |\n|---|---|"),
    *(
        "`code` ```fence```",
        "# heading",
        "- [ ] task",
        "@everyone #123 GH-1",
        "<!-- comment -->",
        "&lt;b&gt;",
    ),
    *("{{7*7}} ${7*7} <%= 7*7 %>", "${jndi:ldap://127.0.0.1/a}", "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)"),
    *("../../../../etc/passwd", "C:\\Windows\\system32", "a\u202egnp.exe", "zero\u200bwidth\u200djoin"),
    *(
        "\u00e9 vs e\u0301",
        "e\u0301 vs \u00e9",
        "\U0001f389\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "line1\nline2",
        "tab\there",
        "\\",
    ),
    *('it\'s "quoted"', "::error file=a,line=1::injected", "%0A::set-output name=x::y", "~~~\n</details>"),
    *(
        "\\begin{document}",
        '<a href="data:text/html;base64,PHNjcmlwdD4=">d</a>',
        "*bold* _em_ ~~s~~",
        "1. list",
    ),
    *("<details><summary>x</summary>", "</td></tr></table>", "'; DROP TABLE tests;--", "\ufffd"),
    # and more of each kind
    *(
        "a|b",
        "a\\|b",
        "\\\\|",
        "`|`",
        "``|",
        "a`\\",
        "\\`",
        "|",
        "||",
        "`",
        "``",
        "```",
        "` `",
        "\\\\",
        "\\ ",
    ),
    *("[x]", "[ ] do", "[x] done", "[^1]", "[a]: http://x.y", "[a][b]", "[[page]]", "[TOC]", "[[_TOC_]]"),
    *(
        "https://evil.example/a|b",
        "www.evil.example",
        "WWW.EVIL.EXAMPLE",
        "me@evil.example",
        "ftp://x.y/",
        "HTTP://X",
    ),
    *(
        "@team|@other",
        "user/repo#12",
        "user/repo@deadbeef1",
        "0123456789abcdef0123456789abcdef01234567",
        "!12 &7",
    ),
    *(
        "$x$",
        "$`x`$",
        "a $b c$ d",
        "~bug",
        '~"a b"',
        "%1.0",
        "^alert#1",
        "a/b>",
        "*iteration:1",
        "GHSA-x CVE-2020-1",
    ),
    *(
        ":smile:",
        "a::b::c",
        "::warning::x",
        "##[error]x",
        "/close",
        "/label ~bug",
        "##vso[task]x",
        "##teamcity[x]",
        "###[x]",
        "x ##[group]",
    ),
    *(
        "---",
        "- - -",
        "***",
        "___",
        "===",
        "+++",
        "- x",
        "+ x",
        "* x",
        "1) x",
        "12345678901. x",
        "> q",
        ">>> q",
    ),
    *(
        "    code",
        "\tcode",
        "```\ncode\n```",
        "~~~",
        "a  \nb",
        "a\\\nb",
        "x\n===",
        "x\n---",
        ":---:",
        "--- | ---",
    ),
    *(
        "\x1b[31mred\x1b[0m",
        "a\x00b",
        "a\x08b",
        "\x7f",
        "\x85",
        "a\u2028b\u2029c",
        "\u200f\u2067x",
        "\ufeffx",
        "\ud800",
    ),
    *(
        "&#64;",
        "&amp;",
        "&copy;",
        "&",
        "&&",
        "&x;",
        "<",
        "<<",
        "<x@y.z>",
        "<http://x.y>",
        "</",
        "<!",
        "<?x?>",
        "]]>",
    ),
    *(
        "❌ **FAIL**",
        "✅ PASS",
        "✅ **PASS**",
        "[E1](#evidence-index)",
        "{% block x %}",
        "{{ audit }}",
        "{#",
        "%}",
    ),
    *(
        "{+ a +}",
        "[- b -]",
        "{-x-}",
        "*",
        "**",
        "_",
        "__init__",
        "snake_case_name",
        "~",
        "#",
        "##",
        "#1",
        "\u3164",
    ),
)

# Characters that mean something to some reader, so that random text hits on more than words.
_ALPHABET = (
    "\\`*_[]<>|~&#@:!$%^(){}+-=.,;/?'\" \t\n\r\x0b\x1b\x00\u200b\u202e0123456789abcdefxyzGHW\u00e9\U0001f389"
)


def hostile_texts() -> st.SearchStrategy[str]:
    """Known attacks, joined with each other, with random punctuation, and with any text at all."""
    pieces = st.one_of(
        st.sampled_from(FRAGMENTS), st.text(_ALPHABET, max_size=12), st.text(max_size=8), st.just(" ")
    )
    return st.lists(pieces, min_size=1, max_size=6).map("".join)


def hostile_audit(value: str) -> Audit:
    """Return the sample with `value` wherever text from evidence, configuration or policy can stand."""
    cases = (
        case(1, Outcome.FAILED, name=value, classname=value, message=value, type=value, suite=value),
        case(2, Outcome.SKIPPED, name=value, message=value, layer=value, environment=value),
        case(3, name=value, flaky=True, attempts=(Attempt(Outcome.FAILED, message=value),)),
    )
    tests = sample_tests(cases)
    coverage = sample_coverage(3)
    items = (finding(1, rule=value, path=value, message=value, tools=(value,), severity=Severity.HIGH),)
    rule = RuleCount(
        rule=value,
        tools=(value,),
        severity=Severity.HIGH,
        count=1,
        files=1,
        summary=value,
        help_uri=value,
        minutes=60,
    )
    audit = sample_audit()
    return replace(
        audit,
        title=value,
        revision=value,
        scope=(value,),
        summary=Summary(verdict=value, strengths=(value,), concerns=(value,), not_measured=(value,)),
        score=replace(
            audit.score,
            waterfall=tuple(replace(line, label=value, reason=value) for line in audit.score.waterfall),
        ),
        tests=replace(
            tests,
            by_layer={
                value: replace(
                    tests.by_layer["unit"], suites={value: JoinedCounts(total=1), "b": JoinedCounts()}
                )
            },
            suite_errors=(SuiteError(value, value, value, value, "E1"),),
            causes=tuple(
                replace(cause, type=value, message=f"{value} x", place=value, text=f"E {value}\nE y")
                for cause in tests.causes
            ),
            without_run=(value,),
        ),
        coverage=replace(
            coverage,
            by_file=tuple(replace(row, path=value) for row in coverage.by_file[:1]),
            by_folder=tuple(replace(row, path=value) for row in coverage.by_folder),
            by_layer=tuple(replace(row, name=value, reason=value) for row in coverage.by_layer),
            gain=(value,),
        ),
        findings=replace(sample_findings(items), rules=(rule,)),
        criteria=tuple(replace(row, name=value, reason=value) for row in audit.criteria),
        gates=tuple(
            replace(row, title=value, condition=value, value=value, reason=value) for row in audit.gates
        ),
        changes=hostile_changes(value),
        changed_lines=hostile_changed_lines(value, items[0].id),
        checklist=tuple(replace(row, text=value, reason=value) for row in audit.checklist),
        waivers=tuple(
            replace(
                row,
                id=value,
                match=value,
                matched=(value,),
                reason=value,
                owner=value,
                approver=value,
                note=value,
                content=(value,),
            )
            for row in audit.waivers
        ),
        approvals=tuple(
            replace(row, role=value, name=value, conditions=value, revision=value, note=value)
            for row in audit.approvals
        ),
        remediation=tuple(
            replace(row, title=value, places=(value, value), gates=(value,)) for row in audit.remediation
        ),
        hotspots=tuple(replace(row, path=value, basis=value) for row in audit.hotspots),
        evidence=tuple(
            replace(row, path=value, producer=value, layer=value, holds=value, also=(value,))
            for row in audit.evidence
        ),
        ledger=(LedgerRow(value, value, value, value, ("E1",)),),
        problems=(Problem(value, value, value, value),),
        warnings=(Problem(value, value, value, value, doubt=True),),
        method=(value,),
    )
