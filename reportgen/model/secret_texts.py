"""What a secret that goes over many lines looks like."""

from __future__ import annotations

PRIVATE_KEY = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?:.*?-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|.*)"
)
"""A private key of RFC 7468 or OpenPGP, also one that is cut off; a pattern for `re.DOTALL`."""
