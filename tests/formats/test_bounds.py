"""Evidence without end: refused or cut at a bound that can be set, within the memory of that bound."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MIB = 1 << 20

# name -> what stands first, what is repeated without end, what stands last, the kind of problem
ENDLESS = {
    "a name in JUnit": ('<testsuite><testcase name="', "a", '"/></testsuite>', "too-big"),
    "a CDATA section": ("<testsuite><testcase><failure><![CDATA[", "a", "]]></failure>", "too-big"),
    "a tag": ("<testsuite><", "a", "/></testsuite>", "too-big"),
    "a comment": ("<checkstyle><!-- ", "a", "--></checkstyle>", "too-big"),
    "attributes": ("<checkstyle><file ", 'a="" ', "/></checkstyle>", "too-big"),
    "strange elements": ("<checkstyle><x>", "<y/>", "</x></checkstyle>", "too-big"),
    "a comment before the root": ("<!--", "a", "--><testsuite/>", "not-well-formed"),
    "nesting": ("<testsuite>", "<testsuite>", "", "not-well-formed"),
    "a message in Checkstyle": ('<checkstyle><file><error message="', "a", '"/></file>', "too-big"),
    "lines of one class": (
        '<coverage line-rate="1"><packages><package><classes><class filename="a"><lines>',
        '<line number="1"/>',
        "</lines></class>",
        "too-big",
    ),
    "a message in SARIF": ('{"version": "2.1.0", "runs": [{"results": [{"a": "', "a", '"}]}]}', "too-big"),
    "results": ('{"version": "2.1.0", "runs": [{"results": [', "{},", "{}]}]}", "too-big"),
    "brackets": ('{"version": "2.1.0", "runs": ', "[", "", "too-big"),
    "digits": ('{"version": "2.1.0", "runs": ', "9", "}", "too-big"),
    "a SQLite file": ("SQLite format 3\0", "\0", "", "too-big"),
    "a hit count": ("TN:\nSF:a\nDA:1,", "9", "\nend_of_record\n", ""),
    "a path in LCOV": ("TN:\nSF:", "a", "\nDA:1,1\nend_of_record\n", ""),
    "lines in LCOV": ("TN:\nSF:a\n", "DA:1,1\n", "end_of_record\n", ""),
    "a count in Go": ("mode: set\na.go:1.1,2.2 1 ", "1", "\n", ""),
    "blanks": ("", " ", "", "not-evidence"),
    "zeros": ("", "\0", "", "not-evidence"),
    "text": ("words ", "a", "", "not-evidence"),
}

_READ = """
import io, json, resource, sys
from reportgen.model.artifact import Artifact
from reportgen.model.limits import Limits
from reportgen.readers import READERS, module_of, read

first, again, last, size, limits, room = json.loads(sys.argv[1])

class Endless(io.RawIOBase):
    def __init__(self):
        block = again.encode() * (262144 // len(again))
        self.pieces = iter([first.encode(), *[block] * (size // len(block)), last.encode()])
        self.rest = b""
    def readable(self):
        return True
    def readinto(self, buffer):
        self.rest = self.rest or next(self.pieces, b"")
        count = min(len(buffer), len(self.rest))
        buffer[:count], self.rest = self.rest[:count], self.rest[count:]
        return count

for reader in READERS:
    module_of(reader)
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + room, used + room))
facts = read(Artifact("a", "a", lambda: io.BufferedReader(Endless())), Limits(**limits))
print(json.dumps([[problem.kind, problem.message, problem.hint] for problem in facts.problems]))
"""


def problems(name: str, size: int, limits: dict[str, int], room: int) -> list[list[str]]:
    """Read so much of it with `room` bytes of memory to spare."""
    first, again, last, _ = ENDLESS[name]
    told = json.dumps([first, again, last, size, limits, room])
    run = subprocess.run(
        [sys.executable, "-c", _READ, told], capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr
    found: list[list[str]] = json.loads(run.stdout)
    return found


def check(name: str, found: list[list[str]]) -> None:
    kind = ENDLESS[name][3]
    assert [problem[0] for problem in found] == ([kind] if kind else [])
    for _, message, hint in found:
        assert message
        assert hint
        assert "not enough memory" not in message
        assert "MemoryError" not in message


linux = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory used is not told here")


@linux
@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS)
def test_forty_mebibytes_in_the_memory_of_a_few(name: str) -> None:
    limits = {"whole_bytes": 8 * MIB, "xml_element_bytes": 4 * MIB, "xml_element_nodes": 50_000}
    check(name, problems(name, 40 * MIB, limits, 64 * MIB))


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["a name in JUnit", "a message in Checkstyle", "a message in SARIF", "a path in LCOV"]
)
def test_a_gigabyte_of_one_line_within_the_bounds_that_hold_by_default(name: str) -> None:
    check(name, problems(name, 1024 * MIB, {}, 900 * MIB))
