"""Evidence and policy → Audit: criteria, gates, checklist, remediation; and why each came out as it did."""

from __future__ import annotations

from reportgen.judge.explaining.explain import explain
from reportgen.judge.explaining.explanation import Explanation
from reportgen.judge.judgement import judge

__all__ = ["Explanation", "explain", "judge"]
