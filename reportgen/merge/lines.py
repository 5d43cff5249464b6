"""The lines of one source file over all evidence: what could run, what ran, and how many that makes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportgen.merge.ledger import Ledger
from reportgen.merge.parts import Part
from reportgen.model.coverage import FileCoverage, Ratio, lines_of

Listed = tuple[Part, FileCoverage]
_SPANS = 5


class Lines(Struct, frozen=True):
    """The joined lines. `unlisted` counts lines that ran and that nothing lists as executable."""

    ratio: Ratio
    executable: int | None
    covered: int
    unlisted: int = 0


def spans(bits: int) -> str:
    """Write a set of lines as ranges: `line 5`, `lines 3-7, 12`, and how many more where there are many."""
    found: list[list[int]] = []
    for line in lines_of(bits):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in found]
    more = sum(last - first + 1 for first, last in found[_SPANS:])
    noun = "line" if bits.bit_count() == 1 else "lines"
    return f"{noun} {', '.join(texts[:_SPANS])}" + (f" and {more:,} more" if more else "")


def join_lines(path: str, listed: Sequence[Listed], ledger: Ledger) -> Lines:
    """Join the lines of the file at `path`.

    Lines that ran are united, and so are the lines that could run: a line that one file of evidence lists
    and another does not stays as it is. Where a format's line lists hold more than statements, a list that
    does not counts.
    """
    covered = 0
    for _, file in listed:
        covered |= file.covered
    sure = [(part, file) for part, file in listed if file.executable is not None and file.stated is None]
    stated = [(part, file) for part, file in listed if file.stated is not None]
    if sure:
        return _by_list(path, sure, stated, covered, ledger)
    if stated:
        return _by_statement(path, stated, covered, ledger)
    return Lines(Ratio(covered.bit_count(), None), None, covered)


def _by_list(path: str, sure: list[Listed], stated: list[Listed], covered: int, ledger: Ledger) -> Lines:
    executable = 0
    for _, file in sure:
        executable |= file.executable or 0
    for _, file in stated:
        executable |= _missed(file)
    for part, file in sure:
        _note_unlisted(path, part, executable & ~(file.executable or 0), ledger)
    ran = covered & executable
    ratio = Ratio(ran.bit_count(), executable.bit_count())
    for part, file in stated:
        if file.stated != (ratio.covered, ratio.total):
            ledger.add(
                "line counts",
                path,
                kept=f"the lines that {sure[0][0].path} lists",
                overridden=f"the format's own counts in {part.path}",
                evidence=(*sure[0][0].evidence, *part.evidence),
            )
    return Lines(ratio, executable, ran, (covered & ~executable).bit_count())


def _note_unlisted(path: str, part: Part, lines: int, ledger: Ledger) -> None:
    if lines:
        ledger.add(
            "line not listed",
            path,
            kept=f"{spans(lines)} can run",
            overridden=f"{part.path} does not list {'it' if lines.bit_count() == 1 else 'them'}",
            evidence=part.evidence,
            alike=("lines that other evidence lists can run", f"{part.path} does not list them"),
        )


def _missed(file: FileCoverage) -> int:
    return (file.executable or 0) & ~file.covered


def _by_statement(path: str, stated: list[Listed], covered: int, ledger: Ledger) -> Lines:
    """Join files that state how many of their statements ran, and whose line lists are not just these.

    Where the missed lines are just the missed statements (coverage.py), the missed ones that no other run
    reached are missed after joining too. Else the most that one of them reached is the lower bound.
    """
    executable = missed = 0
    for _, file in stated:
        executable |= file.executable or 0
        missed |= _missed(file)
    missed &= ~covered
    counts = [file.stated or (0, 0) for _, file in stated]
    total = max(whole for _, whole in counts)
    ran = max(part for part, _ in counts)
    if all(
        _missed(file).bit_count() == whole - part
        for (_, file), (part, whole) in zip(stated, counts, strict=True)
    ):
        ran = max(0, total - missed.bit_count())
        _note_totals(path, stated, total, ledger)
    elif len(set(counts)) > 1:
        ledger.add(
            "line counts",
            path,
            kept="the most that one file states: a lower bound",
            overridden="which statements ran is not told",
            evidence=tuple(dict.fromkeys(part.id for part, _ in stated)),
        )
    known = executable or None
    reached = covered if known is None else covered & known
    unlisted = 0 if known is None else (covered & ~known).bit_count()
    return Lines(Ratio(ran, total), known, reached, unlisted)


def _note_totals(path: str, stated: list[Listed], total: int, ledger: Ledger) -> None:
    """Tell of files that state fewer statements than others: they may be of other source."""
    for part, file in stated:
        fewer = file.stated[1] if file.stated else 0
        if fewer != total:
            ledger.add(
                "line counts",
                path,
                kept=f"{total:,} statements, the most that one file states",
                overridden=f"{fewer:,} in {part.path}",
                evidence=part.evidence,
            )
