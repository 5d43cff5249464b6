"""The digests that bind a report to its model, its policy and its evidence, with how each is checked."""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.render.model_json import to_json
from reportgen.render.views.parts import Subject


class DigestsView(Struct, frozen=True):
    """`model` is the SHA-256 of `audit.json`, `policy` is as in the method.

    `evidence` is the SHA-256 of the list of digests, empty where no file was read.
    """

    model: str
    policy: str
    version: str
    evidence: str
    files: str


def digests(subject: Subject) -> DigestsView:
    """Take the digests of what the report was made from."""
    audit = subject.audit
    read = sorted((item.path, item.sha256) for item in audit.evidence if item.sha256)
    listed = "".join(f"{digest}  {path}\n" for path, digest in read)
    return DigestsView(
        model=_digest(to_json(audit)),
        policy=audit.digest,
        version=audit.version,
        evidence=_digest(listed) if read else "",
        files=plural(len(read), "file"),
    )


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
