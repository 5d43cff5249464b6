"""`verify`, `source_url` and `code_*`: what helps with mending, and shows the code."""

from __future__ import annotations

from reportgen.config.place import Place
from reportgen.model.guidance import PLACEHOLDERS, Guidance, placeholders, url_problem


def guidance_of(verify: dict[str, str], place: Place) -> Guidance:
    """Make the commands by tool or kind; one that asks for what is not known is told."""
    for name, command in verify.items():
        here = place.at(name)
        unknown = [each for each in placeholders(command) if each not in PLACEHOLDERS]
        if unknown:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise here.error(f"{{{unknown[0]}}} stands for nothing", f"a command may hold {known}")
        if not command.strip() or not command.isprintable():
            raise here.error("expected a command on one line", 'for example: pytest = "pytest -x {tests}"')
    return Guidance(verify={name.lower(): command for name, command in verify.items()})


def source_url_of(template: str, place: Place) -> str:
    """Check the address at which the sources are to be seen; empty where none is given."""
    problem = url_problem(template) if template else ""
    if problem:
        raise place.error(
            problem, 'for example: source_url = "https://github.com/me/it/blob/{revision}/{path}#L{line}"'
        )
    return template
