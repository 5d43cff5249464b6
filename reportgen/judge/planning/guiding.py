"""What helps with a step of the plan: who owns its places, which command verifies it, what the rule says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import Draft
from reportgen.judge.planning.commands import command_of_findings, command_of_reading, command_of_tests
from reportgen.judge.planning.runners import files_of
from reportgen.model.evidence import Evidence, JoinedCase, JoinedFinding
from reportgen.model.guidance import Guidance
from reportgen.model.owners import OwnerIndex

_MOST_OWNERS = 3
_MOST_FIX = 2_000


class Help(NamedTuple):
    """Owner, command and fix of a step; each is empty where nothing tells it."""

    owner: str = ""
    verify: str = ""
    fix: str = ""


def known_files(evidence: Evidence) -> dict[str, list[str]]:
    """Return name -> paths of the sources that coverage and findings name."""
    paths = {file.path for file in evidence.coverage.files} if evidence.coverage else set()
    paths |= {item.path for item in evidence.findings.items} if evidence.findings else set()
    found: dict[str, list[str]] = {}
    for path in sorted(paths - {""}):
        found.setdefault(path.rpartition("/")[2], []).append(path)
    return found


class Guide:
    """Looks up what helps; made once for a plan."""

    def __init__(self, ground: Ground, guidance: Guidance) -> None:
        self._ground = ground
        self._guidance = guidance
        self._index = OwnerIndex(guidance.owners)
        self._producers = {item.id: item.producer for item in ground.evidence.items}
        self._cases = {} if ground.tests is None else {case.id: case for case in ground.tests.cases}
        self._places = {} if ground.tests is None else {each.id: each.place for each in ground.tests.causes}
        self._subjects = {subject.name: subject for subject in ground.policy.subjects}
        self._owners: dict[str, tuple[str, ...]] = {}
        self._files = known_files(ground.evidence)
        self._located: dict[str, JoinedCase] = {}
        self._helped: dict[tuple[tuple[str, ...], str], Help] = {}
        placed = ground.placed
        self._of_file: dict[str, list[str]] = {}
        for name, files in placed.files.items():
            for file in files:
                self._of_file.setdefault(file, []).append(name)
        self._of_finding: dict[str, list[str]] = {}
        for name, ids in placed.findings.items():
            for each in ids:
                self._of_finding.setdefault(each, []).append(name)

    def of(self, draft: Draft) -> Help:
        """Return what helps with one step."""
        if draft.findings:
            return self.of_findings(draft.findings)
        cases = self.located(self._cases[each] for each in draft.places if each in self._cases)
        if cases:
            if draft.kind == "failures":
                return self.of_cases(draft.places, self._places.get(draft.mends, ""))
            # That tests pass shows nothing of a gap: they pass before it is closed.
            return Help(self._owner_of_cases(cases))
        if draft.kind == "gap" and not self._subjects.keys().isdisjoint(draft.places):
            return Help(self.owner_of((), draft.places))
        if draft.kind == "gap" and draft.readable:
            return Help("", command_of_reading(draft.places))
        return Help()

    def of_findings(self, findings: Sequence[JoinedFinding]) -> Help:
        """Return what helps with the findings of one rule."""
        paths = [each.path for each in findings if each.path]
        owner = self.owner_of(paths, self.subjects_of_findings(findings))
        return Help(owner, command_of_findings(findings, self._guidance.verify), self.fix_of(findings))

    def of_cases(self, ids: Iterable[str], place: str = "") -> Help:
        """Return what helps with failing tests, and with the `path:line` that failed them."""
        key = (tuple(ids), place)
        known = self._helped.get(key)
        if known is None:
            cases = self.located(self._cases[each] for each in key[0] if each in self._cases)
            known = Help(self._owner_of_cases(cases, place), self.command_of(cases))
            self._helped[key] = known
        return known

    def located(self, cases: Iterable[JoinedCase]) -> list[JoinedCase]:
        """Give tests the file that their class path is, where other evidence knows just one such file."""
        return [case if case.file else self._with_file(case) for case in cases]

    def _with_file(self, case: JoinedCase) -> JoinedCase:
        known = self._located.get(case.id)
        if known is None:
            known = self._located[case.id] = replace(case, file=self._file_of(case))
        return known

    def _file_of(self, case: JoinedCase) -> str:
        file = next(iter(files_of((case,))), "")
        longer = [
            each for each in self._files.get(file.rpartition("/")[2], ()) if f"/{each}".endswith(f"/{file}")
        ]
        return longer[0] if file and len(longer) == 1 else ""

    def command_of(self, cases: Sequence[JoinedCase]) -> str:
        """Return the command that runs these tests, where one tool wrote of them all."""
        producers = {self._producers.get(each, "") for case in cases for each in case.evidence}
        return command_of_tests(producers.pop(), cases, self._guidance.verify) if len(producers) == 1 else ""

    def owner_of(self, paths: Iterable[str], subjects: Iterable[str]) -> str:
        """Name the owners of files by CODEOWNERS, else those of the subjects."""
        found = [owner for path in dict.fromkeys(paths) for owner in self._owners_of(path)]
        if not found:
            owners = (self._subjects[name].owner for name in subjects if name in self._subjects)
            found = [owner for owner in owners if owner]
        names = list(dict.fromkeys(found))
        more = len(names) - _MOST_OWNERS
        return ", ".join(names[:_MOST_OWNERS]) + (f" and {more:,} more" if more > 0 else "")

    def _owners_of(self, path: str) -> tuple[str, ...]:
        if path not in self._owners:
            self._owners[path] = self._index.of(path)
        return self._owners[path]

    def subjects_of_cases(self, ids: Iterable[str]) -> list[str]:
        """Name the subjects that tests belong to, each once."""
        known = self._ground.placed.subjects
        return list(dict.fromkeys(name for each in ids for name in known.get(each, ())))

    def subjects_of_findings(self, findings: Iterable[JoinedFinding]) -> list[str]:
        """Name the subjects that findings belong to, each once."""
        names = (
            name
            for each in findings
            for name in (*self._of_finding.get(each.id, ()), *self._of_file.get(each.path, ()))
        )
        return list(dict.fromkeys(names))

    def _owner_of_cases(self, cases: Sequence[JoinedCase], place: str = "") -> str:
        code = place.rpartition(":")[0]
        return self.owner_of([code, *files_of(cases)], self.subjects_of_cases(case.id for case in cases))

    def fix_of(self, findings: Sequence[JoinedFinding]) -> str:
        """Return what the rule says of mending, else what the tool proposes for the first of its findings."""
        told = self._ground.evidence.findings
        rule = told.rules.get(findings[0].rule) if told is not None else None
        text = (rule.help if rule else "").strip()
        if not text or (rule and text == rule.summary.strip()):  # what is wrong is no word on what mends it
            text = next((each.fix.message for each in findings if each.fix and each.fix.message), "").strip()
        return text if len(text) <= _MOST_FIX else f"{text[:_MOST_FIX].rstrip()}…"
