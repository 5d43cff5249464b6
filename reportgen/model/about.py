"""What a team says of an audit itself: who makes it, of what, by which standards, and what it expects."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct


class Expected(Struct, frozen=True, kw_only=True):
    """A share of failing tests that the policy expects, in percent; it is quoted, and changes no outcome."""

    least: Fraction
    most: Fraction


class LayerCommand(Struct, frozen=True, kw_only=True):
    """The command that runs the tests of a layer."""

    layer: str
    command: str


class About(Struct, frozen=True, kw_only=True):
    """What the configuration says of the audit; whatever it leaves out is empty.

    `impact` says what is at stake ("$500K ARR"), as the team states it. `commands` run the layers, in the
    order of the configuration. `duration` is how long what is audited took, as the team states it.
    """

    auditor: str = ""
    focus: str = ""
    mission: str = ""
    impact: str = ""
    standards: tuple[str, ...] = ()
    next_review: str = ""
    expected_failures: Expected | None = None
    commands: tuple[LayerCommand, ...] = ()
    duration: str = ""


NOTHING_SAID = About()
