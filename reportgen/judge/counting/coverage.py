"""Coverage by file, folder and layer, and the files where one more test would help most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from reportgen.judge.cited import cited
from reportgen.judge.counting.ranges import missing_lines
from reportgen.judge.counting.sources import Sources
from reportgen.judge.failing.own_code import is_test_file
from reportgen.model.audit_coverage import AuditCoverage, FileMeasure, LayerCoverage, Measure, measure
from reportgen.model.audit_tests import AuditTests, LayerCounts
from reportgen.model.coverage import Ratio
from reportgen.model.evidence import Evidence, JoinedCoverage, JoinedFile
from reportgen.model.figures import percent

MOST_GAIN = 10


def coverage_of(evidence: Evidence, tests: AuditTests | None, sources: Sources) -> AuditCoverage | None:
    """Recompute coverage from the joined sets; None where no evidence holds coverage."""
    coverage = evidence.coverage
    if coverage is None:
        return None
    lines = coverage.line_counts()
    branches = coverage.branch_counts()
    files = tuple(_file(file) for file in coverage.files)
    return AuditCoverage(
        files=len(files),
        lines=measure(lines),
        branches=None if branches is None else measure(branches),
        percent=percent(lines.covered, lines.total),
        combined=combined(lines, branches),
        by_tests=_by_tests(coverage, lines),
        only_at_import=_only_at_import(coverage),
        by_file=files,
        by_folder=_folders(files),
        by_layer=_layers(evidence, coverage, {} if tests is None else tests.by_layer),
        gain=_gain(files),
        excluded=coverage.excluded,
        unlisted_lines=coverage.unlisted_lines,
        evidence=sources.of_kind["coverage"],
    )


def combined(lines: Ratio, branches: Ratio | None) -> Fraction | None:
    """Return the percentage of lines and branches together, as coverage.py defines it."""
    if lines.total is None or (branches is not None and branches.total is None):
        return None
    covered, total = (0, 0) if branches is None else (branches.covered, branches.total or 0)
    return percent(lines.covered + covered, lines.total + total)


def _by_tests(coverage: JoinedCoverage, lines: Ratio) -> Measure | None:
    count = coverage.by_tests_count()
    return None if count is None else measure(Ratio(count, lines.total))


def _only_at_import(coverage: JoinedCoverage) -> int | None:
    """Count the lines that ran, but in no test's context, over the files whose contexts are known."""
    known = [file for file in coverage.files if file.by_tests is not None]
    if not known:
        return None
    return sum((file.covered & ~(file.by_tests or 0)).bit_count() for file in known)


def _file(file: JoinedFile) -> FileMeasure:
    return FileMeasure(
        path=file.path,
        lines=measure(file.lines),
        branches=None if file.branches is None else measure(file.branches),
        missing="" if file.executable is None else missing_lines(file.executable, file.covered),
        by_tests=None if file.by_tests is None else file.by_tests.bit_count(),
        layers=tuple(sorted(file.by_layer)),
        evidence=file.evidence,
    )


def _folders(files: tuple[FileMeasure, ...]) -> tuple[FileMeasure, ...]:
    grouped: dict[str, list[FileMeasure]] = defaultdict(list)
    for file in files:
        grouped[file.path.rpartition("/")[0] or "."].append(file)
    return tuple(_folder(path, grouped[path]) for path in sorted(grouped))


def _folder(path: str, files: list[FileMeasure]) -> FileMeasure:
    branches = [file.branches for file in files if file.branches is not None]
    by_tests = [file.by_tests for file in files if file.by_tests is not None]
    return FileMeasure(
        path=path,
        lines=_total([file.lines for file in files]),
        branches=_total(branches) if branches else None,
        by_tests=sum(by_tests) if by_tests else None,
        layers=tuple(sorted({layer for file in files for layer in file.layers})),
        evidence=cited(*(file.evidence for file in files)),
    )


def _total(measures: list[Measure]) -> Measure:
    totals = [each.total for each in measures if each.total is not None]
    whole = len(totals) == len(measures)
    return measure(Ratio(sum(each.covered for each in measures), sum(totals) if whole else None))


def _layers(
    evidence: Evidence, coverage: JoinedCoverage, tests: Mapping[str, LayerCounts]
) -> tuple[LayerCoverage, ...]:
    ratios: dict[str, list[Ratio]] = defaultdict(list)
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    of_layer = {item.id: item.layer for item in evidence.items}
    for file in coverage.files:
        for layer, (executable, covered) in file.by_layer.items():
            ratios[layer].append(layer_ratio(file, executable, covered))
            cited[layer].update((each, None) for each in file.evidence if of_layer.get(each, layer) == layer)
    return tuple(_layer(name, _sum(ratios[name]), tests, tuple(cited[name])) for name in sorted(ratios))


def layer_ratio(file: JoinedFile, executable: int, covered: int) -> Ratio:
    """Return what a layer reached of a file, of the lines that it lists, else that any evidence lists."""
    lines = executable or file.executable
    return (
        Ratio(covered.bit_count(), None)
        if lines is None
        else Ratio((covered & lines).bit_count(), lines.bit_count())
    )


def _sum(ratios: list[Ratio]) -> Ratio:
    totals = [ratio.total for ratio in ratios if ratio.total is not None]
    return Ratio(sum(ratio.covered for ratio in ratios), sum(totals) if len(totals) == len(ratios) else None)


def _layer(
    name: str, lines: Ratio, tests: Mapping[str, LayerCounts], evidence: tuple[str, ...]
) -> LayerCoverage:
    reason = layer_not_applicable(name, tests)
    if reason:
        return LayerCoverage(name=name, lines=None, reason=reason, evidence=evidence)
    told = "" if lines.total is not None else "no evidence lists the executable lines"
    return LayerCoverage(name=name, lines=measure(lines), reason=told, evidence=evidence)


def layer_not_applicable(name: str, tests: Mapping[str, LayerCounts]) -> str:
    """Say why a layer's coverage says nothing (no test of it ran), empty where it does say something."""
    if name in tests:
        return "" if tests[name].ran else "no test of this layer ran"
    if not tests or name == "default":
        return ""
    return "there are no test results of this layer"


def _gain(files: tuple[FileMeasure, ...]) -> tuple[str, ...]:
    """Return the files with the most lines that never ran; test files only where there are no others."""
    missed = [(file.lines.covered - (file.lines.total or 0), file.path) for file in files]
    candidates = sorted(pair for pair in missed if pair[0] < 0)
    sources = [pair for pair in candidates if not is_test_file(pair[1])]
    return tuple(path for _, path in (sources or candidates)[:MOST_GAIN])
