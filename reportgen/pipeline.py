"""The whole story in a handful of calls; start reading here."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from msgspec import structs

from reportgen.baseline import is_audit, read_baseline
from reportgen.codeowners import read_owners
from reportgen.collect import collect
from reportgen.collect.names import relative
from reportgen.config.names import did_you_mean
from reportgen.config.targets import Target
from reportgen.diff import parse_diff
from reportgen.errors import ConfigError, NoInputError, UsageError
from reportgen.excerpts import Sources, excerpts_of, with_fixes
from reportgen.judge import judge
from reportgen.judge.accepting.matching import Findings
from reportgen.judge.protecting.subjects import with_told_requirements
from reportgen.merge import merge
from reportgen.model.artifact import Artifact, Problem
from reportgen.model.audit import Audit
from reportgen.model.baseline import NOTHING, Against
from reportgen.model.config import Config, Input
from reportgen.model.diff import Diff
from reportgen.model.evidence import Evidence
from reportgen.model.facts import Facts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.model.policy import Policy
from reportgen.model.profile import Profile
from reportgen.output import write_reports
from reportgen.readers import READERS, read
from reportgen.redact import Redactor, check_pattern, redact, redact_told
from reportgen.render import render_each
from reportgen.render.profiles import load_profile, section_names
from reportgen.rules import examine
from reportgen.sources import code_at, reader_of, sizes_of

Progress = Callable[[int, int], None]
"""Told after each file: how many are read, and of how many."""

Stdin = Callable[[], BinaryIO]
"""Opens standard input, which an input `-` stands for."""

_NO_LINKS = "Places are no links: source_url asks for the revision, and none was given."
_HOW_TO_START = (
    "name files or folders: reportgen build reports/ - or let `reportgen init` write a configuration"
)


def build_audit(
    config: Config,
    *,
    generated_at: datetime,
    stdin: Stdin | None = None,
    progress: Progress | None = None,
    against: Against | None = None,
) -> Audit:
    """Everything but the page. Raises `NoInputError` where there is nothing to read at all.

    `against` is the baseline and diff, where they are read already.
    """
    held = compare_with(config, stdin=stdin) if against is None else against
    evidence = gather(config, stdin=stdin, progress=progress)
    return audit_of(evidence, config, generated_at=generated_at, against=held)


def compare_with(config: Config, *, stdin: Stdin | None = None) -> Against:
    """Read the baseline and the diff of `config`.

    A baseline that cannot be read is a problem in the audit; a diff raises `UsageError`.
    """
    named = relative(config.baseline, str(config.root)) if config.baseline else ""
    read_back = read_baseline(Path(config.baseline), named, config.limits) if named else None
    return Against(
        named=named,
        baseline=None if isinstance(read_back, Problem) else read_back,
        problem=read_back if isinstance(read_back, Problem) else None,
        diff=_diff(config, stdin) if config.diff else None,
        scrub=Redactor(config.secrets).scrub,
    )


def _diff(config: Config, stdin: Stdin | None) -> Diff:
    most = config.limits.whole_bytes
    if config.diff == "-":
        shown = "(standard input)"
        if any(given.path == "-" for given in config.inputs):
            raise UsageError("standard input is named as evidence and as diff", "give one of them as a file")
        if stdin is None:
            raise UsageError("standard input is closed, and the diff is to come from it", "name a file")
        data = stdin().read(most + 1)
    else:
        shown = relative(config.diff, str(config.root))
        try:
            with Path(config.diff).open("rb") as stream:
                data = stream.read(most + 1)
        except (OSError, ValueError) as error:
            told = getattr(error, "strerror", None) or str(error)
            raise UsageError(f"{shown}: the diff cannot be read: {told}", "check the path") from error
    if len(data) > most:
        raise UsageError(
            f"{shown}: the diff is larger than {most:,} bytes", "the bound is limits.whole_bytes"
        )
    return parse_diff(data, shown, most_line=config.limits.line)


def gather(config: Config, *, stdin: Stdin | None = None, progress: Progress | None = None) -> Evidence:
    """Read and join the evidence that `config` names, and examine what it says together."""
    artifacts = find(config, stdin=stdin)
    facts = read_all(artifacts, config.limits, jobs=config.jobs, progress=progress)
    return quoted(examine(merge(facts, config.join)), config)


def audit_of(
    evidence: Evidence, config: Config, *, generated_at: datetime, against: Against = NOTHING
) -> Audit:
    """Judge the evidence by the policy of `config`, and take out what looks like a secret."""
    redactor = Redactor(config.secrets)
    sources = Sources(reader_of(config.root, config.source_roots), redactor.scrub)
    told_of = with_fixes(redact_told(evidence, redactor), sources)
    owners, unread = read_owners(config.root)
    if unread is not None:
        told_of = structs.replace(told_of, warnings=(*told_of.warnings, unread))
    audit = judge(
        told_of,
        sized(config, evidence),
        generated_at=generated_at,
        title=config.title,
        revision=config.revision,
        scope=config.scope,
        about=config.about,
        signoff=config.signoff,
        against=against,
        guidance=structs.replace(config.guidance, owners=owners),
    )
    shown = with_code(structs.replace(audit, notes=config.notes), told_of, config, sources)
    clean, count = redact(shown, redactor)
    if not count:
        return clean
    told = f"what looks like a secret was taken out of every output: {plural(count, 'value')}"
    return structs.replace(clean, method=(*clean.method, told))


def with_code(audit: Audit, evidence: Evidence, config: Config, sources: Sources) -> Audit:
    """Add the code at the places of the report, and the address at which the sources are to be seen."""
    code = excerpts_of(audit, evidence, sources, around=config.code_lines, most=config.code_excerpts)
    url, method = config.source_url, audit.method
    if "{revision}" in url:
        known = bool(config.revision)
        url = url.replace("{revision}", quote(config.revision or "", safe="/")) if known else ""
        method = method if known else (*method, _NO_LINKS)
    return structs.replace(audit, code=code, source_url=url, method=method)


def render_reports(
    audit: Audit, targets: Iterable[Target], profiles: Mapping[str, Profile], templates: Path | None
) -> dict[Target, str]:
    """Print the audit once for each target."""
    wanted = list(targets)
    formats = {name: {each.format for each in wanted if each.profile == name} for name in profiles}
    pages = {
        name: render_each(audit, profiles[name], asked, templates=templates)
        for name, asked in formats.items()
        if asked
    }
    return {target: pages[target.profile][target.format] for target in wanted}


def write_files(pages: Mapping[Target, str]) -> None:
    """Write the reports that go into files: all of them whole, or none."""
    write_reports({target.path: page for target, page in pages.items() if target.path is not None})


def would_cost_evidence(target: Target) -> bool:
    """Tell whether evidence stands where a report is to be; an earlier audit of ours is none."""
    if target.path is None or target.format != "json":
        return False  # no evidence ends as pages do
    try:
        if not target.path.is_file() or is_audit(target.path):
            return False
    except OSError:
        return False  # removing it tells why
    limits = Limits()
    found = collect([Input(str(target.path))], root=target.path.parent, limits=limits)
    return any(read(artifact, limits).source.format for artifact in found)


def load_profiles(config: Config) -> dict[str, Profile]:
    """Load the profiles of a run by name; an unknown one is told before anything is read.

    So is a section that a note is for, and that there is none of.
    """
    known = section_names(config.templates)
    for note, place in zip(config.notes, chain(config.note_places, repeat("notes")), strict=False):
        if note.section not in known:
            raise ConfigError(
                f"{place}: there is no section {note.section!r}", did_you_mean(note.section, known)
            )
    return {name: _profile(name, config) for name in config.profiles}


def _profile(name: str, config: Config) -> Profile:
    """Load a profile; what is wrong with it is told with the place at which the configuration names it."""
    try:
        return load_profile(name, config.templates)
    except ConfigError as error:
        if name not in config.named_at:
            raise
        raise ConfigError(f"{config.named_at[name]}: {error.message}", error.hint) from error


def find(config: Config, *, stdin: Stdin | None = None) -> list[Artifact]:
    """List what there is to read.

    What is named and is not there stands in the list with its problem. Raises `NoInputError` where nothing
    is named, and where nothing of what is named is there; what is there and cannot be read is a gap in the
    evidence.
    """
    if not config.inputs:
        raise NoInputError(
            "no evidence is named, neither on the command line nor in a configuration", _HOW_TO_START
        )
    check_inputs(config.inputs, config.named_at)
    for pattern in config.secrets:
        check_pattern(pattern)
    found = list(collect(config.inputs, root=config.root, limits=config.limits, stdin=stdin))
    problems = [(each.given or "''", each.problem) for each in found if each.problem is not None]
    if len(problems) == len(found) and all(why.kind == "not-found" for _, why in problems):
        places = "; ".join(dict.fromkeys(f"{given}: {why.message}" for given, why in problems))
        hints = {why.hint for _, why in problems}
        hint = hints.pop() if len(hints) == 1 else "check the paths, and that the build wrote them"
        raise NoInputError(f"no input was found: {places}", hint)
    return found


def check_inputs(inputs: Iterable[Input], named_at: Mapping[str, str] | None = None) -> None:
    """Refuse a format that no reader has, before anything is read; `named_at` as in `Config`."""
    formats = {reader.name for reader in READERS}
    for given in inputs:
        if given.format and given.format not in formats:
            where = (named_at or {}).get(given.format, given.path)
            raise ConfigError(
                f"{where}: there is no format {given.format!r}", did_you_mean(given.format, formats)
            )


def sized(config: Config, evidence: Evidence) -> Policy:
    """Add the sizes of the examined files that only the sources tell; what the configuration says stays."""
    policy = with_told_requirements(config.policy, evidence)
    if not config.source_roots or evidence.findings is None:
        return policy
    covered = {file.path for file in evidence.coverage.files} if evidence.coverage else set()
    examined = {*(evidence.findings.examined or ()), *(item.path for item in evidence.findings.items)}
    told = sizes_of(examined - covered - {""}, config.root, config.source_roots)
    return structs.replace(policy, sizes={**told, **policy.sizes})


def quoted(evidence: Evidence, config: Config, *, every: bool = False) -> Evidence:
    """Add the code at the places of the findings that waivers name, or of all, where only sources tell it."""
    waivers = [waiver for waiver in config.policy.waivers if waiver.of == "finding"]
    if not (waivers or every) or not config.source_roots or evidence.findings is None:
        return evidence
    items = evidence.findings.items
    index = Findings(items)
    named = {item.id for waiver in waivers for item in index.named_by(waiver)}
    places = {
        item.id: (item.path, item.line, item.end_line)
        for item in items
        if item.path and not item.snippet.strip() and (every or item.id in named)
    }
    code = code_at(places.values(), config.root, config.source_roots)
    told = {id_: code[place] for id_, place in places.items() if place in code}
    quoting = tuple(
        structs.replace(item, snippet=told[item.id]) if item.id in told else item for item in items
    )
    return structs.replace(evidence, findings=structs.replace(evidence.findings, items=quoting))


def read_all(
    artifacts: list[Artifact], limits: Limits, *, jobs: int = 1, progress: Progress | None = None
) -> list[Facts]:
    """Read every artifact, in `jobs` processes where that is more than one; the result is the same."""
    facts: list[Facts] = []
    for number, each in enumerate(_reading(artifacts, limits, jobs), 1):
        facts.append(each)
        if progress is not None:
            progress(number, len(artifacts))
    return facts


def _reading(artifacts: list[Artifact], limits: Limits, jobs: int) -> Iterator[Facts]:
    """Read in this process, or in several; standard input is only here."""
    elsewhere = [artifact for artifact in artifacts if artifact.path != "-"]
    workers = min(jobs, len(elsewhere))
    if workers < 2:  # noqa: PLR2004 - one process is this one
        yield from (read(artifact, limits) for artifact in artifacts)
        return
    yield from (read(artifact, limits) for artifact in artifacts if artifact.path == "-")
    yield from _reading_elsewhere(elsewhere, limits, workers)


def _reading_elsewhere(artifacts: list[Artifact], limits: Limits, workers: int) -> Iterator[Facts]:
    """Read in new processes, which leave Ctrl-C to this one; what is not begun by then is not read."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - 15 ms, and seldom wanted
    from multiprocessing import get_context  # noqa: PLC0415 - likewise

    pool = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
    try:
        with _started_deaf():
            found = pool.map(read, artifacts, [limits] * len(artifacts), chunksize=1)
        yield from found
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _started_deaf() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C while they import; here it is heard a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
