"""What a run would have written that cannot even begin, so that no earlier report stands in for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from reportgen.config.find import find_config, read_config
from reportgen.config.overrides import Overrides
from reportgen.config.targets import FORMATS, STANDARD_OUTPUT, Target, plan
from reportgen.errors import ConfigError, UsageError


def stale_targets(path: Path | None, *, cwd: Path, flags: Overrides) -> tuple[Target, ...]:
    """List the reports that flags and configuration name, as far as they can be told; never evidence."""
    raw, root = _raw(path, cwd)
    own = raw.get("output")
    if flags.output in STANDARD_OUTPUT[1:]:
        return ()
    given = cwd / flags.output if flags.output else root / own if isinstance(own, str) and own else None
    profiles = flags.profiles or _texts(raw.get("profiles")) or ("default",)
    formats = tuple(name for name in flags.formats or _texts(raw.get("formats")) if name in FORMATS)
    targets = () if given is None else _planned(str(given), profiles, formats)
    evidence = {os.path.realpath(cwd / given) for given in flags.evidence}
    return tuple(target for target in targets if os.path.realpath(str(target.path)) not in evidence)


def _planned(output: str, profiles: tuple[str, ...], formats: tuple[str, ...]) -> tuple[Target, ...]:
    """List what they come to; where they do not go together (that is told already), the output by itself."""
    for asked in ((profiles, formats), (("default",), ())):
        with suppress(UsageError):
            return plan(output, *asked)
    return ()


def _raw(path: Path | None, cwd: Path) -> tuple[Mapping[str, object], Path]:
    """Read the keys that are there, right or wrong, and the folder that they are relative to."""
    if path is not None and not os.path.isfile(cwd / path):  # noqa: PTH113 - where nobody may look is none
        return {}, cwd  # a pipe is read once, and would be waited for again
    try:
        found = find_config(cwd) if path is None else read_config(cwd / path, cwd)
    except ConfigError:
        return {}, cwd  # it is told already
    return (found.raw, found.path.parent) if found else ({}, cwd)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
