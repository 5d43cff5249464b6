"""What is written, and where to: the rules of `-o`, `--format` and `-p`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from reportgen.config.names import did_you_mean
from reportgen.errors import UsageError

ENDINGS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".json": "json"}
FORMATS = ("md", "html", "json")
STANDARD_OUTPUT = ("", "-")
_ENDING = re.compile(r"\.[A-Za-z]{2,8}")
_PROFILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class Target(NamedTuple):
    """A report to write; `path` is None for standard output."""

    path: Path | None
    profile: str
    format: str


def plan(output: str, profiles: tuple[str, ...], formats: tuple[str, ...]) -> tuple[Target, ...]:
    """List the reports that an output (a file, a folder, or nothing), profiles and formats come to.

    Raises `UsageError` where they do not go together.
    """
    for profile in profiles:
        if not _PROFILE.fullmatch(profile):
            raise UsageError(f"{profile!r} is no name of a profile", "see: reportgen profiles")
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"there is no output format {name!r}", did_you_mean(name, FORMATS))
    if output in STANDARD_OUTPUT:
        return _on_standard_output(profiles, formats)
    if is_folder(output):
        return _in_folder(Path(output), profiles, formats or FORMATS)
    return (_in_file(Path(output), profiles, formats),)


def is_folder(output: str) -> bool:
    """Tell whether an output names a folder: it is one, ends with a slash, or has no ending of a file."""
    if output.endswith(("/", os.sep)) or os.path.isdir(output):  # noqa: PTH112 - where nobody may look is none
        return True
    return not os.path.exists(output) and not _ENDING.fullmatch(Path(output).suffix)  # noqa: PTH110 - likewise


def _on_standard_output(profiles: tuple[str, ...], formats: tuple[str, ...]) -> tuple[Target, ...]:
    if len(formats) > 1 or len(profiles) > 1:
        many = (
            f"the formats {', '.join(formats)}" if len(formats) > 1 else f"the profiles {', '.join(profiles)}"
        )
        raise UsageError(f"standard output cannot hold {many}", "name a folder: -o FOLDER")
    return (Target(None, profiles[0], formats[0] if formats else "md"),)


def _in_folder(folder: Path, profiles: tuple[str, ...], formats: tuple[str, ...]) -> tuple[Target, ...]:
    targets: dict[Path, Target] = {}
    for profile in profiles:
        for name in formats:
            stem = "report" if len(profiles) == 1 else profile
            path = folder / ("audit.json" if name == "json" else f"{stem}.{name}")
            targets.setdefault(path, Target(path, profile, name))
    return tuple(targets.values())


def _in_file(path: Path, profiles: tuple[str, ...], formats: tuple[str, ...]) -> Target:
    known = ENDINGS.get(path.suffix.lower())
    device = os.path.exists(path) and not path.is_file()  # noqa: PTH110 - where nobody may look is none
    if device and len(formats) < 2:  # noqa: PLR2004 - a device or a pipe
        return Target(path, profiles[0], formats[0] if formats else known or "md")
    if known is None:
        ends = f"ends in {path.suffix}" if path.suffix else "has no ending"
        raise UsageError(
            f"{path.name!r} {ends}, which is no output format",
            "a file ends in .md, .html or .json; a folder can be named with a slash: -o FOLDER/",
        )
    if formats not in ((), (known,)):
        raise UsageError(
            f"{path.name!r} is {known}, and cannot hold {', '.join(formats)}",
            "leave out --format, or name a folder: -o FOLDER",
        )
    if len(profiles) > 1 and known != "json":
        raise UsageError(
            f"{path.name!r} cannot hold {len(profiles)} profiles",
            "choose one with -p PROFILE, or name a folder: -o FOLDER",
        )
    return Target(path, profiles[0], known)
