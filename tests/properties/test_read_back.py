"""Whatever the evidence and the policy, each report of each profile says what the model says."""

from __future__ import annotations

import os
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence
from reportgen.model.notes import Note
from reportgen.model.policy import Policy
from reportgen.model.profile import Profile
from reportgen.render import render
from reportgen.render.profiles import list_profiles
from tests.golden.read_back import contradictions
from tests.golden.test_read_back import NUMBERED
from tests.hostile_texts import FRAGMENTS
from tests.properties.test_judge import some_evidence, some_policy
from tests.unit.judge_evidence import audit, case, evidence, file, finding, scan

LAW = settings(
    max_examples=1000 if os.environ.get("REPORTGEN_FUZZ") else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
PROFILES = (*list_profiles(), NUMBERED)
NAMES = st.sampled_from(PROFILES)


def checked(found: Audit, profile: Profile) -> None:
    page = render(found, profile, "md")
    assert contradictions(page, found, profile) == [], page


@LAW
@given(some_evidence(), some_policy(), NAMES)
def test_a_report_never_contradicts_its_model(joined: Evidence, policy: Policy, profile: Profile) -> None:
    checked(audit(joined, policy), profile)


MADE = {
    "nothing": evidence(),
    "one test that passes": evidence([case("t")]),
    "one test that fails": evidence([case("t", "failed", "boom")]),
    "one skipped": evidence([case("t", "skipped")]),
    "coverage alone": evidence(files=[file("a.py", {1}, {1, 2})]),
    "a finding alone": evidence(findings=scan(finding("F401", "low", "a.py", 1))),
    "all green": evidence([case(f"t{n}") for n in range(40)], files=[file("a.py", {1, 2}, {1, 2})]),
    "all red": evidence([case(f"t{n}", "failed", f"boom {n}") for n in range(40)]),
    "thousands": evidence(
        [
            case(f"t{n}", ("passed", "failed", "errored", "skipped")[n % 4], f"m{n % 90}")
            for n in range(3_000)
        ],
        findings=scan(*(finding(f"R{n % 70}", "low", f"f{n % 300}.py", n + 1) for n in range(2_000))),
    ),
}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@pytest.mark.parametrize("made", MADE.values(), ids=MADE.keys())
def test_nor_does_one_on_evidence_of_a_size(made: Evidence, profile: Profile) -> None:
    checked(audit(made), profile)


@LAW
@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=30)), max_size=6).map("\n".join), NAMES
)
def test_no_note_can_break_or_forge_a_report(text: str, profile: Profile) -> None:
    note = Note(section=profile.names[0], by=text[:40], date=date(2026, 1, 1), text=text)
    found = replace(audit(evidence([case("t", "failed", "boom")])), notes=(note,))
    checked(found, profile)
    without = structure(render(replace(found, notes=()), profile, "md"))
    assert structure(render(found, profile, "md")) == without


def structure(page: str) -> list[tuple[str, str]]:
    """List what a page is made of, but for its quotations, whose links lead to the web alone.

    A digest is only said to be one: that of the model is another where a note is there.
    """
    told: list[tuple[str, str]] = []
    quotes = 0
    for token in MarkdownIt("js-default").parse(page):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        for child in token.children or ():
            assert child.type != "image"
            if quotes and child.type == "link_open":
                assert str(child.attrGet("href")).lower().startswith(("http://", "https://", "mailto:"))
        if not quotes and token.type != "blockquote_close":
            told.append((token.type, re.sub(r"\b[0-9a-f]{64}\b", "digest", token.content)))
    return told
