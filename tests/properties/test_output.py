"""The law of writing: killed at any moment, each report is whole or not there, and no other file is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.output import remove_stale, write_reports

NAMES = ("report.md", "report.html", "audit.json")
SIZE = 400_000
_WRITING = f"""
import itertools, sys
from pathlib import Path
from reportgen.output import remove_stale, write_reports
targets = [Path(sys.argv[1], name) for name in {NAMES!r}]
for number, letter in enumerate(itertools.cycle("abcdefgh")):
    if number == 1:
        print("ready", flush=True)
    remove_stale(targets)
    write_reports({{target: letter * {SIZE} for target in targets}})
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only a file without a name can vanish with a kill")
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("microseconds", [0, 700, 1900, 3100, 4700, 7300, 11_100, 15_300])
def test_killed_at_any_moment_a_report_is_whole_or_not_there(
    tmp_path: Path, way: signal.Signals, microseconds: int
) -> None:
    targets = [tmp_path / name for name in NAMES]
    write_reports(dict.fromkeys(targets, "last night's green"))
    with subprocess.Popen(  # it writes on and on, so any moment is a moment of writing
        [sys.executable, "-c", _WRITING, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"ready\n"
        try:
            time.sleep(microseconds / 1e6)
            run.send_signal(way)
            run.wait(30)
        finally:
            run.kill()
    texts = [target.read_text() for target in targets if target.exists()]
    assert {len(text) for text in texts} <= {SIZE}, "a half-written report stands"
    assert len(set("".join(sorted(set(texts))))) <= 1, "reports of two runs stand side by side"
    assert {path.name for path in tmp_path.iterdir()} <= set(NAMES), "a draft stands"
    remove_stale(targets)
    assert list(tmp_path.iterdir()) == []
