"""Python's search for cycles of objects, which a run does without."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_search() -> Iterator[None]:
    """Leave out the search for cycles: our records make none, and it costs a tenth of a large run.

    Where it is off already it stays off; one may be within another, and it also serves as a decorator.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
