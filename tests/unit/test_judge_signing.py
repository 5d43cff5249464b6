"""What people answered and decided counts for one revision, and for no other."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.judge import explain, judge
from reportgen.model.audit import Audit
from reportgen.model.policy import Policy
from reportgen.model.signoff import Answer, Approval, Check, CheckItem, SignOff
from reportgen.model.states import State
from tests.unit.judge_evidence import DATE, case, changed, evidence

DOCS = Check(id="docs", text="The handbook says what changed", who="the writer")
JOINED = evidence([case("good")])


def answer(revision: str, state: State = State.PASS, **fields: object) -> Answer:
    told: dict[str, object] = {"item": "docs", "by": "Eve", "date": date(2025, 12, 24), **fields}
    return Answer(revision=revision, state=state, **told)  # type: ignore[arg-type]  # a table of fields


def approval(revision: str, decision: str = "approved", conditions: str = "") -> Approval:
    return Approval(
        role="QA lead",
        name="Quinn",
        decision=decision,  # type: ignore[arg-type]  # one of the three
        date=date(2025, 12, 25),
        revision=revision,
        conditions=conditions,
    )


def judged(signoff: SignOff, revision: str | None = "abc", policy: Policy | None = None) -> Audit:
    given = changed(checks=(DOCS,)) if policy is None else policy
    return judge(JOINED, given, generated_at=DATE, revision=revision, signoff=signoff)


def item(found: Audit, name: str = "docs") -> CheckItem:
    return next(each for each in found.checklist if each.id == name)


@pytest.mark.parametrize(
    ("answers", "revision", "state", "reason"),
    [
        ([], "abc", "not_done", "Nobody answered; the writer has to look."),
        ([answer("abc")], "abc", "pass", "Eve answered pass on 2025-12-24."),
        (
            [answer("abc", State.FAIL, note="a page is missing")],
            "abc",
            "fail",
            "Eve answered fail on 2025-12-24: a page is missing.",
        ),
        (
            [answer("old"), answer("older", by="Sam", date=date(2025, 1, 1))],
            "abc",
            "not_done",
            "Eve answered pass on 2025-12-24, for revision old and not for abc; the writer has to look.",
        ),
        (
            [answer("abc")],
            None,
            "not_done",
            (
                "Eve answered pass on 2025-12-24, for revision abc, and this report names no revision; "
                "the writer has to look."
            ),
        ),
    ],
)
def test_an_answer_counts_for_its_revision(
    answers: list[Answer], revision: str | None, state: str, reason: str
) -> None:
    found = item(judged(SignOff(answers=tuple(answers)), revision))
    assert (found.state.value, found.reason, found.manual) == (state, reason, True)
    done = state in ("pass", "fail")
    assert (found.by, found.revision) == (("Eve", "abc") if done else ("", ""))


@pytest.mark.parametrize(
    ("check", "state", "reason"),
    [
        (
            Check(id="x", text="t", condition="tests.total >= 2", otherwise="warn"),
            "warn",
            "The number of tests is 1, and 2 or more is asked for.",
        ),
        (
            Check(id="x", text="t", condition="coverage.percent >= 1", needs="coverage"),
            "unknown",
            "No coverage was offered.",
        ),
        (Check(id="x", text="t", not_applicable="no data is kept"), "not_applicable", "No data is kept."),
        (Check(id="no-flaky-test", text="t", condition="tests.flaky < 5"), "pass", "The number of"),
        (Check(id="tests-pass-me", text="t", condition="tests.failed == 0"), "pass", "There is no failed"),
    ],
)
def test_an_item_of_the_team(check: Check, state: str, reason: str) -> None:
    found = judged(SignOff(), policy=changed(checks=(check,)))
    told = item(found, check.id)
    assert (told.state.value, told.text) == (state, "t")
    assert told.reason.startswith(reason)
    assert len([each for each in found.checklist if each.id == check.id]) == 1


@pytest.mark.parametrize(
    ("given", "state", "note"),
    [
        ([], "not_done", "Nobody decided."),
        ([approval("abc")], "pass", ""),
        ([approval("abc", "conditional", "a hotfix")], "warn", ""),
        ([approval("abc", "rejected")], "fail", ""),
        (
            [approval("old")],
            "not_done",
            "Quinn said approved on 2025-12-25, for revision old and not for abc.",
        ),
    ],
)
def test_an_approval_counts_for_its_revision(given: list[Approval], state: str, note: str) -> None:
    [told] = judged(SignOff(approvals=tuple(given), roles=("QA lead",))).approvals
    assert (told.role, told.state.value, told.note) == ("QA lead", state, note)


def test_the_roles_that_are_asked_for_come_first() -> None:
    found = judged(SignOff(approvals=(approval("abc"),), roles=("Release manager",)))
    assert [each.role for each in found.approvals] == ["Release manager", "QA lead"]


def test_what_nobody_answered_is_explained() -> None:
    found = judged(SignOff())
    told = explain("docs", found, JOINED, changed(checks=(DOCS,)))
    assert (told.kind, told.state) == ("check", "not_done")
    assert told.turns == "It would turn with an answer for this revision in signoff.toml."
