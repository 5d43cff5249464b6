"""Audit to text: one profile, one format, one page."""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import UsageError
from reportgen.model.audit import Audit
from reportgen.model.profile import Profile

FORMATS = ("md", "html", "json")


def render(audit: Audit, profile: Profile, format: str, *, templates: Path | None = None) -> str:  # noqa: A002 - the word of the command line
    """Return the report as text: `md`, `html` (made from that Markdown) or `json` (the model itself).

    `templates` is a folder of the user's whose templates come before ours. Raises `UsageError` for another
    format, and `TemplateFailedError` where a template does not render. Same audit, same bytes.
    """
    if format == "json":
        from reportgen.render.model_json import to_json  # noqa: PLC0415 - loaded only where it is asked for

        return to_json(audit)
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}", f"the formats are {', '.join(FORMATS)}")
    from reportgen.render.markdown import to_markdown  # noqa: PLC0415 - likewise: it loads Jinja

    markdown = to_markdown(audit, profile, templates)
    if format == "md":
        return markdown
    from reportgen.render.html_page import to_html  # noqa: PLC0415 - likewise: it loads markdown-it

    return to_html(markdown, audit, profile, templates)
