"""What the coverage readers say of a report that is odd, or says too little."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.junit_values import cut_name
from reportgen.readers.oddities import Oddities

_LOOK = "Look at whether the tests ran, and at the coverage tool's source or include settings."


def note_nothing(files: Collection[FileCoverage], oddities: Oddities, claim: str = "") -> None:
    """Say that a report lists no file, or no line: 100 % of nothing is not 100 %.

    `claim` is what the report says of itself all the same, such as `line-rate 1.0`.
    """
    said = f", although it says {claim}" if claim else ""
    if not files:
        message = f"it lists no source file{said}: nothing was measured, or nothing was written"
        oddities.note("no files", message, _LOOK, doubt=True)
    elif not any(file.executable or file.covered or file.stated not in {None, (0, 0)} for file in files):
        what = plural(len(files), "source file")
        message = f"it lists {what} and not one line{said}: there is nothing to take a rate of"
        oddities.note("no lines", message, _LOOK, doubt=True)


def note_totals(differences: Collection[str], oddities: Oddities, *, doubt: bool = False) -> None:
    """Say that totals which a report states are not what its lines come to.

    Each difference is `lines-valid 40, counted 32`. The counted ones are used; `doubt` says that the stated
    ones tell of lines that are not listed.
    """
    if differences:
        message = f"the totals it states are not what it lists: {'; '.join(differences)}"
        hint = "The counted numbers are used."
        if doubt:
            hint += " It seems to be cut out of a larger report: ask for the whole."
        oddities.note("stated totals differ", message, hint, doubt=doubt)


def difference(name: str, stated: int | None, counted: int | None) -> list[str]:
    """Put a stated and a counted number side by side, if both are there and differ."""
    if stated is None or counted is None or stated == counted:
        return []
    return [f"{name} {stated:,}, counted {counted:,}"]


def note_odd_counts(number: int, oddities: Oddities) -> None:
    """Say that hit counts were odd, if any were."""
    if number:
        message = f"{plural(number, 'hit count')} not written as a plain whole number"
        oddities.note("odd counts", message, "Only one above 0 counts as a hit.")


def note_impossible_counts(number: int, oddities: Oddities) -> None:
    """Say that counts of what ran or was missed cannot be, if any were: how much was missed is not known."""
    if number:
        message = f"{plural(number, 'count')} that cannot be: no whole number from 0, or more than there are"
        hint = "How much was missed there is not known; have the tool write the file again."
        oddities.note("impossible counts", message, hint, doubt=True)


def note_nameless(
    record: str, listed: Sequence[int], files: Collection[FileCoverage], oddities: Oddities
) -> None:
    """Say that some records (of that word) name no source file; `listed` is how many lines each lists.

    They are read as one file. Where a line stands in several of them, one that ran hides one that did not.
    """
    if listed:
        distinct = sum((file.executable or 0).bit_count() for file in files if not file.path)
        message, hint = f"some {record} names no file", "Its lines join with no other report's."
        if len(listed) > 1:
            message, hint = f"{message}, {len(listed):,} times", "They are read as one file."
        doubt = len(listed) > 1 and sum(listed) > distinct
        oddities.note("no file name", message, hint, doubt=doubt)


def note_garbage(number: int, example: str, oddities: Oddities) -> None:
    """Say that lines of a text report were no records; what they were to say is not known."""
    if number:
        message = f"{plural(number, 'line')} could not be read as a record, such as {example[:80]!r}"
        hint = "Something else wrote into the file, or it was cut: have the tool write it again."
        oddities.note("garbage lines", message, hint, doubt=True)


def with_short_names(coverage: CoverageFacts, limits: Limits, oddities: Oddities) -> CoverageFacts:
    """Cut paths, contexts and roots to `limits.name_chars`, and say so; a digest keeps them apart."""
    longest = limits.name_chars
    names = (*(file.path for file in coverage.files), *coverage.contexts, *coverage.sources)
    number = sum(len(name) > longest for name in names)
    if not number:
        return coverage
    oddities.note("long names", f"{plural(number, 'name')} cut to {longest:,} characters")
    return replace(
        coverage,
        files=tuple(replace(file, path=cut_name(file.path, longest)) for file in coverage.files),
        contexts=tuple(cut_name(name, longest) for name in coverage.contexts),
        sources=tuple(cut_name(name, longest) for name in coverage.sources),
    )
