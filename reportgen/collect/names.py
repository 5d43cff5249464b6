"""How a path is printed: harmless, with `/`, and without telling on the machine it was read on."""

from __future__ import annotations

import os
from pathlib import PurePath

ENVIRONMENT_MARK = "pyvenv.cfg"


def printable(name: str) -> str:
    r"""Return `name` as text that can be encoded: a byte that is no UTF-8 comes out as `\xNN`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def slashed(path: str) -> str:
    """Return a path of this system as text, with `/` between its parts."""
    return printable(path if os.sep == "/" else path.replace(os.sep, "/"))


def relative(path: str, root: str) -> str:
    """Return what a report prints for `path`; both are absolute.

    Inside `root` that is the way from there. Outside it is the way with `..`, as long as the two have a
    folder in common; else (or on another drive) it is `path` itself.
    """
    path, root = os.path.normpath(path), os.path.normpath(root)
    try:
        shared = os.path.commonpath([path, root])
    except ValueError:
        return slashed(path)
    if shared == PurePath(shared).anchor != root:
        return slashed(path)
    return slashed(os.path.relpath(path, root))


def member_path(name: str) -> str:
    r"""Return the name of a member of an archive as a harmless relative path.

    Drive letters, leading slashes and `.` and `..` are left out; some Windows tools write `\` for `/`.
    """
    parts = name.replace("\\", "/").split("/")
    if len(parts[0]) == len("C:") and parts[0][1] == ":":
        parts = parts[1:]
    return printable("/".join(part for part in parts if part not in {"", ".", ".."})) or "unnamed"


def is_left_out(folder: str) -> bool:
    """Whether a folder of this name is not looked into: a hidden one, or installed JavaScript packages.

    A virtual environment is told by its `pyvenv.cfg`, not by its name.
    """
    return folder.startswith(".") or folder in {"node_modules", "__MACOSX"}


def without_gz(name: str) -> str:
    """Return the last part of a path without the ending of a gzip file."""
    last = name.rsplit("/", 1)[-1]
    return last[:-3] if last.lower().endswith(".gz") and len(last) > len(".gz") else last
