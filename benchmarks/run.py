"""Measures reportgen against the named yardsticks, side by side in one run, and prints a table of ratios.

    python -m benchmarks.run [--size M] [--rounds 5] [--check]

Each measurement is a process of its own; subject and yardstick take turns, and medians are compared. Time is
processor time (user and system), which other work on the machine disturbs least. With --check the exit code
is 1 if a target is missed; there are targets for size M only.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.make_evidence import SIZES, make_all
from benchmarks.policy import MOST, Load, judged, make as make_policy

MB = 1_000_000
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Took:
    """What one process took: processor seconds, and peak memory in bytes where it tells."""

    seconds: float
    peak: int


@dataclass(frozen=True)
class Row:
    """A line of the table. `most` is the highest ratio that is on target, `most_peak` the highest peak."""

    name: str
    subject: Callable[[], Took]
    against: str
    yardstick: Callable[[], Took]
    most: float | None = None
    most_peak: int | None = None
    extra: float | None = None  # seconds on top of the yardstick


def work(name: str, *folders: Path) -> Callable[[], Took]:
    """Return what measures a piece of work of `benchmarks.measured`."""
    command = [sys.executable, "-m", "benchmarks.measured", name, *map(str, folders)]

    def measured() -> Took:
        done = _run(command)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
        told = json.loads(done.stdout)
        return Took(told["cpu"], told["peak"])

    return measured


def process(*command: str, ok: tuple[int, ...] = (0,)) -> Callable[[], Took]:
    """Return what measures a whole process, from start to end."""

    def measured() -> Took:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = _run([sys.executable, *command])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in ok:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
        return Took(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, 0)

    return measured


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run as an installed program runs: with its modules compiled, which the first round does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, env=kept)


def policy(folder: Path, scale: int) -> Callable[[], Took]:
    """Return what measures judging by a large policy, so many times as large as issue 5 names it."""
    folder.mkdir(parents=True)
    make_policy(folder, Load().times(scale))

    def measured() -> Took:
        return Took(judged(folder)["judge"], 0)

    return measured


def whole_report(evidence: Path, out: Path) -> Callable[[], Took]:
    """Return what measures `reportgen build` of Markdown and HTML from tests, coverage and findings."""
    inputs = [str(evidence / kind) for kind in ("fat", "cobertura", "sarif")]
    formats = ("--format", "md,html", "--generated-at", "2026-12-01T00:00:00Z", "-q")
    return process("-m", "reportgen", "build", *inputs, "-o", str(out), *formats, ok=(0, 1, 4))


def rows_for(evidence: Path, out: Path) -> list[Row]:
    """List what is measured, with the targets."""
    fat, lean, cobertura = evidence / "fat", evidence / "lean", evidence / "cobertura"
    sarif, contexts = evidence / "sarif", evidence / "contexts"
    parsing = work("only_parse", fat, cobertura, sarif)
    return [
        Row(
            "JUnit, fat: read and merge",
            work("read_and_merge", fat),
            "lxml.iterparse, clearing",
            work("lxml_iterparse", fat),
            most=2.5,
            most_peak=200 * MB,
        ),
        Row(
            "JUnit, lean: read and merge",
            work("read_and_merge", lean),
            "lxml.iterparse, clearing",
            work("lxml_iterparse", lean),
            most=5,
            most_peak=200 * MB,
        ),
        Row(
            "Cobertura: read and merge",
            work("read_and_merge", cobertura),
            "lxml.iterparse, clearing",
            work("lxml_iterparse", cobertura),
        ),
        Row("SARIF: read and merge", work("read_and_merge", sarif), "json.loads", work("json_loads", sarif)),
        Row(
            "coverage.py contexts: read and merge",
            work("read_and_merge", contexts),
            "sqlite3 rows to integers",
            work("sqlite_rows", contexts),
        ),
        Row(
            "contexts, lean JUnit and Cobertura: read and merge",
            work("read_and_merge", lean, cobertura, contexts),
            "lxml.iterparse, sqlite3 rows",
            work("only_parse", lean, cobertura, contexts),
        ),
        Row(
            "whole report, md and html",
            whole_report(evidence, out),
            "lxml.iterparse and json",
            parsing,
            most=4,
        ),
        Row(
            "whole report, md and html",
            whole_report(evidence, out),
            "lxml trees and json",
            work("only_parse_trees", fat, cobertura, sarif),
        ),
        Row(
            "1,000 checks, 4,000 requirements, 100,000 linked tests: judge",
            policy(evidence.parent / "policy" / "twice", 2),
            "half of each",
            policy(evidence.parent / "policy" / "once", 1),
            most=MOST,
        ),
        Row(
            "reportgen --version",
            process("-m", "reportgen", "--version"),
            "python -c pass",
            process("-c", "pass"),
            extra=0.150,
        ),
    ]


def measure(row: Row, rounds: int) -> tuple[Took, Took]:
    """Let subject and yardstick take turns; return the medians of both."""
    subject: list[Took] = []
    yardstick: list[Took] = []
    for _ in range(rounds):
        yardstick.append(row.yardstick())
        subject.append(row.subject())
    return _median(subject), _median(yardstick)


def _median(took: list[Took]) -> Took:
    return Took(
        statistics.median(one.seconds for one in took), int(statistics.median(one.peak for one in took))
    )


def missed(row: Row, subject: Took, yardstick: Took) -> list[str]:
    """Say which targets were not met."""
    words = []
    if row.most is not None and subject.seconds > row.most * yardstick.seconds:
        words.append(f"over {row.most:g} times")
    if row.most_peak is not None and subject.peak > row.most_peak:
        words.append(f"over {row.most_peak / MB:.0f} MB")
    if row.extra is not None and subject.seconds > yardstick.seconds + row.extra:
        words.append(f"over +{row.extra * 1000:.0f} ms")
    return words


def line_of(row: Row, subject: Took, yardstick: Took, words: list[str]) -> str:
    """Write one line of the table, as Markdown."""
    ratio = f"{subject.seconds / yardstick.seconds:.2f}"
    target = f"≤ {row.most:g}" if row.most is not None else ""
    if row.extra is not None:
        ratio = f"+{(subject.seconds - yardstick.seconds) * 1000:.0f} ms"
        target = f"≤ +{row.extra * 1000:.0f} ms"
    peaks = f"{subject.peak / MB:.0f} / {yardstick.peak / MB:.0f}" if subject.peak and yardstick.peak else ""
    state = ", ".join(words) or ("met" if target else "")
    cells = (
        row.name,
        f"{subject.seconds:.3f}",
        row.against,
        f"{yardstick.seconds:.3f}",
        ratio,
        target,
        peaks,
        state,
    )
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Make the evidence, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="measure only the lines whose name holds this")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a target is missed")
    given = parser.parse_args()
    late = False
    with tempfile.TemporaryDirectory() as folder:
        evidence = Path(folder) / "evidence"
        evidence.mkdir()
        make_all(evidence, SIZES[given.size])
        print(
            f"Size {given.size}, medians of {given.rounds} rounds, Python {sys.version.split()[0]}, ", end=""
        )
        print(f"{os.cpu_count()} processors. Seconds are processor time, memory is the peak in MB.\n")
        print("| what | s | against | s | ratio | target | memory | |")
        print("| --- | ---: | --- | ---: | ---: | --- | --- | --- |")
        for line in rows_for(evidence, Path(folder) / "out"):
            row = line if given.size == "M" else replace(line, most=None, most_peak=None, extra=None)
            if given.only in row.name:
                subject, yardstick = measure(row, given.rounds)
                words = missed(row, subject, yardstick)
                late = late or bool(words)
                print(line_of(row, subject, yardstick, words), flush=True)
    return 1 if late and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
