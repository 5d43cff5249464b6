"""reportgen turns the evidence that a build leaves behind into an audit report that a person can sign.

The library's face, each name imported when it is first used:

    from reportgen import build_audit, load_config, render

`load_config` reads a configuration; `collect`, `read`, `merge`, `examine` and `judge` are the steps from
paths to an `Audit`, and `build_audit` is all of them; `render` prints an audit.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from reportgen.model.version import VERSION

if TYPE_CHECKING:
    from reportgen.collect import collect
    from reportgen.config import load_config
    from reportgen.errors import ReportgenError
    from reportgen.judge import judge
    from reportgen.merge import merge
    from reportgen.model.artifact import Artifact, Problem
    from reportgen.model.audit import Audit
    from reportgen.model.config import Config, Input
    from reportgen.model.evidence import Evidence, JoinRules
    from reportgen.model.facts import Facts
    from reportgen.model.limits import Limits
    from reportgen.model.policy import Policy
    from reportgen.model.profile import Profile
    from reportgen.model.states import Outcome, Severity, State
    from reportgen.pipeline import build_audit
    from reportgen.readers import read
    from reportgen.render import render
    from reportgen.rules import examine

__version__ = VERSION

__all__ = [
    "Artifact",
    "Audit",
    "Config",
    "Evidence",
    "Facts",
    "Input",
    "JoinRules",
    "Limits",
    "Outcome",
    "Policy",
    "Problem",
    "Profile",
    "ReportgenError",
    "Severity",
    "State",
    "__version__",
    "build_audit",
    "collect",
    "examine",
    "judge",
    "load_config",
    "merge",
    "read",
    "render",
]

_HOMES = {
    "Artifact": "model.artifact",
    "Audit": "model.audit",
    "Config": "model.config",
    "Evidence": "model.evidence",
    "Facts": "model.facts",
    "Input": "model.config",
    "JoinRules": "model.evidence",
    "Limits": "model.limits",
    "Outcome": "model.states",
    "Policy": "model.policy",
    "Problem": "model.artifact",
    "Profile": "model.profile",
    "ReportgenError": "errors",
    "Severity": "model.states",
    "State": "model.states",
    "build_audit": "pipeline",
    "collect": "collect",
    "examine": "rules",
    "judge": "judge",
    "load_config": "config",
    "merge": "merge",
    "read": "readers",
    "render": "render",
}


class _Face(ModuleType):
    """This package. Four of its names are those of a room and of the verb in it; it shows the verb."""

    def __getattr__(self, name: str) -> object:  # type: ignore[explicit-override]  # Python 3.12 has the decorator
        """Import a name of the face when it is first used."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{self.__name__}.{home}"), name)
        self.__dict__[name] = found
        return found

    def __setattr__(self, name: str, value: object) -> None:  # type: ignore[explicit-override]  # likewise
        """Keep a room that is imported later from standing in front of its verb."""
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
