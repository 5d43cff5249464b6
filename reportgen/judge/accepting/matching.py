"""What a waiver names, looked up: findings by rule, path and fingerprint, tests by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.judge.failing.phases import FAILING
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.globs import fits
from reportgen.model.waivers import Waiver


class Findings:
    """Findings by rule and path, so that a pattern is held to each of them once."""

    def __init__(self, findings: Iterable[JoinedFinding]) -> None:
        self._by_rule: dict[str, dict[str, list[JoinedFinding]]] = {}
        self._by_fingerprint: dict[str, list[JoinedFinding]] = {}
        for finding in findings:
            self._by_rule.setdefault(finding.rule, {}).setdefault(finding.path, []).append(finding)
            if finding.fingerprint:
                self._by_fingerprint.setdefault(finding.fingerprint, []).append(finding)

    def named_by(self, waiver: Waiver) -> list[JoinedFinding]:
        """Return the findings, of any state, that a waiver names."""
        if waiver.fingerprint:
            same = self._by_fingerprint.get(waiver.fingerprint, ())
            return [finding for finding in same if waiver.fits_finding(finding)]
        return [
            finding
            for by_path in self._of_rule(waiver.rule)
            for path, findings in by_path.items()
            if not waiver.path or fits(waiver.path, path)
            for finding in findings
        ]

    def _of_rule(self, rule: str) -> Iterator[dict[str, list[JoinedFinding]]]:
        if rule and not rule.endswith("*"):
            yield self._by_rule.get(rule, {})
        else:
            yield from (by_path for name, by_path in self._by_rule.items() if name.startswith(rule[:-1]))


class Cases:
    """Tests by id, and apart from the others those that a waiver can cover."""

    def __init__(self, cases: Iterable[JoinedCase]) -> None:
        self._cases = {case.id: case for case in cases}
        self._open = {id_: case for id_, case in self._cases.items() if case.flaky or case.outcome in FAILING}

    def open_by(self, waiver: Waiver) -> tuple[str, ...]:
        """Return the ids of the failing and flaky tests that a waiver names."""
        return _ids(waiver, self._open)

    def named_by(self, waiver: Waiver) -> tuple[str, ...]:
        """Return the ids of all tests that a waiver names."""
        return _ids(waiver, self._cases)


def _ids(waiver: Waiver, cases: dict[str, JoinedCase]) -> tuple[str, ...]:
    if "*" not in waiver.test:
        return (waiver.test,) if waiver.test in cases else ()
    return tuple(case.id for case in cases.values() if waiver.fits_test(case))
