"""What the project says about mending: who owns what, and how a step is verified."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from reportgen.model.owners import NOBODY, Owners

PLACEHOLDERS = ("tests", "paths", "rule")
"""What a command of `verify` may ask for, in braces."""

URL_PLACEHOLDERS = ("path", "line", "revision")
_BRACES = re.compile(r"\{([^{}]*)\}")
_URL = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/[A-Za-z0-9._~/?#@!$&'*+,;=:%{}-]*")


class Guidance(Struct, frozen=True, kw_only=True):
    """`verify` maps a tool or a kind (tests, findings) to a command with `{tests}`, `{paths}` or `{rule}`."""

    owners: Owners = NOBODY
    verify: Mapping[str, str] = field(default_factory=dict)


NO_GUIDANCE = Guidance()


def placeholders(text: str) -> tuple[str, ...]:
    """Return what stands in braces."""
    return tuple(_BRACES.findall(text))


def url_problem(template: str) -> str:
    """Say why an address of the sources cannot be used; empty where it can."""
    told = placeholders(template)
    unknown = sorted(set(told) - set(URL_PLACEHOLDERS))
    if unknown:
        return f"{{{unknown[0]}}} stands for nothing; it may hold {{path}}, {{line}} and {{revision}}"
    if "path" not in told:
        return "it must hold {path}"
    if not template.startswith("https://"):
        return "it must begin with https://"
    bare = _BRACES.sub("x", template)
    if not _URL.fullmatch(bare) or "{" in bare or "}" in bare or "{" in template.split("/")[2]:
        return "it is no address: write the characters of an address, and braces only for placeholders"
    return ""
