"""What is measured, each in a process of its own: the yardsticks, and reportgen at the same work.

python -m benchmarks.measured NAME FOLDER      prints its seconds and its peak memory as JSON
"""

# ruff: noqa: PLC0415 - each process imports only what it measures
from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

Work = Callable[[list[Path]], object]


def lxml_iterparse(paths: Iterable[Path]) -> int:
    """Walk through XML with lxml, clearing each element, and do nothing else."""
    from lxml import etree

    count = 0
    for path in paths:
        for _, element in etree.iterparse(path):
            count += 1
            element.clear()
    return count


def lxml_parse(paths: Iterable[Path]) -> list[object]:
    """Parse XML into lxml's trees, one after the other."""
    from lxml import etree

    return [etree.parse(path).getroot().tag for path in paths]


def json_loads(paths: Iterable[Path]) -> int:
    """Parse JSON into plain objects."""
    return sum(len(json.loads(path.read_bytes())) for path in paths)


def sqlite_rows(paths: Iterable[Path]) -> int:
    """Fetch the rows of a coverage.py data file, and make an integer of each blob."""
    import sqlite3
    from contextlib import closing

    count = 0
    for path in paths:
        with closing(sqlite3.connect(path)) as data:
            rows = data.execute("SELECT file_id, context_id, numbits FROM line_bits")
            count += sum(int.from_bytes(blob, "little").bit_count() for _, _, blob in rows)
    return count


def only_parse(paths: Iterable[Path]) -> None:
    """Parse XML by an iterparse pass that clears, JSON by the standard library, data files row by row."""
    for path in paths:
        work = {".xml": lxml_iterparse, ".sarif": json_loads}.get(path.suffix, sqlite_rows)
        work([path])


def only_parse_trees(paths: Iterable[Path]) -> None:
    """Parse XML into lxml's trees, one after the other, and JSON by the standard library."""
    for path in paths:
        work = lxml_parse if path.suffix == ".xml" else json_loads
        work([path])


def read_and_merge(paths: Iterable[Path]) -> object:
    """Read with reportgen's own readers and join, as the pipeline does."""
    from reportgen.collect import collect
    from reportgen.merge import merge
    from reportgen.model.config import Input
    from reportgen.model.limits import Limits
    from reportgen.readers import read

    limits = Limits()
    inputs = [Input(str(path)) for path in paths]
    evidence = merge(read(artifact, limits) for artifact in collect(inputs, root=Path.cwd(), limits=limits))
    if evidence.problems or not all(item.whole for item in evidence.items):
        raise SystemExit(f"not all was read: {evidence.problems[:3]} {evidence.warnings[:3]}")
    return evidence


WORK: dict[str, Work] = {
    work.__name__: work
    for work in (
        lxml_iterparse,
        lxml_parse,
        json_loads,
        sqlite_rows,
        only_parse,
        only_parse_trees,
        read_and_merge,
    )
}


def import_all() -> None:
    """Import what any of the work needs, so that imports are no part of what is measured."""
    import sqlite3

    from lxml import etree

    from reportgen import collect, merge
    from reportgen.readers import READERS, module_of

    for reader in READERS:
        module_of(reader)
    del sqlite3, etree, collect, merge


def files_in(folder: Path) -> list[Path]:
    """List the files of a folder, or of a folder of folders, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def peak_memory() -> int:
    """Return the most memory that this process had at once, in bytes."""
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    if told is not None:
        return int(told[1]) * 1024  # `ru_maxrss` begins with what the parent had, where the parent forked
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Do one piece of work and print what it took."""
    work, paths = WORK[sys.argv[1]], [path for folder in sys.argv[2:] for path in files_in(Path(folder))]
    import_all()
    start, used = time.perf_counter(), time.process_time()
    kept = work(paths)
    wall, cpu = time.perf_counter() - start, time.process_time() - used
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak_memory()}))
    del kept


if __name__ == "__main__":
    main()
