"""A folder of evidence from strangers: each attack has its row, nothing crashes, and the rest is read."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import HEALTHY

NINES = "9" * 5_000
BOMB = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
CASE = '<testcase name="t" classname="c"/>'

# name -> content, and the kind of the problem that it comes to
REFUSED: dict[str, tuple[bytes | str, str]] = {
    "bomb.xml": (
        f'<!DOCTYPE a [<!ENTITY e0 "e">{BOMB}]><testsuite name="&e9;">{CASE}</testsuite>',
        "entity-declaration",
    ),
    "external.xml": (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuite name="&e;">{CASE}</testsuite>',
        "entity-declaration",
    ),
    "parameter.xml": (
        f'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><testsuite>{CASE}</testsuite>',
        "entity-declaration",
    ),
    "deep.xml": ("<testsuite>" * 5_000 + CASE + "</testsuite>" * 5_000, "not-well-formed"),
    "cut.xml": (HEALTHY[: len(HEALTHY) // 2], "not-well-formed"),
    "nul.xml": (HEALTHY.replace("name", "na\0me", 1), "not-well-formed"),
    "latin.xml": (b'<testsuite><testcase name="\xe9"/></testsuite>', "not-well-formed"),
    "mixed.xml": (
        b'<?xml version="1.0" encoding="utf-8"?><testsuite><testcase name="\xff\xfe"/></testsuite>',
        "not-well-formed",
    ),
    "deep.json": ("[" * 100_000 + "]" * 100_000, "not-json"),
    "deep.sarif": ('{"version": "2.1.0", "runs": ' + "[" * 300 + "]" * 300 + "}", "not-json"),
    "cut.sarif": (
        '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [',
        "not-json",
    ),
    "cut.xml.gz": (gzip.compress(HEALTHY.encode() * 50)[:-20], "truncated"),
    "empty.xml": ("", "empty-file"),
    "zeros.xml": (b"\0" * 5_000, "empty-file"),
    "cut.coverage": (b"SQLite format 3\0" + b"\x10\0\1\1\0" + b"\0" * 20, "corrupt-sqlite"),
}
# what is read, as far as it says anything, and the exit code: 4 where something may be missing
NUMBERS = {
    "numbers.xml": (
        f'<testsuite tests="{NINES}" time="NaN"><testcase name="n" time="1e999999999"/></testsuite>',
        4,
    ),
    "numbers.sarif": (
        """{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [
        {"message": {"text": "m"}, "rank": NaN, "locations": [{"physicalLocation": {"region":
        {"startLine": NINES, "startColumn": Infinity}, "artifactLocation": {"uri": "a.py"}}}]}]}]}""",
        0,
    ),
    "numbers.info": (
        f"TN:\nSF:a.py\nDA:{NINES},1\nDA:1,{NINES}\nDA:2,1e999999999\nLF:{NINES}\nend_of_record\n",
        4,
    ),
    "numbers.out": (f"mode: set\na.go:1.1,2.1 1 {NINES}\na.go:{NINES}.1,2.1 1 1\n", 4),
    "twice.sarif": (
        """{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results":
        [{"message": {"text": "m"}}], "results": []}]}""",
        4,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_refused_and_the_rest_is_read(cli: Cli, folder: Path, name: str) -> None:
    content, kind = REFUSED[name]
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "healthy.xml").write_text(HEALTHY)
    alone = json.loads(cli("build", "healthy.xml", "--format", "json").out)
    ran = cli("build", "healthy.xml", name, "--format", "json")
    audit = json.loads(ran.out)
    assert (ran.code, audit["verdict"]) == (4, "unknown")
    assert [(problem["path"].partition("!")[0], problem["kind"]) for problem in audit["problems"]] == [
        (name, kind)
    ]
    assert all(problem["message"] and problem["hint"] for problem in audit["problems"])
    assert audit["tests"]["total"] == alone["tests"]["total"]
    assert "root:" not in ran.out + ran.err


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_without_measure_are_bounded_and_doubted(cli: Cli, folder: Path, name: str) -> None:
    text, code = NUMBERS[name]
    (folder / name).write_text(text.replace("NINES", NINES))
    (folder / "healthy.xml").write_text(HEALTHY)
    ran = cli("build", "healthy.xml", name, "--format", "json")
    assert (ran.code, json.loads(ran.out)["verdict"]) == (code, {0: "pass", 4: "unknown"}[code])
    assert NINES[:200] not in ran.out
    assert cli("build", "healthy.xml", name).code == code


@pytest.mark.skipif(os.name == "nt", reason="files of POSIX")
def test_what_is_no_file_neither_blocks_nor_costs_the_rest(cli: Cli, folder: Path) -> None:
    place = folder / "evidence"
    place.mkdir()
    (place / "healthy.xml").write_text(HEALTHY)
    (place / "junit.xml").mkdir()
    os.mkfifo(place / "pipe.xml")
    (place / "loop.xml").symlink_to("loop.xml")
    (place / "up").symlink_to("..")
    (place / "gone.xml").symlink_to("nowhere.xml")
    ran = cli("build", "evidence", "--format", "json")
    audit = json.loads(ran.out)
    assert (ran.code, audit["verdict"]) == (4, "unknown")
    assert [(problem["path"], problem["kind"]) for problem in audit["problems"]] == [
        ("evidence/gone.xml", "not-found"),
        ("evidence/loop.xml", "unreadable"),
        ("evidence/pipe.xml", "unreadable"),
    ]
    assert audit["tests"]["total"] > 0
    assert cli("build", "evidence/junit.xml").code == 3
