"""The report in Markdown: each section's view through its template, then all of them through one."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.model.audit import Audit
from reportgen.model.profile import Profile
from reportgen.render.environment import markdown_environment, run
from reportgen.render.escape import Markdown
from reportgen.render.marks import EVIDENCE_ANCHOR
from reportgen.render.views.parts import Subject
from reportgen.render.views.table import VIEWS

INDEX = "evidence"

_MARK = rf"\[(E[0-9]+)\]\(#{EVIDENCE_ANCHOR}\)"
# Marks, and what could look like one and is text: escaped characters and code spans.
_MARK_OR_TEXT = re.compile(rf"\\.|(?P<ticks>(?<!`)`+(?!`)).*?(?<!`)(?P=ticks)(?!`)|{_MARK}")
_SPACE_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def to_markdown(audit: Audit, profile: Profile, templates: Path | None = None) -> str:
    """Return the report in Markdown. The evidence index is made last: it lists what the others cite."""
    environment = markdown_environment(templates)
    done: dict[str, str] = {}
    for name in sorted(profile.sections, key=INDEX.__eq__):
        subject = Subject(
            audit, profile, frozenset(cited("\n".join(done.values()))) if name == INDEX else frozenset()
        )
        context = {
            "audit": audit,
            "profile": profile,
            "view": VIEWS[name](subject) if name in VIEWS else None,
        }
        done[name] = run(environment, f"markdown/sections/{name}.md.j2", context).strip("\n")
    sections = [Markdown(done[name]) for name in profile.sections if done[name].strip()]
    page = run(
        environment, "markdown/report.md.j2", {"audit": audit, "profile": profile, "sections": sections}
    )
    return tidy(page if INDEX in profile.sections else unlinked(page))


def cited(markdown: str) -> set[str]:
    """Return the ids of all evidence that has a mark, the ends of ranges among them."""
    return set(re.findall(_MARK, markdown))


def unlinked(markdown: str) -> str:
    """Make marks plain words, for a report without an evidence index to link to."""
    return _MARK_OR_TEXT.sub(lambda found: found[2] or found.group(), markdown)


def tidy(markdown: str) -> str:
    """Take off trailing spaces and surplus blank lines; end with one newline."""
    lines = _SPACE_AT_END.sub("", markdown)
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"
