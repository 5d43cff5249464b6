"""The report as one HTML page: style and script are inside it, and it asks nothing of anybody."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup, escape
from msgspec import Struct

from reportgen.model.audit import Audit, Score
from reportgen.model.figures import plural
from reportgen.model.profile import Profile
from reportgen.render.environment import html_environment, run, source
from reportgen.render.escape import visible
from reportgen.render.html_body import state_class, to_body
from reportgen.render.scores import score_number
from reportgen.render.wording import NOT_KNOWN, share_text

# What a build server does where the page goes to its log: `::…` begins a line, `##[…]` need not.
_COMMAND = re.compile(r"^([ \t]*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))", re.IGNORECASE | re.MULTILINE)


class Tile(Struct, frozen=True):
    """A figure at the head of the page; `state` is a class, empty where the figure is no verdict."""

    label: str
    value: str
    note: str
    state: str = ""


def to_html(markdown: str, audit: Audit, profile: Profile, templates: Path | None = None) -> str:
    """Return the page around the report's Markdown."""
    environment = html_environment(templates)
    body = to_body(markdown, profile)
    style = source(environment, "html/style.css")
    script = source(environment, "html/sort.js")
    context = {
        "title": _harmless(escape(visible(audit.title))),
        "verdict": audit.verdict.value,
        "version": audit.version,
        "tiles": tiles(audit, profile),
        "contents": body.contents,
        "intro": _harmless(body.intro),
        "sections": _harmless(body.sections),
        "style": Markup(style),  # noqa: S704 - a file of the templates folder
        "script": Markup(script),  # noqa: S704 - likewise
        "policy": f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
    }
    return run(environment, "html/page.html.j2", context)


def _harmless(html: str) -> Markup:
    """Mark finished HTML as such, and as nothing that a build log would act on."""
    return Markup(_COMMAND.sub(_defused, html))  # noqa: S704 - callers give markdown-it's output, or escape


def _defused(found: re.Match[str]) -> str:
    """Write the first sign of a runner's command as HTML's reference to it, which reads the same."""
    return f"{found[1] or ''}&#{ord(found[0][-1])};"


def _hash(text: str) -> str:
    """Return what a content security policy names an inline element by."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def tiles(audit: Audit, profile: Profile) -> tuple[Tile, ...]:
    """Choose the figures at the head of the page."""
    score, tests, coverage, findings = audit.score, audit.tests, audit.coverage, audit.findings
    return (
        Tile("Verdict", visible(profile.verdict_word(audit.verdict)), "", state_class(audit.verdict)),
        Tile("Score", *_score(score, profile)),
        Tile("Tests passed", *_fraction(tests.passed, tests.executed, "run"))
        if tests
        else Tile("Tests passed", NOT_KNOWN, "not measured"),
        Tile("Line coverage", share_text(coverage.lines), f"of {plural(coverage.files, 'file')}")
        if coverage
        else Tile("Line coverage", NOT_KNOWN, "not measured"),
        Tile("Open findings", f"{findings.open:,}", f"of {plural(len(findings.rules), 'rule')}")
        if findings
        else Tile("Open findings", NOT_KNOWN, "not measured"),
    )


def _score(score: Score, profile: Profile) -> tuple[str, str]:
    """Print the score that the grade is given by, and beside it that over what was measured."""
    if score.value is None:
        return NOT_KNOWN, f"grade {score.grade}; nothing measured"
    measured = f"; {score_number(score.value, profile)} over what was measured"
    whole = score.measured_weight == score.total_weight
    return score_number(score.lower, profile), f"grade {score.grade}{'' if whole else measured}"


def _fraction(part: int, whole: int, verb: str) -> tuple[str, str]:
    return (f"{part:,}", f"of {whole:,} {verb}") if whole else (NOT_KNOWN, f"none {verb}")
