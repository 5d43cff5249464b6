"""What an issue does: which subjects it leaves unprotected, else which tests and gates it fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reportgen.judge.gating.gates import Checked
from reportgen.judge.ground import Ground
from reportgen.judge.planning.moving import moved_cases, moved_findings
from reportgen.judge.planning.moving_rows import names_of_subjects
from reportgen.judge.wording import joined, sentence, some
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.metrics import keyed_name
from reportgen.model.states import State

_MOST = 3
_IN_THE_WAY = (State.FAIL, State.UNKNOWN)
_FAILURES = frozenset({"tests.failed", "tests.errored", "tests.passed", "tests.percent"})
_IDLE = frozenset({"tests.layers_without_run", "tests.files_without_run", "tests.executed"})
_BROKEN = frozenset({"evidence.unread", "evidence.full", "evidence.read"})


class Impact:
    """Says what issues do, from subjects, layers and gates; made once for a report."""

    def __init__(self, ground: Ground, gates: Iterable[tuple[Checked, State]]) -> None:
        self._ground = ground
        self._subjects = {subject.name: subject for subject in ground.policy.subjects}
        self._gates = [
            (checked.gate.name, frozenset(checked.expression.names))
            for checked, state in gates
            if state in _IN_THE_WAY
        ]
        self._known: dict[frozenset[str], str] = {}

    def is_critical(self, subjects: Iterable[str]) -> bool:
        """Tell whether one of these subjects is of critical worth."""
        return any(
            self._subjects[name].criticality == "critical" for name in subjects if name in self._subjects
        )

    def of_cases(self, cases: Sequence[JoinedCase], subjects: Sequence[str]) -> str:
        """Say what failing tests do."""
        told = self._of_subjects(subjects)
        layers = self._ground.tests.by_layer if self._ground.tests else {}
        counts = Counter(case.layer for case in cases)
        parts = [
            f"{count:,} of {plural(layers[name].executed, 'executed test')} of layer {name}"
            for name, count in sorted(counts.items())
            if name in layers
        ]
        by_it = f"It fails {joined(parts)}." if parts else ""
        moved = moved_cases(cases, self._ground)
        of_layers = {f"{keyed_name('layers', name)}.tests.failed" for name in counts}
        names = {*_FAILURES, *_with_derived({*moved, *of_layers}), *names_of_subjects(subjects, self._ground)}
        return _text(told, by_it, self._blocked(frozenset(names)))

    def of_findings(self, findings: Sequence[JoinedFinding], subjects: Sequence[str]) -> str:
        """Say what findings do."""
        files = {each.path for each in findings if each.path}
        where = f"It is in {plural(len(files), 'file')}." if files else ""
        names = {"findings.open", *moved_findings(findings, self._ground)}
        names |= {f"findings.{each.severity.value}" for each in findings}
        names |= {keyed_name("findings.rules", each.rule) for each in findings}
        return _text(self._of_subjects(subjects), where, self._blocked(frozenset(names)))

    def of_layer(self, name: str) -> str:
        """Say what it does that no test of a layer ran."""
        return _text(f"Nothing is known of what layer {name} protects.", self._blocked(_IDLE))

    def of_evidence(self) -> str:
        """Say what it does that evidence was not read whole."""
        return _text("What it would have told is not known.", self._blocked(_BROKEN))

    def _of_subjects(self, names: Sequence[str]) -> str:
        known = [self._subjects[name] for name in names if name in self._subjects]
        if not known:
            return ""
        shown = [
            f"{each.title or each.name} ({each.value})" if each.value else each.title or each.name
            for each in known[:_MOST]
        ]
        more = len(known) - len(shown)
        rest = [f"{plural(more, 'other subject')}"] if more else []
        return sentence(f"at risk: {joined([*shown, *rest])}")

    def _blocked(self, names: frozenset[str]) -> str:
        """Name the gates that are not passed and whose condition speaks of such a thing."""
        if names not in self._known:
            gates = [name for name, spoken in self._gates if spoken & names]
            told = f"{some(len(gates), 'gate', '', '').strip()}: {joined(gates)}" if gates else ""
            self._known[names] = f"It stands in the way of {told}." if told else ""
        return self._known[names]


def _with_derived(names: set[str]) -> set[str]:
    """Add what follows from the counts of tests."""
    parts = ("failed", "errored", "passed", "percent")
    return names | {f"{name.rpartition('.')[0]}.{part}" for name in names for part in parts}


def _text(*sentences: str) -> str:
    return " ".join(each for each in sentences if each)
