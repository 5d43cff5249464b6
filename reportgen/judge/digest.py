"""The digest of the scoring model: two reports with the same one were judged alike."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import msgspec

from reportgen.model.policy import Policy
from reportgen.model.version import VERSION

LENGTH = 16


def digest_of(policy: Policy) -> str:
    """Return the first 16 hex digits of the SHA-256 of policy and version."""
    canonical = msgspec.json.encode([VERSION, policy], enc_hook=_plain, order="deterministic")
    return hashlib.sha256(canonical).hexdigest()[:LENGTH]


def _plain(value: object) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} is no part of a policy")
