"""A large policy over many linked tests: makes it, judges it, and tells how the time grows with its size.

    python -m benchmarks.policy [--rounds 5] [--checks 500] [--requirements 2000] [--tests 50000]
    python -m benchmarks.policy --make FOLDER --scale 2
    python -m benchmarks.policy --judge FOLDER

Once and twice the size are judged in turns, each in a process of its own; the least processor time of each is
compared. Reading the evidence is not in it; loading the policy is told apart.
"""

# ruff: noqa: PLC0415 - a measuring process imports what it measures, before it measures
from __future__ import annotations

import argparse
import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

SEED = 20261120
MOST = 2.2
LAYERS = ("unit", "integration", "e2e")
TESTS_A_CLASS = 25
FAILING = 50  # one test in so many fails
RULES = 40
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Load:
    """How many checks, requirements, and tests that are linked to them."""

    checks: int = 500
    requirements: int = 2_000
    tests: int = 50_000

    def times(self, scale: int) -> Load:
        """Return so many times as much of everything."""
        return Load(self.checks * scale, self.requirements * scale, self.tests * scale)

    @property
    def files(self) -> int:
        """How many source files there are."""
        return self.tests // 100

    @property
    def components(self) -> int:
        """How many components own these files."""
        return max(1, self.requirements // 100)


def make(folder: Path, load: Load) -> None:
    """Write the policy, its requirements and the evidence; always the same bytes."""
    (folder / "requirements.csv").write_text("\n".join(_requirements(load)) + "\n")
    (folder / "reportgen.toml").write_text("\n".join(_policy(load)) + "\n")
    evidence = folder / "evidence"
    evidence.mkdir()
    for number, layer in enumerate(LAYERS):
        (evidence / f"junit-{layer}.xml").write_text("\n".join(_junit(load, number)))
    (evidence / "coverage-unit.xml").write_text("\n".join(_cobertura(load)))
    (evidence / "ruff.json").write_text(json.dumps(list(_findings(load))))


def _class(number: int) -> str:
    return f"tests.pkg_{number // 40:04}.test_module_{number:06}.TestThing"


def _path(number: int) -> str:
    return f"src/pkg_{number // 25:04}/module_{number:06}.py"


def _requirements(load: Load) -> Iterator[str]:
    """Yield every second requirement with a pattern; the others are named by their tests."""
    yield "id,title,owner,criticality,paths,tests"
    for number in range(load.requirements):
        tests = f"{_class(number)}*" if number % 2 else ""
        path = _path(number % load.files)
        yield f"REQ-{number:06},It does thing {number},team-{number % 7},high,{path},{tests}"


def _policy(load: Load) -> Iterator[str]:
    yield 'title = "A large policy"\ninputs = ["evidence"]\n[requirements]\nfiles = ["requirements.csv"]'
    yield '[matrix]\nlayers = ["unit", "integration", "e2e"]'
    for number in range(load.components):
        yield f'[subjects.component_{number}]\nvalue = "${number}K"\npaths = ["src/pkg_{number:04}/**"]'
        yield f'tests = [{{path = "tests/pkg_{number:04}/**"}}]'
    conditions = list(_conditions(load))
    half, most = len(conditions) // 2, len(conditions) * 4 // 5
    for number, condition in enumerate(conditions[:half]):
        if number % 25 == 0:
            yield f"[criteria.dimension_{number // 25}]\nweight = 1"
        yield f"[[criteria.dimension_{number // 25}.checks]]\nid = \"check-{number}\"\npass = '{condition}'"
    for number, condition in enumerate(conditions[half:most]):
        yield f"[gates.gate-{number}]\ncondition = '{condition}'\notherwise = \"warn\""
    for number, condition in enumerate(conditions[most:]):
        yield f'[[checklist]]\nid = "item-{number}"\ntext = "Item {number}"\ncondition = \'{condition}\''


def _conditions(load: Load) -> Iterator[str]:
    draw = random.Random(SEED)
    requirements = [f"REQ-{draw.randrange(load.requirements):06}" for _ in range(load.checks)]
    kinds = (
        lambda n: f'subjects["{requirements[n]}"].tests.failed == 0',
        lambda n: f"subjects.component_{n % load.components}.tests.percent >= 90",
        lambda n: f"subjects.component_{n % load.components}.coverage.lines.percent >= {n % 100}",
        lambda n: f'findings.rules["R{n % RULES:03}"] == 0',
        lambda n: f"layers.{LAYERS[n % 3]}.tests.failed <= {n % 5}",
        lambda n: f"tests.failed == 0 and coverage.lines.percent >= {n % 100}",
        lambda n: f'subjects["{requirements[n]}"].findings.open <= {n % 3}',
        lambda n: f"100 * tests.errored / tests.total <= {n % 3}",
        lambda n: f'paths["src/pkg_{n % load.components:04}/**"].coverage.lines.percent >= {n % 100}',
    )
    for number in range(load.checks):
        yield kinds[number % len(kinds)](number)


def _junit(load: Load, layer: int) -> Iterator[str]:
    yield '<testsuites><testsuite name="pytest">'
    for number in range(layer, load.tests // TESTS_A_CLASS, len(LAYERS)):
        for place in range(TESTS_A_CLASS):
            one = number * TESTS_A_CLASS + place
            yield f'<testcase classname="{_class(number)}" name="test_{one}" time="0.0{one % 9 + 1}">'
            if number % 2 == 0:
                name = f"REQ-{(number + place % 2 * 2) % load.requirements:06}"
                yield f'<properties><property name="requirement" value="{name}"/></properties>'
            if one % FAILING == 0:
                yield f'<failure message="assert {one} == {one % 7}">x.py:{one % 90}: bad</failure>'
            yield "</testcase>"
    yield "</testsuite></testsuites>"


def _cobertura(load: Load) -> Iterator[str]:
    yield '<coverage version="7.0"><packages><package name="src"><classes>'
    for number in range(load.files):
        yield f'<class name="m{number}" filename="{_path(number)}"><lines>'
        yield "".join(f'<line number="{line}" hits="{line * number % 3}"/>' for line in range(1, 41))
        yield "</lines></class>"
    yield "</classes></package></packages></coverage>"


def _findings(load: Load) -> Iterator[dict[str, object]]:
    for number in range(load.tests // 25):
        place = {"row": number % 40 + 1, "column": 1}
        yield {
            "code": f"R{number % RULES:03}",
            "message": "A finding",
            "filename": _path(number % load.files),
            "location": place,
            "end_location": place,
            "noqa_row": place["row"],
            "url": None,
            "fix": None,
        }


def judge_it(folder: Path) -> dict[str, float]:
    """Judge what `make` wrote; return the processor seconds of loading the policy, and of judging."""
    from reportgen.config import load_config
    from reportgen.judge import judge
    from reportgen.pipeline import gather

    start = time.process_time()
    config = load_config(cwd=folder)
    loaded = time.process_time() - start
    evidence = gather(config)
    gc.collect()
    gc.disable()  # as the command line does
    start = time.process_time()
    audit = judge(evidence, config.policy, generated_at=datetime(2026, 12, 1, tzinfo=UTC))
    judged = time.process_time() - start
    linked = sum(len(subject.cases) for subject in audit.subjects)
    return {"load": loaded, "judge": judged, "linked": linked, "gates": len(audit.gates)}


def judged(folder: Path) -> dict[str, float]:
    """Judge in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.policy", "--judge", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


def compare(load: Load, rounds: int) -> int:
    """Judge once and twice the size in turns, and print the least time of each; 1 if it grows too fast."""
    took: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        for scale in took:
            place = Path(folder) / str(scale)
            place.mkdir()
            make(place, load.times(scale))
        for _ in range(rounds):
            for scale, rows in took.items():
                rows.append(judged(Path(folder) / str(scale)))
    ratios: dict[str, float] = {}
    for what in ("load", "judge"):
        once, twice = (min(row[what] for row in took[scale]) for scale in (1, 2))
        ratios[what] = twice / once
        print(
            f"{what}: {once:.3f} s, twice the size {twice:.3f} s, ratio {twice / once:.2f} (at most {MOST})"
        )
    print(f"{took[1][0]['linked']:,.0f} and {took[2][0]['linked']:,.0f} links of tests to subjects")
    return int(ratios["judge"] > MOST)


def main() -> int:
    """Make, judge or compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shipped = Load()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--checks", type=int, default=shipped.checks)
    parser.add_argument("--requirements", type=int, default=shipped.requirements)
    parser.add_argument("--tests", type=int, default=shipped.tests)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--make", type=Path)
    parser.add_argument("--judge", type=Path)
    given = parser.parse_args()
    load = Load(given.checks, given.requirements, given.tests).times(given.scale)
    if given.judge:
        print(json.dumps(judge_it(given.judge)))
        return 0
    if given.make:
        given.make.mkdir(parents=True, exist_ok=True)
        make(given.make, load)
        return 0
    return compare(load, given.rounds)


if __name__ == "__main__":
    sys.exit(main())
