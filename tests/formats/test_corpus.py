"""Whole folders of evidence, of many producers, against what an independent reader counted in them.

Our own files are always read. Where the environment names a larger corpus in REPORTGEN_CORPUS, that is too.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.formats.corpus_reading import OUR_FILES, disagreements, entries, facts_of

CORPUS = os.environ.get("REPORTGEN_CORPUS", "")

# file -> why we count otherwise, and are right to
KEPT: Mapping[str, str] = {
    "malformed/cobertura-odd-values.xml": "lines without a number (`abc`, none) are no places, and told",
    "malformed/jacoco-no-lines.xml": "counters alone stand as those of one file, and count when joined",
}


def told(folder: Path) -> tuple[list[str], Counter[str], Counter[str]]:
    """Read a corpus: what disagrees, and by format how many files agree, of how many."""
    wrong: list[str] = []
    agreed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for entry in entries(folder):
        form = entry["format"]
        asked[form] += 1
        found = disagreements(entry, facts_of(folder, entry))
        agreed[form] += not found
        if bool(found) != (entry["path"] in KEPT):
            wrong.append(f"{entry['path']}: {'; '.join(found) or 'it agrees, and is listed as not'}")
    return wrong, agreed, asked


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong, agreed, asked = told(folder)
    rows = [f"  {form:18} {agreed[form]:>3} / {asked[form]}" for form in sorted(asked)]
    with capsys.disabled():
        sys.stdout.write("\n".join([f"\n{agreed.total()} of {asked.total()} files agree", *rows, ""]))
    assert not wrong, "\n".join(wrong)


def test_our_files_are_read_as_they_were_counted(capsys: pytest.CaptureFixture[str]) -> None:
    check(OUR_FILES, capsys)


@pytest.mark.skipif(not CORPUS, reason="REPORTGEN_CORPUS names no folder with a manifest.json")
def test_the_corpus_is_read_as_it_was_counted(capsys: pytest.CaptureFixture[str]) -> None:
    check(Path(CORPUS), capsys)


def test_no_file_reads_another() -> None:
    """The canary that the hostile files point to stands in nothing that was read."""
    canary = (OUR_FILES / "malformed" / "xxe-canary.txt").read_text().strip()
    assert canary
    for entry in entries(OUR_FILES):
        assert canary not in repr(facts_of(OUR_FILES, entry))
