from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportgen.errors import ConfigError
from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.states import Outcome
from reportgen.redact import Redactor, redact
from tests.sample_audit import sample_audit
from tests.sample_parts import case, sample_tests

# Made up for this test, in pieces so that no scanner takes them for real ones.
GITHUB = "gh" + "p_" + "a1B2" * 9
JWT = "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0" + ".abc-_"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"clone failed: {GITHUB} refused", "clone failed: [redacted] refused"),
        (f"header {JWT}, expired", "header [redacted], expired"),
        ("AKIA" + "ABCDEFGHIJKLMNOP", "[redacted]"),
        ("postgres://admin:hunter2@db:5432/app", "postgres://[redacted]@db:5432/app"),
        ("redis://:p4ss@localhost", "redis://[redacted]@localhost"),
        ("https:/ada:p4ss@host/x.xml", "https:/[redacted]@host/x.xml"),  # as a path is written
        ("Authorization: Bearer abcdef.123456", "Authorization: Bearer [redacted]"),
        ("Authorization: Basic " + "YWRhOmh1bnRlcjI=", "Authorization: Basic [redacted]"),
        ("authorization=abc123def456", "authorization=[redacted]"),
        ('password="correct-horse"', "password=[redacted]"),
        ("SECRET_KEY = 'django-insecure-a1b2c3'", "SECRET_KEY = [redacted]"),
        ('token := "abcdef-uvw"', "token := [redacted]"),
        ("signing-key: abcdef123456", "signing-key: [redacted]"),
        ("DB_PASSWORD=s3cretvalue next", "DB_PASSWORD=[redacted] next"),
        ("{'api_key': 'abcdef123456'}", "{'api_key': [redacted]}"),
        ("x -----BEGIN RSA PRIVATE KEY----- MIIE\nabc -----END RSA PRIVATE KEY----- y", "x [redacted] y"),
        ("x -----BEGIN PRIVATE KEY----- cut off", "x [redacted]"),
        ("x -----BEGIN PGP PRIVATE KEY BLOCK----- cut off", "x [redacted]"),
        ("gl" + "rt-" + "a1B2" * 5, "[redacted]"),
        ("xap" + "p-1-" + "A1B2" * 5, "[redacted]"),
        (
            "POST hooks.slack.com/services/" + "T0/B0/" + "a1B2" * 6,
            "POST hooks.slack.com/services/[redacted]",
        ),
        ("wh" + "sec_" + "a1B2" * 8, "[redacted]"),
        ("ya" + "29." + "a1B2" * 8, "[redacted]"),
        ("hv" + "s." + "a1B2" * 8, "[redacted]"),
        ("dop" + "_v1_" + "a1b2" * 16, "[redacted]"),
        ("dckr" + "_pat_" + "a1B2" * 7, "[redacted]"),
    ],
)
def test_secret_is_taken_out(text: str, expected: str) -> None:
    assert Redactor().scrub(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "test_token_refresh",
        "tests/auth/test_password.py::test_reset",
        "token expired: please log in",
        "KeyError: 'user'",
        "http://localhost:8080/path",
        "expected password: str, got None",
        "sk-learn is not installed",
        "author: Ada Lovelace 1843",
        "Basic authentication is asked for by 2 of 3",
        "authorization: Bearer is missing",
        "tests.test_auth::test_login_2",
        "unit/test_token::test_v2[a/b]",
        "assert token == other_token_2",
        "sk-loading-indicator-of-the-whole-page-content",
        "3f1c2ab9d4e5f60718293a4b5c6d7e8f90a1b2c3",
        "123e4567-e89b-12d3-a456-426614174000",
        "passed: 12/13 in 1:02:03",
        "C:/src/a:b",
    ],
)
def test_plain_text_stays(text: str) -> None:
    redactor = Redactor()
    assert redactor.scrub(text) == text
    assert redactor.count == 0


def test_a_secret_counts_once_however_often_it_stands() -> None:
    redactor = Redactor()
    redactor.scrub(f"{GITHUB} {GITHUB}")
    redactor.scrub(f"again {GITHUB}")
    assert redactor.count == 1


def test_further_pattern() -> None:
    assert Redactor([r"(?i)acme-[0-9]{4}"]).scrub("key ACME-1234 ok") == "key [redacted] ok"


@pytest.mark.parametrize(
    ("pattern", "what"), [("(", "is not a regular expression"), ("x*", "matches the empty text")]
)
def test_wrong_pattern_is_told(pattern: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        Redactor([pattern])


def test_long_hostile_text_takes_linear_time() -> None:
    # Quadratic backtracking would take minutes on these.
    for text in (
        "a-" * 50_000 + "password",
        "pass" * 50_000,
        "://" * 50_000,
        "-----BEGIN PRIVATE KEY" * 9_000,
    ):
        assert Redactor().scrub(text)


def test_scrubbed_text_stays_as_it_is() -> None:
    redactor = Redactor()
    once = redactor.scrub(f"a {GITHUB}; password='correct-horse'; redis://:p4ss@h; token: x1x1x1x1")
    assert once == "a [redacted]; password=[redacted]; redis://[redacted]@h; token: [redacted]"
    assert redactor.scrub(once) == once


def test_further_pattern_with_anchors_fits_a_whole_text_among_many_cases() -> None:
    cases = [case(number) for number in range(600)]
    cases[599] = replace(cases[599], name="acme-1234")
    clean, count = redact(_audit(cases), Redactor([r"^acme-[0-9]+$"]))
    assert clean.tests is not None
    assert [one.name for one in clean.tests.cases[598:]] == ["test_number_598", "[redacted]"]
    assert count == 1


def test_ids_of_tests_stay_unique_and_references_resolve() -> None:
    ids = [f"test[{GITHUB}{number}]" for number in range(3)]
    cases = [replace(case(number, Outcome.FAILED, message="no"), id=id_) for number, id_ in enumerate(ids)]
    clean, count = redact(_audit([*cases, replace(case(9), id="test[[redacted]] (2)")]))
    assert clean.tests is not None
    found = [one.id for one in clean.tests.cases]
    assert found == [
        "test[[redacted]]",
        "test[[redacted]] (3)",
        "test[[redacted]] (4)",
        "test[[redacted]] (2)",
    ]
    assert clean.tests.causes[0].cases == tuple(found[:3])
    assert count == 3


def test_keys_that_become_equal_lose_no_count() -> None:
    audit = sample_audit()
    assert audit.findings is not None
    findings = replace(audit.findings, by_rule={f"{GITHUB}0": 2, f"{GITHUB}1": 3})
    clean, _ = redact(replace(audit, findings=findings))
    assert clean.findings is not None
    assert clean.findings.by_rule == {"[redacted]": 2, "[redacted] (2)": 3}


def _audit(cases: list[JoinedCase]) -> Audit:
    return replace(sample_audit(), tests=sample_tests(cases))
