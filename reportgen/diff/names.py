"""The names in a diff: quoted as C does it, with prefixes on them, or `/dev/null`."""

from __future__ import annotations

import re

NULL = "/dev/null"

_ESCAPES = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13, b'"': 34, b"\\": 92}
_ESCAPE = re.compile(rb"\\([0-3][0-7]{2}|.?)", re.DOTALL)
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


def unquoted(raw: bytes) -> str:
    """Return a name that stands alone; quotes and escapes (quote.c of git) are taken off. `ValueError`."""
    if not raw.startswith(b'"'):
        return raw.decode("utf-8", "backslashreplace")
    found = _QUOTED.match(raw)
    if found is None:
        raise ValueError("a quoted name does not end")
    return _ESCAPE.sub(_escaped, found[0][1:-1]).decode("utf-8", "backslashreplace")


def _escaped(found: re.Match[bytes]) -> bytes:
    told = found[1]
    if len(told) > 1:
        return bytes([int(told, 8)])
    if told not in _ESCAPES:
        raise ValueError(f"there is no escape {found[0].decode('utf-8', 'replace')!r} in a name")
    return bytes([_ESCAPES[told]])


def header_name(raw: bytes) -> str:
    """Return the name after `---` or `+++`; what follows a tab (a date, a revision) is no part of it."""
    return unquoted(raw if raw.startswith(b'"') else raw.partition(b"\t")[0])


def in_git_header(raw: bytes) -> tuple[str, str] | None:
    """Split `a/x b/x`, in which names with spaces are not quoted; None where it could be split anywhere."""
    if raw.startswith(b'"'):
        found = _QUOTED.match(raw)
        if found is None:
            raise ValueError("a quoted name does not end")
        return unquoted(found[0]), unquoted(raw[found.end() + 1 :])
    if raw.endswith(b'"') and b' "' in raw:
        first, _, second = raw.partition(b' "')
        return unquoted(first), unquoted(b'"' + second)
    for found in re.finditer(b" ", raw):
        first, second = raw[: found.start()], raw[found.end() :]
        if first == second or _tail(first) == _tail(second):
            return unquoted(first), unquoted(second)
    return None


def _tail(raw: bytes) -> bytes:
    """Return a name without its first folder; nothing equals the tail of a name without one."""
    head, slash, tail = raw.partition(b"/")
    return tail if slash and tail else b"\0" + head


def path_between(old: str | None, new: str | None, names: tuple[str, str] | None) -> str:
    """Return the path of a file from its two names and the two of git's own header, as far as there are.

    Two names that differ in their first folder alone (`a/` and `b/`, or any other prefixes) are one path.
    Of a file that is on one side only, git's header tells whether there are prefixes. Empty if nothing tells.
    """
    if old is None or new is None:
        return _common(*names) if names is not None else ""
    if NULL not in (old, new):
        return _common(old, new)
    name, prefix = (new, "b/") if old == NULL else (old, "a/")
    if names is None:
        return name.removeprefix(prefix)
    return name if names[0] == names[1] else name.partition("/")[2]


def _common(old: str, new: str) -> str:
    if old == new:
        return new
    (old_head, _, old_tail), (new_head, _, new_tail) = old.partition("/"), new.partition("/")
    same = old_tail == new_tail and new_tail
    return new_tail if same or (new_tail and (old_head, new_head) == ("a", "b")) else new
