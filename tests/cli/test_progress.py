"""The bar: only where a person watches standard error, and only for long work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.small_evidence import HEALTHY

pty = pytest.importorskip("pty", reason="a terminal of POSIX")

PATIENT = (
    "import sys; from reportgen.cli import main; sys.exit(main(['build', 'a.xml', 'b.xml', '-o', 'out']))"
)
AT_ONCE = f"import reportgen.cli.progress as p; p._PATIENCE = -1; {PATIENT}"


def on_a_terminal(folder: Path, code: str) -> bytes:
    """Run Python with standard error on a terminal, and return what was seen there."""
    (folder / "a.xml").write_text(HEALTHY)
    (folder / "b.xml").write_text(HEALTHY)
    ours, theirs = os.openpty()
    env = {**os.environ, "TERM": "xterm"}
    ran = subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, stderr=theirs, stdout=subprocess.DEVNULL, env=env
    )
    os.close(theirs)
    seen = b""
    while chunk := _read(ours):
        seen += chunk
    os.close(ours)
    assert ran.wait(timeout=30) == 0, seen
    return seen


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how a terminal says that nobody writes to it any more
        return b""


def test_long_work_has_a_bar_that_goes(folder: Path) -> None:
    seen = on_a_terminal(folder, AT_ONCE)
    assert b"reading" in seen
    assert b"verdict: pass" in seen.splitlines()[-1]


def test_short_work_has_none(folder: Path) -> None:
    seen = on_a_terminal(folder, PATIENT)
    assert b"reading" not in seen
    assert seen.startswith(b"verdict: pass")
