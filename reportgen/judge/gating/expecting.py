"""The expected inputs: there, or missing, empty, corrupt, stale or of another revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct, structs

from reportgen.judge.counting.sources import Sources
from reportgen.judge.gating.expected_rows import missing_of
from reportgen.judge.wording import joined, sentence
from reportgen.model.evidence import Evidence, EvidenceItem
from reportgen.model.expected import Expectation, ExpectedInput, InputState, expectation_of
from reportgen.model.facts import Facts
from reportgen.model.figures import plural
from reportgen.model.globs import fits
from reportgen.model.policy import Policy
from reportgen.model.revisions import same_revision
from reportgen.model.states import Outcome

_SHOWN = 5
_OLDEST = 1980  # what is older is a zero: 0001-01-01, 1970-01-01
_NOT_THERE = "not-found"
_NOT_RUN = (Outcome.SKIPPED, Outcome.WAIVED)


class Known(Struct, frozen=True, kw_only=True):
    """What is known of the artifacts, by id: what became of them, and what they say of themselves.

    `kinds` is kind -> ids of those that hold it. `fates` is full, empty, unread or not-found; `problems` the
    kind of problem of those that were not read. `ran` is (ids of evidence, number of tests that ran in them).
    """

    kinds: Mapping[str, frozenset[str]]
    fates: Mapping[str, str]
    problems: Mapping[str, str]
    layers: Mapping[str, set[str]]
    moments: Mapping[str, str]
    revisions: Mapping[str, str]
    ran: tuple[tuple[frozenset[str], int], ...]


def with_expected(
    sources: Sources,
    evidence: Evidence,
    policy: Policy,
    generated_at: datetime | None = None,
    revision: str | None = None,
) -> Sources:
    """Add how each expected input stands, sorted by path; a row for each way in which one is wrong.

    Date and revision are the report's. A time without a zone is taken for UTC. Without a date nothing is
    known to be recent; where the report has no revision, none is another one.
    """
    if not policy.expected:
        return sources
    known = _known(evidence, sources)
    rows = [
        row
        for each in dict.fromkeys(map(expectation_of, policy.expected))
        for row in _rows(each, evidence.items, known, generated_at, revision or "")
    ]
    expected = tuple(sorted(rows, key=lambda row: (row.path, row.layer, row.kind)))
    return structs.replace(sources, expected=expected, missing=missing_of(expected))


def _known(evidence: Evidence, sources: Sources) -> Known:
    fates = {"full": sources.full, "empty": sources.empty, "unread": sources.unread}
    refused = {problem.path: problem.kind for problem in reversed(evidence.problems)}
    parts = {part.source.sha256 or part.source.path: part for part in evidence.parts}
    by_id = {item.id: parts[key] for item in evidence.items if (key := item.sha256 or item.path) in parts}
    layers = {item.id: {item.layer} for item in evidence.items}
    for layer, ids in {(case.layer, case.evidence) for case in evidence.cases}:
        for each in ids:
            layers.setdefault(each, set()).add(layer)
    ran = Counter(case.evidence for case in evidence.cases if case.outcome not in _NOT_RUN)
    return Known(
        kinds={kind: frozenset(ids) for kind, ids in sources.of_kind.items()},
        fates={each: fate for fate, ids in fates.items() for each in ids},
        problems={item.id: refused[item.path] for item in evidence.items if item.path in refused},
        layers=layers,
        moments={each: _newest(part) for each, part in by_id.items()},
        revisions={each: _revision(part) for each, part in by_id.items()},
        ran=tuple((frozenset(ids), count) for ids, count in ran.items()),
    )


def _newest(part: Facts) -> str:
    """Return the newest time that an artifact tells, in ISO 8601; empty where it tells none."""
    told = [suite.timestamp for suite in part.tests.suites] if part.tests is not None else []
    told += [fact.time for fact in (part.coverage, part.findings) if fact is not None]
    known = [(moment, text) for text in set(told) if (moment := _moment(text)) is not None]
    return max(known)[1] if known else ""


def _moment(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text.strip())
        zoned = read if read.tzinfo else read.replace(tzinfo=UTC)
        return zoned.astimezone(UTC) if read.year >= _OLDEST else None
    except (ValueError, OverflowError):
        return None


def _revision(part: Facts) -> str:
    facts = (part.tests, part.coverage, part.findings)
    return next((fact.revision for fact in facts if fact is not None and fact.revision), "")


def _rows(
    wanted: Expectation,
    items: Iterable[EvidenceItem],
    known: Known,
    generated_at: datetime | None,
    revision: str,
) -> Iterator[ExpectedInput]:
    fitting = [item for item in items if _is_meant(wanted, item, known)]
    gone = [item for item in fitting if known.problems.get(item.id) == _NOT_THERE]
    there = [item for item in fitting if known.problems.get(item.id) != _NOT_THERE]
    wrong = list(_wrong(wanted, there, known, generated_at, revision))
    lacking = (wanted.count or 1) - len(there)
    if lacking > 0:
        told = _told_missing(wanted, there, gone)
        wrong.insert(0, _row(wanted, InputState.MISSING, told, gone, lacking))
    yield from wrong or [_row(wanted, InputState.PRESENT, _told_present(wanted, there), there, len(there))]


def _is_meant(wanted: Expectation, item: EvidenceItem, known: Known) -> bool:
    """Tell whether an artifact is one of those expected; that of an unread one may have no layer."""
    if not any(fits(wanted.path, path) for path in (item.path, *item.also)):
        return False
    layers = known.layers.get(item.id, set())
    return not wanted.layer or wanted.layer in layers or (layers == {""} and known.fates[item.id] == "unread")


def _wrong(
    wanted: Expectation,
    there: list[EvidenceItem],
    known: Known,
    generated_at: datetime | None,
    revision: str,
) -> Iterator[ExpectedInput]:
    """Yield a row for each way in which some of what is there is wrong."""
    by_fate: dict[str, list[EvidenceItem]] = {"full": [], "empty": [], "unread": []}
    for item in there:
        hollow = known.problems.get(item.id) == "empty-file"
        by_fate["empty" if hollow else known.fates[item.id]].append(item)
    sound, empty, corrupt = by_fate["full"], by_fate["empty"], by_fate["unread"]
    if corrupt:
        told = f"not read whole: {_named(corrupt)}"
        yield _row(wanted, InputState.CORRUPT, told, corrupt, len(corrupt))
    if empty:
        yield _row(wanted, InputState.EMPTY, f"without a fact: {_named(empty)}", empty, len(empty))
    holding = [item for item in sound if not wanted.kind or item.id in known.kinds[wanted.kind]]
    other = [item for item in sound if wanted.kind and item.id not in known.kinds[wanted.kind]]
    if other and len(holding) < (wanted.count or 1):
        told = f"without {_KINDS[wanted.kind]}: {_named(other)}"
        yield _row(wanted, InputState.EMPTY, told, other, len(other))
    if wanted.min_tests is not None and there:
        yield from _too_few(wanted, wanted.min_tests, there, known)
    yield from _of_another_revision(wanted, holding, known, revision)
    if wanted.max_age is not None:
        yield from _old(wanted, wanted.max_age, holding, known, generated_at)


_KINDS = {"tests": "test results", "coverage": "coverage", "findings": "findings of a scan", "": "fact"}


def _too_few(
    wanted: Expectation, least: int, there: list[EvidenceItem], known: Known
) -> Iterator[ExpectedInput]:
    ids = {item.id for item in there}
    count = sum(number for cited, number in known.ran if not ids.isdisjoint(cited))
    if count < least:
        told = f"{plural(count, 'test')} ran in it, and {least:,} or more are expected"
        yield _row(wanted, InputState.EMPTY, told, there, 1)


def _of_another_revision(
    wanted: Expectation, items: list[EvidenceItem], known: Known, revision: str
) -> Iterator[ExpectedInput]:
    other = [
        item
        for item in items
        if revision and (own := known.revisions.get(item.id)) and not same_revision(own, revision)
    ]
    if other:
        own = joined(list(dict.fromkeys(known.revisions[item.id] for item in other))[:_SHOWN])
        told = f"of revision {own} and not of {revision} as the report: {_named(other)}"
        yield _row(wanted, InputState.OTHER_REVISION, told, other, len(other))


def _old(
    wanted: Expectation,
    max_age: int,
    items: list[EvidenceItem],
    known: Known,
    generated_at: datetime | None,
) -> Iterator[ExpectedInput]:
    """Yield what is older than allowed, and what does not tell how old it is."""
    allowed = _age(timedelta(seconds=max_age))
    date = None if generated_at is None else _zoned(generated_at)
    stale: list[EvidenceItem] = []
    silent: list[EvidenceItem] = []
    ages: dict[str, timedelta] = {}
    for item in items:
        moment = _moment(known.moments.get(item.id, ""))
        if moment is None or date is None:
            silent.append(item)
        elif (date - moment).total_seconds() > max_age:
            stale.append(item)
            ages[item.id] = date - moment
    if stale:
        oldest = max(stale, key=lambda item: (ages[item.id], item.path))
        age = f"{_age(ages[oldest.id])} before the report"
        told = (
            f"older than {allowed}: {_named(stale)}; the oldest is of {known.moments[oldest.id]} and so {age}"
        )
        yield _row(wanted, InputState.STALE, told, stale, len(stale))
    if silent:
        told = f"it is not told when these were made, and at most {allowed} are allowed: {_named(silent)}"
        yield _row(wanted, InputState.UNKNOWN, told, silent, len(silent))


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _age(age: timedelta) -> str:
    """Say an age, rounded down, in its largest unit: `3 days`, `26 hours`, `5 minutes`."""
    minutes = int(age.total_seconds()) // 60
    for size, noun, least in ((1_440, "day", 2_880), (60, "hour", 120), (1, "minute", 0)):
        if minutes >= least:
            return plural(minutes // size, noun)
    return plural(0, "minute")


def _told_missing(wanted: Expectation, there: list[EvidenceItem], gone: list[EvidenceItem]) -> str:
    of = f" of layer {wanted.layer}" if wanted.layer else ""
    names = f"; not there: {_named(gone)}" if gone else ""
    if wanted.count is None:
        return f"nothing{of} fits it{names}"
    fitting = ([path for path in (item.path, *item.also) if fits(wanted.path, path)] for item in there)
    copies = [path for paths in fitting for path in paths[1:]]
    same = f"; with the same bytes as another, and so no more: {_listed(copies)}" if copies else ""
    return f"{len(there):,} of {plural(wanted.count, 'artifact')}{of} {_is(there)} there{same}{names}"


def _told_present(wanted: Expectation, there: list[EvidenceItem]) -> str:
    expected = f" of {wanted.count:,} expected" if wanted.count is not None else ""
    return f"{plural(len(there), 'artifact')}{expected} {_is(there)} there"


def _row(
    wanted: Expectation, state: InputState, told: str, items: Iterable[EvidenceItem], count: int
) -> ExpectedInput:
    return ExpectedInput(
        path=wanted.path,
        state=state,
        reason=sentence(told),
        evidence=tuple(item.id for item in items),
        layer=wanted.layer,
        kind=wanted.kind,
        count=count,
    )


def _named(items: list[EvidenceItem]) -> str:
    return _listed([item.path for item in items])


def _listed(paths: list[str]) -> str:
    left = len(paths) - _SHOWN
    return joined([*paths[:_SHOWN], f"{left:,} more"] if left > 0 else paths)


def _is(items: list[EvidenceItem]) -> str:
    return "is" if len(items) == 1 else "are"
