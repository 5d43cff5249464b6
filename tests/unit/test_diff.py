"""Reading diffs: what each producer writes, and each way to be broken."""

from __future__ import annotations

import pytest

from reportgen.diff import parse_diff
from reportgen.errors import UsageError
from reportgen.model.coverage import lines_of

GIT = "diff --git a/src/a.py b/src/a.py\nindex 1..2 100644\n"
PAIR = "--- a/src/a.py\n+++ b/src/a.py\n"
HUNK = "@@ -1,3 +1,4 @@ def f():\n one\n-two\n+TWO\n+more\n three\n"

Row = tuple[str, str, list[int], int]


def read(text: str) -> list[Row]:
    files = parse_diff(text.encode(), "d.diff", most_line=1_000_000).files
    return [(file.kind, file.path, list(lines_of(file.added)), file.removed) for file in files]


CHANGED: list[Row] = [("changed", "src/a.py", [2, 3], 1)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("", [], id="nothing changed"),
        pytest.param("\n\n", [], id="blank"),
        pytest.param(GIT + PAIR + HUNK, CHANGED, id="git"),
        pytest.param((GIT + PAIR + HUNK).replace("\n", "\r\n"), CHANGED, id="CRLF"),
        pytest.param("\ufeff" + GIT + PAIR + HUNK, CHANGED, id="byte order mark"),
        pytest.param(PAIR + HUNK, CHANGED, id="no header of git"),
        pytest.param(
            "diff --git i/src/a.py w/src/a.py\n--- i/src/a.py\n+++ w/src/a.py\n" + HUNK,
            CHANGED,
            id="mnemonic",
        ),
        pytest.param(
            "diff --git src/a.py src/a.py\n--- src/a.py\n+++ src/a.py\n" + HUNK, CHANGED, id="no prefix"
        ),
        pytest.param(
            "diff -ru old/src/a.py new/src/a.py\n--- old/src/a.py\t2026-01-01\n+++ new/src/a.py\t2026-01-02\n"
            + HUNK,
            CHANGED,
            id="GNU diff of folders",
        ),
        pytest.param("--- src/a.py.orig\n+++ src/a.py\n" + HUNK, CHANGED, id="GNU diff of two files"),
        pytest.param(
            "Index: src/a.py\n=====\n--- src/a.py\t(revision 1)\n+++ src/a.py\t(working copy)\n"
            + HUNK
            + "\nProperty changes on: src/a.py\n___\nAdded: svn:mime\n## -0,0 +1 ##\n+text\n\\ No newline\n",
            CHANGED,
            id="Subversion with a property",
        ),
        pytest.param(
            "Index: a.bin\n=====\nCannot display: file marked as a binary type.\n",
            [("binary", "a.bin", [], 0)],
            id="Subversion, binary",
        ),
        pytest.param(
            "diff --git a/x y.py b/x y.py\n--- a/x y.py\t\n+++ b/x y.py\t\n@@ -1 +1 @@\n-1\n+2\n",
            [("changed", "x y.py", [1], 1)],
            id="counts left out, spaces in the name",
        ),
        pytest.param(
            'diff --git "a/caf\\303\\251.py" "b/caf\\303\\251.py"\nnew file mode 100644\nindex 0..1\n'
            '--- /dev/null\n+++ "b/caf\\303\\251.py"\n@@ -0,0 +1,2 @@\n+1\n+2\n',
            [("added", "café.py", [1, 2], 0)],
            id="quoted, new",
        ),
        pytest.param(
            "diff --git b/x.py b/x.py\nnew file mode 100644\n--- /dev/null\n+++ b/x.py\n@@ -0,0 +1 @@\n+1\n",
            [("added", "b/x.py", [1], 0)],
            id="a new file in a folder b, no prefix",
        ),
        pytest.param(
            "--- /dev/null\n+++ b/x.py\n@@ -0,0 +1 @@\n+1\n", [("added", "x.py", [1], 0)], id="hg, new"
        ),
        pytest.param(
            "diff --git a/x.py b/x.py\ndeleted file mode 100644\n--- a/x.py\n+++ /dev/null\n"
            "@@ -1 +0,0 @@\n-1\n",
            [("deleted", "x.py", [], 1)],
            id="deleted",
        ),
        pytest.param(
            "diff --git a/x.py b/y.py\nsimilarity index 90%\nrename from x.py\nrename to y.py\nindex 1..2\n"
            "--- a/x.py\n+++ b/y.py\n@@ -5,0 +6 @@\n+1\n",
            [("renamed", "y.py", [6], 0)],
            id="renamed and changed",
        ),
        pytest.param(
            "diff --git a/x.py b/y.py\nsimilarity index 100%\nrename from x.py\nrename to y.py\n",
            [("renamed", "y.py", [], 0)],
            id="renamed alone",
        ),
        pytest.param(
            "diff --git a/x b/x\nindex 1..2\nBinary files a/x and b/x differ\n",
            [("binary", "x", [], 0)],
            id="binary",
        ),
        pytest.param(
            "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n",
            [("added", "x", [], 0)],
            id="a new, empty file",
        ),
        pytest.param(
            "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", [("changed", "x", [], 0)], id="mode"
        ),
        pytest.param(
            PAIR + "@@ -1,2 +1,2 @@\n-x\n\\ No newline at end of file\n+y\n\n\\ No newline at end of file\n",
            [("changed", "src/a.py", [1], 1)],
            id="no newline at the end, an empty context line",
        ),
        pytest.param(
            PAIR + "@@ -1,2 +1,2 @@\n--- a\n-+ b\n+++ b\n+-- a\n",
            [("changed", "src/a.py", [1, 2], 2)],
            id="lines that look like headers",
        ),
        pytest.param(
            "From 1 Mon\nSubject: x\n\n- a bullet\n--- a rule\n---\n a.py | 2 +-\n\n"
            + GIT
            + PAIR
            + HUNK
            + "-- \n2.40.1\n",
            CHANGED,
            id="a patch in a mail",
        ),
        pytest.param(
            "diff --git a/x b/x\ndeleted file mode 120000\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-y\n"
            "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+y\n",
            [("deleted", "x", [], 1), ("added", "x", [1], 0)],
            id="a link that became a file",
        ),
    ],
)
def test_what_is_read(text: str, rows: list[Row]) -> None:
    assert read(text) == rows


def test_what_powershell_writes() -> None:
    data = "\ufeff".encode("utf-16-le") + (PAIR + HUNK).replace("\n", "\r\n").encode("utf-16-le")
    (file,) = parse_diff(data, "d", most_line=10).files
    assert (file.path, list(lines_of(file.added))) == ("src/a.py", [2, 3])


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("hello\nworld\n", 1, "no change in the unified format"),
        ("*** a\n--- b\n***************\n*** 1 ****\n", 1, "context diff"),
        ("\x1b[1mdiff --git a/x b/x\x1b[m\n", 1, "coloured"),
        ("diff --cc x\nindex 1,2..3\n", 1, "combined"),
        (PAIR + "@@@ -1,2 -1,2 +1,3 @@@\n", 3, "combined"),
        (PAIR, 2, "a hunk must follow"),
        (PAIR + PAIR + HUNK, 2, "a hunk must follow"),
        (PAIR + "@@ -1,3 +1,x @@\n one\n", 3, "no header of a hunk"),
        (PAIR + HUNK + "@@ damaged\n+x\n", 9, "no header of a hunk"),
        (PAIR + HUNK[:-7], 3, "ends within a hunk"),
        (PAIR + HUNK + "+another\n", 9, "longer than its header says"),
        (PAIR + "@@ -1,2 +1 @@\n-a\n+b\n+c\n", 3, "ends within a hunk"),
        (PAIR + "@@ -1,2 +1,2 @@\n one\ntwo\n", 5, "begins with a space"),
        ("@@ -1 +1 @@\n-a\n+b\n", 1, "without the names"),
        (GIT, 2, "ends before the change"),
        (GIT + "--- a/src/a.py\n", 3, "+++ must follow"),
        (PAIR + "@@ -1 +99999999999999999999 @@\n-a\n+b\n", 3, "beyond"),
        (PAIR + "@@ -1 +1000000,2 @@\n-a\n+b\n+c\n", 3, "beyond"),
        ('--- "a/x\n+++ "b/x\n@@ -1 +1 @@\n-a\n+b\n', 1, "does not end"),
        ('--- "a/\\q"\n+++ "b/\\q"\n@@ -1 +1 @@\n-a\n+b\n', 1, "no escape"),
        (PAIR + HUNK + PAIR + HUNK, 9, "changed twice"),
        ("Only in new: x.py\n" + PAIR + HUNK, 1, "one side only"),
        (PAIR + HUNK + "Only in new: x.py\n", 9, "one side only"),
    ],
)
def test_what_is_refused_and_where(text: str, line: int, word: str) -> None:
    with pytest.raises(UsageError, match="the diff cannot be read") as refused:
        read(text)
    assert word in refused.value.message
    assert refused.value.message.startswith(f"d.diff:{line}: ")
    assert refused.value.hint
