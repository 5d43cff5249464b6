"""Audit to text: one profile, one format, one page."""

from __future__ import annotations

from collections.abc import Collection
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
    return render_each(audit, profile, (format,), templates=templates)[format]


def render_each(
    audit: Audit, profile: Profile, formats: Collection[str], *, templates: Path | None = None
) -> dict[str, str]:
    """Return the report in each of `formats`, as `render` does; the Markdown is made once for all of them."""
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"there is no format {name!r}", f"the formats are {', '.join(FORMATS)}")
    pages: dict[str, str] = {}
    if "json" in formats:
        from reportgen.render.model_json import to_json  # noqa: PLC0415 - loaded only where it is asked for

        pages["json"] = to_json(audit)
    if "md" in formats or "html" in formats:
        from reportgen.render.markdown import to_markdown  # noqa: PLC0415 - likewise: it loads Jinja

        pages["md"] = to_markdown(audit, profile, templates)
    if "html" in formats:
        from reportgen.render.html_page import to_html  # noqa: PLC0415 - likewise: it loads markdown-it

        pages["html"] = to_html(pages["md"], audit, profile, templates)
    return pages
