"""The release document: what it is signed on, what is accepted, and what belongs to another revision."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from msgspec.structs import replace

from reportgen.judge import judge
from reportgen.model.audit import Audit
from reportgen.model.expected import ExpectedInput, InputState
from reportgen.model.policy import Policy
from reportgen.model.signoff import Answer, Approval, Check, SignOff
from reportgen.model.states import State
from reportgen.model.waivers import Waiver
from reportgen.render import render
from reportgen.render.profiles import load_profile
from reportgen.render.views.digests import digests
from reportgen.render.views.other_revisions import other_revisions
from reportgen.render.views.parts import Subject
from reportgen.render.views.risks_accepted import risks_accepted
from reportgen.render.views.signatures import signatures
from reportgen.render.views.signoff import signoff_state
from tests.unit.judge_evidence import DATE, case, changed, evidence, file, finding, item, scan

PROFILE = load_profile("signoff")
LOOK = Check(id="look", text="It was tried", who="operations")
NOW, OLD = "abc1234", "0001111"
GREEN = evidence([case("t1")], files=[file("a.py", [1], [1])], findings=scan())
DAY = date(2025, 12, 24)
NAMELESS = (
    "The release is not signed off: this report names no revision, so nobody can approve it;"
    " 1 check is open; 1 approval is missing."
)


def approval(role: str = "lead", revision: str = NOW, decision: str = "approved") -> Approval:
    conditions = "Only on weekdays" if decision == "conditional" else ""
    return Approval(
        role=role,
        name="Ann",
        decision=decision,  # type: ignore[arg-type]  # one of the three
        date=DAY,
        revision=revision,
        conditions=conditions,
    )


def answer(revision: str = NOW, state: State = State.PASS) -> Answer:
    return Answer(item="look", state=state, by="Cy", date=DAY, revision=revision)


def audit(
    *approvals: Approval,
    answers: tuple[Answer, ...] = (answer(),),
    roles: tuple[str, ...] = ("lead",),
    revision: str | None = NOW,
    policy: Policy | None = None,
    joined: object = GREEN,
) -> Audit:
    return judge(
        joined,  # type: ignore[arg-type]  # the evidence
        policy or changed(checks=(LOOK,)),
        generated_at=DATE,
        revision=revision,
        signoff=SignOff(answers=answers, approvals=approvals, roles=roles),
    )


def subject(found: Audit) -> Subject:
    return Subject(found, PROFILE)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (audit(approval()), "Every decision for this revision is an approval, and none is missing."),
        (
            audit(approval(decision="conditional")),
            "No decision is missing, and none is a refusal; there are conditions.",
        ),
        (
            audit(approval(decision="rejected")),
            "The release is refused: a decision for this revision says so.",
        ),
        (audit(), "The release is not signed off: 1 approval is missing."),
        (audit(approval(revision=OLD)), "The release is not signed off: 1 approval is missing."),
        (
            audit(approval(), roles=("lead", "qa", "law")),
            "The release is not signed off: 2 approvals are missing.",
        ),
        (audit(approval(), answers=()), "The release is not signed off: 1 check is open."),
        (audit(roles=()), "The release is not signed off: nobody is asked to approve it."),
        (
            audit(
                approval(),
                joined=evidence([case("t1", "failed")], files=[file("a.py", [1], [1])], findings=scan()),
            ),
            "The release is not signed off: the verdict is fail; 1 check is open.",
        ),
        (
            audit(approval(), revision=None),
            NAMELESS,
        ),
    ],
)
def test_a_release_is_signed_off_only_with_all_that_it_needs(found: Audit, told: str) -> None:
    assert signoff_state(subject(found)).sentence == told


def test_each_part_has_its_own_state() -> None:
    parts = {row.name: (row.badge.source, row.told) for row in signoff_state(subject(audit())).parts}
    assert list(parts) == ["Verdict", "Checklist", "Approvals"]
    assert parts["Approvals"] == ("⏳ **NOT DONE**", "1 approval is not given for this revision")


WAIVER = Waiver(
    id="W1",
    rule="S1",
    path="a.py",
    fingerprint="f",
    reason="A false alarm",
    owner="pay",
    approver="law",
    created=date(2025, 1, 1),
    expires=date(2026, 12, 1),
)


def waived() -> Audit:
    joined = evidence([case("t1")], findings=scan(replace(finding("S1", "high", "a.py"), fingerprint="f")))
    return audit(
        approval(decision="conditional"), joined=joined, policy=changed(waivers=(WAIVER,)), answers=()
    )


def test_what_is_accepted_says_by_whom_and_until_when() -> None:
    rows = risks_accepted(subject(waived())).accepted.rows
    assert [(row.risk, row.source, row.by, row.until) for row in rows] == [
        ("1 finding: rule S1, path a.py, fingerprint f", "waiver W1", "law, for pay", "2026-12-01"),
        ("Only on weekdays", "condition of an approval", "Ann, lead", ""),
    ]


def test_what_nobody_accepted_is_open() -> None:
    joined = evidence([case("t1", "failed")], findings=scan(finding("S1", "high", "a.py")))
    view = risks_accepted(subject(audit(joined=joined)))
    assert not view.accepted
    told = [row.risk for row in view.open.rows]
    assert any(text.startswith("No test failed or errored: ") for text in told)
    assert "1 high finding is open." in told
    assert view.sentence == f"No risk is accepted; {len(told)} risks are open without a waiver."


def test_nothing_open_is_said_so() -> None:
    bare = replace(audit(approval()), gates=(), matrices=(), waivers=())
    told = risks_accepted(subject(replace(bare, summary=replace(bare.summary, not_measured=()))))
    assert told.sentence.startswith("No waiver is open")
    assert not told.accepted
    assert not told.open


def test_what_is_of_another_revision_is_shown_as_such() -> None:
    found = audit(approval(revision=OLD), answers=(answer(OLD),))
    stale = ExpectedInput(path="*.xml", state=InputState.STALE, reason="2 days old", evidence=("E1",))
    view = other_revisions(subject(replace(found, expected=(stale,))))
    assert [(row.what, row.of, row.belongs) for row in view.rows.rows] == [
        ("answer", "It was tried", OLD),
        ("approval", "lead", OLD),
        ("expected input", "*.xml", "stale"),
    ]
    assert f"for revision {OLD} and not for {NOW}" in view.rows.rows[1].told


def test_evidence_of_another_commit_is_shown_and_casts_doubt() -> None:
    index = (replace(item(1, "unit.xml"), revision=OLD), replace(item(2, "e2e.xml"), revision=NOW + "99"))
    found = audit(approval(), joined=evidence([case("t1")], items=index))
    rows = [row for row in other_revisions(subject(found)).rows.rows if row.what == "evidence"]
    assert [(row.of, row.belongs) for row in rows] == [("unit.xml", OLD)]
    assert found.verdict is State.UNKNOWN
    assert any(each.kind == "another revision" and each.doubt for each in found.warnings)


@pytest.mark.parametrize(
    ("told", "revision", "sentence"),
    [
        (("",), NOW, "The only file of evidence does not say which revision it was made from."),
        (("", ""), NOW, "None of 2 files of evidence says which revision it was made from."),
        ((NOW, ""), NOW, "1 file of evidence does not say which revision it was made from."),
        ((NOW, "", ""), NOW, "2 files of evidence do not say which revision they were made from."),
        ((NOW,), NOW, f"Nothing that was given names another revision than {NOW}, or is stale."),
        (
            (NOW,),
            None,
            "This report names no revision, so no answer, approval or file can be told to belong to it.",
        ),
    ],
)
def test_how_much_says_its_revision(told: tuple[str, ...], revision: str | None, sentence: str) -> None:
    index = tuple(replace(item(at, f"{at}.xml"), revision=each) for at, each in enumerate(told, 1))
    found = audit(approval(), revision=revision, joined=evidence([case("t1")], items=index))
    assert sentence in other_revisions(subject(found)).sentences


@pytest.mark.parametrize(
    ("approvals", "roles", "sentence", "unsigned"),
    [
        ((approval(),), ("lead",), "1 decision is given for this revision, and none is missing.", ()),
        ((approval(),), ("lead", "qa"), "1 of 2 decisions is given for this revision.", ("qa",)),
        ((), ("lead", "qa"), "None of 2 decisions is given for this revision.", ("lead", "qa")),
        ((), ("qa",), "The only decision is not given for this revision.", ("qa",)),
    ],
)
def test_who_did_not_decide_gets_a_line_to_sign(
    approvals: tuple[Approval, ...], roles: tuple[str, ...], sentence: str, unsigned: tuple[str, ...]
) -> None:
    view = signatures(subject(audit(*approvals, roles=roles)))
    assert view is not None
    assert (view.sentence, view.unsigned) == (sentence, unsigned)


def test_without_roles_there_is_nothing_to_sign() -> None:
    assert signatures(subject(audit(roles=()))) is None


def test_the_digest_is_of_the_model_as_it_is_written() -> None:
    found = audit()
    view = digests(subject(found))
    assert view.model == sha256(render(found, PROFILE, "json").encode()).hexdigest()
    listed = "".join(f"{each.sha256}  {each.path}\n" for each in sorted(found.evidence, key=lambda i: i.path))
    assert view.evidence == sha256(listed.encode()).hexdigest()


def test_the_page_has_every_section_of_a_release_document() -> None:
    page = render(waived(), PROFILE, "md")
    wanted = ("Sign-off", "Gates", "Matrices", "Open waivers", "Checklist", "Risks accepted", "Approvals")
    for heading in (*wanted, "Not of this revision", "Evidence index", "Digest of the model"):
        assert f"\n## {heading}\n" in page
