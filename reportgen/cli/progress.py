"""A bar for long work: on a terminal only, and only if the work takes longer than one waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from reportgen.cli import console

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0


@contextmanager
def progress(*, watched: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give what the pipeline tells its progress to; None where nobody watches standard error."""
    if not watched or not console.is_terminal():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.told
    finally:
        bar.close()


class _Bar:
    """Appears after a second, and goes when the work is done."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._shown: Progress | None = None

    def told(self, done: int, total: int) -> None:
        """Move the bar to `done` of `total` files."""
        if self._shown is None and (done == total or monotonic() - self._begun < _PATIENCE):
            return
        if self._shown is None:
            self._shown = _started()
        self._shown.update(self._shown.task_ids[0], completed=done, total=total)

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._shown is not None:
            self._shown.stop()


def _started() -> Progress:
    from rich.console import Console  # noqa: PLC0415 - 40 ms that only long work has
    from rich.progress import Progress  # noqa: PLC0415 - likewise

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task("reading")
    bar.start()
    return bar
