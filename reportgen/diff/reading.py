"""Reads a unified diff, as git, Mercurial, Subversion and GNU diff write it.

Own code, since unidiff 1.0 passes over combined diffs and damaged hunk headers in silence, and does not say
in which line an error is.
Format: the manuals of GNU diffutils ("Unified Format") and git ("Generating patch text with -p").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from msgspec import Struct

from reportgen.diff.names import NULL, header_name, in_git_header, path_between, unquoted
from reportgen.errors import UsageError
from reportgen.model.diff import ChangeKind, Diff, DiffFile

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_PROPERTY = re.compile(rb"## -\d+(?:,(\d+))? \+\d+(?:,(\d+))? ##")
_HINT = "write the diff anew, such as: git diff --merge-base main > changes.diff"
_ONE_SIDED = re.compile(rb"Only in [^:]+: .")
_DIGITS = 12


class _Section(Struct, kw_only=True):
    """What is known so far of one file of the diff; names are as they are written, None where not yet."""

    line: int
    git: bytes | None = None
    index: bytes | None = None
    old: str | None = None
    new: str | None = None
    source: str = ""
    target: str = ""
    kind: ChangeKind = "changed"
    added: int = 0
    removed: int = 0
    hunks: int = 0
    blobs: bool = False


def parse_diff(data: bytes, source: str, *, most_line: int) -> Diff:
    """Read a diff. No change at all is a diff too; `UsageError` with the line for anything damaged.

    `most_line` is the highest line number that is taken for one.
    """
    return Diff(source, _Reader(_lines(data), source, most_line).files())


def _lines(data: bytes) -> list[bytes]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what PowerShell writes for `>`
        data = data.decode("utf-16", "replace").encode()
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


class _Reader:
    def __init__(self, lines: list[bytes], source: str, most_line: int) -> None:
        self.lines = lines
        self.source = source
        self.most_line = most_line
        self.at = 0
        self.section: _Section | None = None
        self.owed = 0  # the line of a header that a hunk must follow
        self.after_hunk = False
        self.done: list[DiffFile] = []
        self.seen: set[str] = set()

    def fail(self, message: str, line: int | None = None, hint: str = _HINT) -> NoReturn:
        where = self.at + 1 if line is None else line
        raise UsageError(f"{self.source}:{where}: the diff cannot be read: {message}", hint)

    def files(self) -> tuple[DiffFile, ...]:
        while self.at < len(self.lines):
            line = self.lines[self.at].rstrip(b"\r")
            if not self._file_line(line):
                self._inner_line(line)
            self.at += 1
        if self.section is not None and self.section.blobs and not self.section.hunks:
            self.fail("it ends before the change of its last file", len(self.lines))
        self._close()
        if not self.done and any(line.strip() for line in self.lines):
            self._refuse()
        return tuple(self.done)

    def _refuse(self) -> NoReturn:
        if any(line.startswith(b"\x1b[") for line in self.lines):
            self.fail("it is coloured", 1, "write it with --no-color")
        if any(line.startswith(b"***************") for line in self.lines):
            self.fail("it is a context diff", 1, "write a unified one: diff -u")
        self.fail("it holds no change in the unified format", 1)

    def _file_line(self, line: bytes) -> bool:
        """Begin a file where `line` does; tell whether it did."""
        if line.startswith((b"@@@ ", b"diff --cc ", b"diff --combined ")):
            hint = "compare with one parent: git diff --merge-base main"
            self.fail("a combined diff (of a merge) is not supported", hint=hint)
        if line.startswith(b"diff --git "):
            self._close()
            self.section = _Section(line=self.at + 1, git=line[11:])
        elif line.startswith(b"Index: ") and self._next().startswith(b"====="):
            self._close()
            self.section = _Section(line=self.at + 1, index=line[7:])
        elif line.startswith(b"--- ") and self._next().startswith(b"+++ "):
            self._pair(line)
        else:
            return False
        self.after_hunk = False
        return True

    def _next(self) -> bytes:
        return self.lines[self.at + 1] if self.at + 1 < len(self.lines) else b""

    def _pair(self, line: bytes) -> None:
        """Take the two lines that name the old and the new file."""
        section = self.section
        if section is None or section.new is not None:
            self._close()
            section = self.section = _Section(line=self.at + 1)
        section.old = self._name(header_name, line[4:])
        self.at += 1
        section.new = self._name(header_name, self.lines[self.at].rstrip(b"\r")[4:])
        self.owed = 0 if section.index is not None else self.at + 1

    def _name(self, read: Callable[[bytes], str], raw: bytes) -> str:
        try:
            return read(raw)
        except ValueError as error:
            self.fail(str(error))

    def _inner_line(self, line: bytes) -> None:
        """Take a line that begins no file."""
        section = self.section
        after_hunk, self.after_hunk = self.after_hunk, line.startswith(b"\\") and self.after_hunk
        if line.startswith(b"@@") and (line.startswith(b"@@ -") or after_hunk or self.owed):
            self._hunk(line)
        elif found := _PROPERTY.match(line):
            self._body(found[1], found[2], 1)
        elif after_hunk and line[:1] in b"+- " and line.strip() not in (b"", b"--"):
            self.fail("the hunk is longer than its header says")
        elif line.startswith(b"--- ") and (section is None or section.git is None or section.new is None):
            if (section is not None and section.git is not None) or self.at + 1 == len(self.lines):
                self.fail("a line with +++ must follow")
        elif section is not None and not section.hunks:
            self._about(section, line)
        elif _ONE_SIDED.match(line) and (section is None or section.git is None):
            self.fail("it leaves out a file that is on one side only", hint="write it with -N")

    def _about(self, section: _Section, line: bytes) -> None:
        """Take what a header says of its file, besides its names."""
        word, _, rest = line.partition(b" ")
        if line.startswith((b"rename from ", b"copy from ")):
            section.source = self._name(unquoted, rest[5:])
        elif line.startswith((b"rename to ", b"copy to ")):
            section.target, section.kind = self._name(unquoted, rest[3:]), "renamed"
        elif line.startswith(b"new file mode "):
            section.kind = "added"
        elif line.startswith(b"deleted file mode "):
            section.kind, section.blobs = "deleted", False
        elif word == b"index" and section.git is not None:
            after = rest.split(b" ")[0].partition(b"..")[2]
            section.blobs = section.kind != "deleted" and not after.startswith((b"e69de29", b"473a0f4c"))
        elif line.startswith((b"Binary file", b"GIT binary patch", b"Cannot display: ")):
            section.kind, section.blobs, self.owed = "binary", False, 0
        elif _ONE_SIDED.match(line) and section.git is None:
            self.fail("it leaves out a file that is on one side only", hint="write it with -N")

    def _hunk(self, line: bytes) -> None:
        found = _HUNK.match(line)
        if found is None:
            self.fail("this is no header of a hunk")
        if self.section is None or self.section.new is None:
            self.fail("a hunk without the names of its file")
        self.owed = 0
        self.section.hunks += 1
        start, count = found[2], found[3] or b"1"
        if max(len(start), len(count)) > _DIGITS or int(start) + int(count) - 1 > self.most_line:
            self.fail(f"it speaks of lines beyond {self.most_line:,}", hint="the bound is limits.line")
        added, removed = self._body(found[1], found[3], int(start))
        self.section.added |= added
        self.section.removed += removed

    def _body(self, old: bytes | None, new: bytes | None, number: int) -> tuple[int, int]:
        """Take the lines of a hunk, as many as its header says; `number` is that of its first new one.

        Returns the added lines as a bit set, and how many were removed.
        """
        begin, first, added, removed = self.at + 1, number, 0, 0
        left_old, left_new = int((old or b"1")[:_DIGITS]), int((new or b"1")[:_DIGITS])
        while left_old > 0 or left_new > 0:
            self.at += 1
            if self.at == len(self.lines):
                self.fail("it ends within a hunk", begin)
            sign = self.lines[self.at][:1]
            if sign == b"+":
                left_new -= 1
                number += 1
                continue
            if sign == b"\\":
                continue
            added |= _run(first, number)
            if sign == b"-":
                left_old -= 1
                removed += 1
            elif sign in b" \r\t":  # also an empty line: some mailers cut the space off
                left_old, left_new, number = left_old - 1, left_new - 1, number + 1
            else:
                self.fail("a line of a hunk begins with a space, + or -")
            first = number
        if left_old or left_new:
            self.fail("the hunk is longer than its header says")
        self.after_hunk = True
        return added | _run(first, number), removed

    def _close(self) -> None:
        """End the file at hand."""
        section, self.section = self.section, None
        if self.owed:
            self.fail("a hunk must follow the names of a file", self.owed)
        if section is None:
            return
        file = self._file(section)
        if file.kind != "deleted":  # a file that became a link is deleted and added
            if file.path in self.seen:
                self.fail(f"{file.path} is changed twice, as in a series of patches", section.line)
            self.seen.add(file.path)
        self.done.append(file)

    def _file(self, section: _Section) -> DiffFile:
        kind, old, new = section.kind, section.old, section.new
        try:
            names = in_git_header(section.git) if section.git is not None else None
        except ValueError as error:
            self.fail(str(error), section.line)
        if old == NULL:
            kind = "added"
        elif new == NULL:
            kind = "deleted"
        path = section.target or path_between(old, new, names) or header_name(section.index or b"")
        if not path:
            self.fail("the name of the file cannot be told", section.line)
        return DiffFile(
            path=path, kind=kind, added=section.added, removed=section.removed, was=section.source
        )


def _run(first: int, after: int) -> int:
    """Return the lines from `first` to before `after` as a bit set."""
    return ((1 << (after - first)) - 1) << first
