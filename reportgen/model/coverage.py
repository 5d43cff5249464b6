"""Which lines and branches ran. A set of lines is an integer: bit n stands for line n."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field


def lines_of(bits: int) -> Iterator[int]:
    """Yield the line numbers of a bit set, in order."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


class Ratio(Struct, frozen=True):
    """So many of so many; `total` is None where it is not known how many there could be."""

    covered: int
    total: int | None


class FileCoverage(Struct, frozen=True, kw_only=True):
    """What one file of evidence says of one source file.

    - `executable`: lines that could have run; None where the format does not list them (a coverage.py
      data file), so that its rate is unknown until another file lists them.
    - `covered`: lines that ran; a subset of `executable` where that is known.
    - `branches`: line -> (covered, total) where the format only counts them.
    - `arms`: identity of a branch within the file ("line:block:branch") -> taken, where it tells them apart.
    - `contexts`: (index into `CoverageFacts.contexts`, lines that ran in it).
    - `stated`: lines (covered, total) as the format's own per-file counts, where its line lists hold more
      than statements or there are no line lists; these are the headline then.
    - `stated_branches`: likewise, for branches.
    - `complexity`: cyclomatic complexity of the file's methods, summed, where the format gives it.
    """

    path: str
    executable: int | None = None
    covered: int = 0
    branches: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    arms: Mapping[str, bool] = field(default_factory=dict)
    contexts: tuple[tuple[int, int], ...] = ()
    stated: tuple[int, int] | None = None
    stated_branches: tuple[int, int] | None = None
    complexity: int | None = None

    def line_counts(self) -> Ratio:
        """Count the lines: the format's own counts where they stand, else the sets."""
        if self.stated is not None:
            return Ratio(*self.stated)
        return Ratio(
            self.covered.bit_count(), None if self.executable is None else self.executable.bit_count()
        )

    def branch_counts(self) -> Ratio | None:
        """Count the branches; None where the format has none for this file."""
        if self.stated_branches is not None:
            return Ratio(*self.stated_branches)
        if not self.branches and not self.arms:
            return None
        covered = sum(self.arms.values()) + sum(part for part, _ in self.branches.values())
        return Ratio(covered, len(self.arms) + sum(whole for _, whole in self.branches.values()))


class CoverageFacts(Struct, frozen=True, kw_only=True):
    """What one file of evidence says of coverage.

    `sources` are the roots that its paths may be relative to. `contexts` are the names of the
    contexts (mostly tests). `has_branches` says that branches were measured, even if there are none. `time`
    is when it was measured, in ISO 8601, empty where it does not say.
    """

    files: tuple[FileCoverage, ...]
    contexts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    has_branches: bool = False
    revision: str = ""
    time: str = ""

    def line_counts(self) -> Ratio:
        """Sum the lines of all files; the total is unknown where it is so for any file."""
        counts = [file.line_counts() for file in self.files]
        totals = [count.total for count in counts if count.total is not None]
        known = len(totals) == len(counts)
        return Ratio(sum(count.covered for count in counts), sum(totals) if known else None)

    def branch_counts(self) -> Ratio | None:
        """Sum the branches of all files; None where the evidence does not measure branches."""
        counts = [count for file in self.files if (count := file.branch_counts()) is not None]
        if not counts and not self.has_branches:
            return None
        return Ratio(sum(count.covered for count in counts), sum(count.total or 0 for count in counts))
