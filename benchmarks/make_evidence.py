"""Makes evidence to measure with: JUnit, Cobertura, coverage.py data, SARIF; always the same bytes.

python -m benchmarks.make_evidence FOLDER --size M
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

SEED = 20261120
LAYERS = ("unit", "unit", "unit", "integration", "e2e")
CASES_PER_CLASS = 20
FAILING = 50  # one case in so many fails


@dataclass(frozen=True)
class Size:
    """How much: test cases in so many files, source files of so many lines, contexts, results."""

    cases: int
    junit_files: int
    sources: int
    lines: int
    contexts: int
    results: int


SIZES = {
    "S": Size(cases=2_000, junit_files=5, sources=100, lines=300, contexts=500, results=500),
    "M": Size(cases=100_000, junit_files=50, sources=2_000, lines=300, contexts=20_000, results=20_000),
    "L": Size(cases=1_000_000, junit_files=500, sources=20_000, lines=300, contexts=100_000, results=200_000),
}


@dataclass(frozen=True)
class Test:
    """One test: the module it is in, and its name; every class is called TestThing."""

    __test__ = False
    layer: str
    module: str
    name: str

    @property
    def classname(self) -> str:
        """As pytest writes it into a JUnit file."""
        return f"tests.{self.layer}.services.{self.module}.TestThing"

    @property
    def node(self) -> str:
        """As pytest-cov writes it into a context."""
        return f"tests/{self.layer}/services/{self.module.replace('.', '/')}.py::TestThing::{self.name}"


def tests_of(size: Size, file: int) -> Iterator[Test]:
    """Yield the tests of one JUnit file."""
    layer = LAYERS[file % len(LAYERS)]
    for number in range(size.cases // size.junit_files):
        module = f"pkg_{file:03}.test_module_{number // CASES_PER_CLASS:04}"
        yield Test(layer, module, f"test_case_{number:05}_does_it")


def source_path(number: int) -> str:
    """Return the path of a source file; there are fifty to a folder."""
    return f"src/pkg_{number // 50:03}/module_{number % 50:02}.py"


def make_junit(folder: Path, size: Size, *, fat: bool) -> list[Path]:
    """Write the JUnit files, as pytest does; fat ones have properties, a short system-out and tracebacks."""
    draw = random.Random(SEED)
    paths = []
    for file in range(size.junit_files):
        path = folder / f"junit-{file:03}.xml"
        head = (
            '<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest"'
        )
        stamp = f'timestamp="2026-11-20T{file % 24:02}:{file % 60:02}:00.000000+00:00" hostname="ci"'
        count = size.cases // size.junit_files
        failures = len(range(0, count, FAILING))
        with path.open("w", encoding="utf-8") as out:
            out.write(f'{head} errors="0" failures="{failures}" skipped="0" tests="{count}" {stamp}>')
            for number, test in enumerate(tests_of(size, file)):
                out.write(_case(test, number, draw, fat=fat))
            out.write("</testsuite></testsuites>")
        paths.append(path)
    return paths


def _case(test: Test, number: int, draw: random.Random, *, fat: bool) -> str:
    start = (
        f'<testcase classname="{test.classname}" name="{test.name}" time="{draw.randint(1, 900) / 1000:.3f}"'
    )
    inner = ""
    if fat:
        inner = (
            f'<properties><property name="requirement" value="REQ-{number % 997:04}"/></properties>'
            f"<system-out>done on gw{number % 8}</system-out>"
        )
    if number % FAILING == 0:
        inner += _failure(test, number, fat=fat)
    return f"{start}>{inner}</testcase>" if inner else f"{start} />"


def _failure(test: Test, number: int, *, fat: bool) -> str:
    message = f"AssertionError: assert {number} == {number + 1}"
    if not fat:
        return f'<failure message="{message}" />'
    path = test.node.split("::", maxsplit=1)[0]
    frames = "\n".join(
        f"{path}:{line}: in helper_{line}\n    value = compute(first, second, third)  # step {line}"
        for line in range(10, 30)
    )
    return f'<failure message="{message}">{frames}\nE   {message}\n\n{path}:31: AssertionError</failure>'


def make_cobertura(path: Path, size: Size) -> Path:
    """Write one Cobertura file with every source file, as coverage.py does; a line in eight has branches."""
    draw = random.Random(SEED + 1)
    with path.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" ?>\n<coverage version="7.17.3" timestamp="1795171453897">\n')
        out.write("<sources><source>/ci/job/project</source></sources>\n<packages>\n")
        for number in range(size.sources):
            name = source_path(number)
            out.write(
                f'<package name="{name}"><classes><class name="m" filename="{name}"><methods/><lines>\n'
            )
            for line in range(1, size.lines + 1):
                hits = 0 if draw.random() < 0.25 else 1
                branch = ""
                if line % 8 == 0:
                    share = ("0% (0/2)", "50% (1/2)", "100% (2/2)")[draw.randint(0, 2) if hits else 0]
                    branch = f' branch="true" condition-coverage="{share}"'
                out.write(f'\t\t\t\t\t\t<line number="{line * 2}" hits="{hits}"{branch}/>\n')
            out.write("</lines></class></classes></package>\n")
        out.write("</packages></coverage>\n")
    return path


_SCHEMA = """
CREATE TABLE coverage_schema (version integer);
CREATE TABLE meta (key text, value text, unique (key));
CREATE TABLE file (id integer primary key, path text, unique (path));
CREATE TABLE context (id integer primary key, context text, unique (context));
CREATE TABLE line_bits (file_id integer, context_id integer, numbits blob, unique (file_id, context_id));
CREATE TABLE arc (file_id integer, context_id integer, fromno integer, tono integer);
CREATE TABLE tracer (file_id integer primary key, tracer text);
INSERT INTO coverage_schema VALUES (7);
INSERT INTO meta VALUES ('version', '7.17.3'), ('has_arcs', '0');
"""


def make_coverage_data(path: Path, size: Size) -> Path:
    """Write a coverage.py data file in which each test ran ten source files in a context of its own."""
    draw = random.Random(SEED + 2)
    path.unlink(missing_ok=True)
    blobs = [bytes(draw.randrange(256) & 0x55 for _ in range(size.lines // 4)) for _ in range(64)]
    tests = (test for file in range(size.junit_files) for test in tests_of(size, file))
    contexts = [f"{test.node}|run" for test, _ in zip(tests, range(size.contexts), strict=False)]
    with closing(sqlite3.connect(path)) as data, data:
        data.executescript(_SCHEMA)
        data.executemany(
            "INSERT INTO file VALUES (?, ?)",
            ((number + 1, f"/ci/job/project/{source_path(number)}") for number in range(size.sources)),
        )
        data.executemany("INSERT INTO context VALUES (?, ?)", enumerate(["", *contexts], 1))
        data.executemany(
            "INSERT INTO line_bits VALUES (?, ?, ?)",
            (
                (file + 1, context, blobs[draw.randrange(64)])
                for context in range(2, len(contexts) + 2)
                for file in draw.sample(range(size.sources), 10)
            ),
        )
    return path


def make_sarif(path: Path, size: Size) -> Path:
    """Write one SARIF file of fifty rules, as a linter does, with fingerprints and help."""
    draw = random.Random(SEED + 3)
    rules = [
        {
            "id": f"R{number:03}",
            "name": f"rule-{number}",
            "shortDescription": {"text": f"What rule {number} is about."},
            "help": {"text": "Why this matters, and how to mend it. " * 5},
            "helpUri": f"https://example.org/rules/{number}",
            "defaultConfiguration": {"level": ("error", "warning", "note")[number % 3]},
        }
        for number in range(50)
    ]
    results = []
    for number in range(size.results):
        rule, line = draw.randrange(50), draw.randint(1, size.lines * 2)
        place = {
            "artifactLocation": {"uri": source_path(draw.randrange(size.sources))},
            "region": {"startLine": line, "startColumn": 5, "endLine": line, "endColumn": 30},
        }
        results.append(
            {
                "ruleId": f"R{rule:03}",
                "ruleIndex": rule,
                "message": {"text": f"The value of `name_{number % 977}` is not what rule {rule} asks for"},
                "locations": [{"physicalLocation": place}],
                "partialFingerprints": {"primaryLocationLineHash": f"{draw.getrandbits(64):016x}:1"},
            }
        )
    driver = {"name": "linter", "version": "1.0.0", "rules": rules}
    log = {"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    path.write_text(json.dumps(log), encoding="utf-8")
    return path


def make_all(folder: Path, size: Size) -> None:
    """Write every kind of evidence into folders of `folder`."""
    for name, fat in (("fat", True), ("lean", False)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        make_junit(folder / name, size, fat=fat)
    for name in ("cobertura", "sarif", "contexts"):
        (folder / name).mkdir(exist_ok=True)
    make_cobertura(folder / "cobertura" / "coverage.xml", size)
    make_sarif(folder / "sarif" / "linter.sarif", size)
    make_coverage_data(folder / "contexts" / ".coverage", size)


def main() -> None:
    """Make the evidence of one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", choices=SIZES, default="M")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    make_all(given.folder, SIZES[given.size])
    for path in sorted(given.folder.iterdir()):
        size = sum(file.stat().st_size for file in path.rglob("*"))
        print(f"{size / 1e6:9.1f} MB  {path.name}")


if __name__ == "__main__":
    main()
