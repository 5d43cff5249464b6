"""CODEOWNERS: who owns which files, as GitHub and GitLab read it.

GitHub: patterns as in gitignore but for `!` and `[…]`; the last line that fits counts; a line without owners
takes them away. GitLab adds sections, `[Name][2] @default`, of each of which the last line counts, and
`!pattern`. https://docs.github.com/articles/about-code-owners, https://docs.gitlab.com/user/project/codeowners/reference/
"""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.model.artifact import Problem
from reportgen.model.owners import NOBODY, OwnerRule, Owners

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where the file may stand, in the order in which it is looked for; the first one counts."""

_MOST_BYTES = 3 * 1024**2  # as GitHub
_MOST_RULES = 5_000
_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>(?:\s+\S+)*)\s*")
_WORD = re.compile(r"(?:\\.|[^\\\s])+")
_OWNER = re.compile(r"@[\w./@-]+|[^\s@<>]+@[^\s@<>]+")
_ESCAPED = re.compile(r"\\(.)")


def read_owners(root: Path) -> tuple[Owners, Problem | None]:
    """Read the project's CODEOWNERS, and say what is wrong with it; without one, nobody owns anything.

    One that cannot be read names nobody, and none that stands behind it counts instead.
    """
    base = root.resolve()
    for place in PLACES:
        path = base / place
        try:
            if not path.is_symlink() and not path.exists():
                continue
            if not path.resolve().is_relative_to(base):
                return NOBODY, _unread(place, "it is a link that leads out of the project")
            if not path.is_file():
                return NOBODY, _unread(place, "it is no file")
            with path.open("rb") as stream:
                data = stream.read(_MOST_BYTES + 1)
            if len(data) > _MOST_BYTES:
                return NOBODY, _unread(place, f"it is larger than {_MOST_BYTES:,} bytes")
            return parse_owners(data.decode("utf-8-sig")), None
        except UnicodeDecodeError:
            return NOBODY, _unread(place, "it is not written in UTF-8")
        except (OSError, RuntimeError) as error:
            return NOBODY, _unread(place, getattr(error, "strerror", None) or "it cannot be opened")
    return NOBODY, None


def _unread(place: str, why: str) -> Problem:
    return Problem(
        "owners not read", f"nobody is named as owner: {why}", "mend the file, or remove it", place
    )


def parse_owners(text: str) -> Owners:
    """Read the lines of a CODEOWNERS file; what is neither a rule nor a section is passed over."""
    rules: list[OwnerRule] = []
    section = ""
    default: tuple[str, ...] = ()
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        head = _SECTION.fullmatch(_without_comment(bare))
        if head:
            section = " ".join(head["name"].lower().split())
            default = _owners(head["owners"].split())
        elif len(rules) < _MOST_RULES:
            rules += _rule(bare, section, default)
    return Owners(tuple(rules))


def _rule(line: str, section: str, default: tuple[str, ...]) -> list[OwnerRule]:
    pattern, *words = _WORD.findall(line) or [""]
    names: list[str] = []
    for word in words:
        if word.startswith("#"):
            break
        names.append(word)
    excluded = pattern.startswith("!")
    plain = _ESCAPED.sub(r"\1", pattern.removeprefix("!"))
    if not plain.strip("/") and plain != "/":
        return []
    owners = () if excluded else _owners(names) or (() if names else default)
    return [OwnerRule(plain, owners, section, excluded)]


def _owners(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if _OWNER.fullmatch(word)))


def _without_comment(line: str) -> str:
    return line.partition(" #")[0]
