"""What became of each test since an earlier audit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count

from reportgen.judge.failing.phases import FAILING
from reportgen.model.baseline import ThenCase, ThenTests
from reportgen.model.changes import CaseChanges
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import percent
from reportgen.model.states import Outcome

_SURROGATE = re.compile("[\ud800-\udfff]")


def as_written(text: str, scrub: Callable[[str], str]) -> str:
    """Return a text as the JSON of an audit has it: without secrets, and in whole characters."""
    return _SURROGATE.sub("\ufffd", scrub(text))


def case_changes(then: ThenTests, now: Sequence[JoinedCase], scrub: Callable[[str], str]) -> CaseChanges:
    """Compare the tests by their ids. `scrub` takes secrets out, as they were from the ids then."""
    before = {case.id: case for case in then.cases}
    ids = _ids_then([case.id for case in now], before, scrub)
    pairs = [(case, before.get(id_)) for case, id_ in zip(now, ids, strict=True)]
    known = {old.id for _, old in pairs if old is not None}
    vanished = [old for old in then.cases if old.id not in known]
    return CaseChanges(
        then=len(then.cases),
        now=len(now),
        percent=percent(_ran(now), _ran(then.cases)),
        new_failures=_ids(case for case, old in pairs if _fails(case) and not (old and _fails(old))),
        still_failing=_ids(case for case, old in pairs if _fails(case) and old and _fails(old)),
        fixed=_ids(
            case for case, old in pairs if case.outcome is Outcome.PASSED and old and _did_not_pass(old)
        ),
        vanished=_ids(vanished),
        vanished_failures=_ids(old for old in vanished if _did_not_pass(old)),
        new=_ids(case for case, old in pairs if old is None),
        newly_skipped=_ids(
            case
            for case, old in pairs
            if case.outcome is Outcome.SKIPPED and old and old.outcome is not Outcome.SKIPPED
        ),
        newly_flaky=_ids(case for case, old in pairs if case.flaky and not (old and old.flaky)),
    )


def _ids_then(now: Sequence[str], before: Mapping[str, ThenCase], scrub: Callable[[str], str]) -> list[str]:
    """Return the ids as the baseline has them: those that became equal without secrets are numbered."""
    taken = {id_ for id_ in now if id_ in before}
    ids: list[str] = []
    for id_ in now:
        written = id_ if id_ in before else as_written(id_, scrub)
        if written != id_ and written in taken:
            numbered = (f"{written} ({number})" for number in count(2))
            written = next(each for each in numbered if each not in taken)
        taken.add(written)
        ids.append(written)
    return ids


def _ran(cases: Sequence[JoinedCase | ThenCase]) -> int:
    return sum(case.outcome is not Outcome.SKIPPED for case in cases)


def _fails(case: JoinedCase | ThenCase) -> bool:
    return case.outcome in FAILING


def _did_not_pass(case: ThenCase) -> bool:
    return _fails(case) or case.outcome is Outcome.WAIVED


def _ids(cases: Iterable[JoinedCase | ThenCase]) -> tuple[str, ...]:
    return tuple(sorted(case.id for case in cases))
