"""Where templates are: the user's folder first, then ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportgen.errors import ConfigError


@cache
def our_templates() -> Path:
    """Return the folder of the templates that ship: in the package (a wheel), else beside it (a checkout)."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def template_folders(templates: Path | None) -> tuple[Path, ...]:
    """Return the folders to look in, in order. `ConfigError` where the user's own is no folder."""
    if templates is None:
        return (our_templates(),)
    if not templates.is_dir():
        raise ConfigError(
            f"the templates folder {templates} is not there",
            "give the folder that holds your markdown/, html/ or profiles/, or leave `templates` out",
        )
    return (templates, our_templates())
