"""Which rule a SARIF result is of, and what its level is by default.

The standard's sections: rule look-up 3.52.3, level 3.27.10, overrides 3.51, hierarchical ids 3.5.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from reportgen.model.findings import Rule
from reportgen.model.limits import Limits
from reportgen.model.states import Severity
from reportgen.readers import severity
from reportgen.readers.findings import cut, web_address
from reportgen.readers.sarif_shapes import (
    Component,
    ComponentReference,
    Descriptor,
    Override,
    RuleReference,
    Run,
    SarifResult,
    Text,
)

T = TypeVar("T")

_DEEPEST = 16  # an id of thousands of levels is an attack


class RuleEntry(Struct):
    """A rule as the results of one run name it.

    `id` is empty where nothing names it. `level` is the default after overrides. `odd` says why the
    result's references do not fit together, else it is empty.
    """

    id: str
    level: str
    tool: str
    descriptor: Descriptor | None
    component: Component | None
    odd: str = ""

    def severity_of(self, level: str) -> Severity:
        """Judge a result at `level`: by the rule's score, else by the table of rules, else by the level."""
        properties = self.descriptor.properties if self.descriptor else None
        score = severity.of_score(properties.security_severity) if properties else None
        return score or severity.of_rule(self.tool, self.id) or severity.of_level(severity.SARIF, level)


class RuleBook:
    """The rules of one run; `find` looks one up and remembers the answer."""

    def __init__(self, run: Run, tool: str, limits: Limits) -> None:
        self._tool = tool
        self._limits = limits
        driver = (run.tool and run.tool.driver) or Component()
        self._components = [_Rules(each) for each in (driver, *((run.tool and run.tool.extensions) or ()))]
        self._overrides = [
            self._overridden(each.rule_configuration_overrides) for each in run.invocations or ()
        ]
        self._simple: dict[tuple[str | None, int | None], RuleEntry] = {}
        self._spelled: dict[str, RuleEntry] = {}

    def find(self, result: SarifResult) -> RuleEntry:
        """Return the rule of a result. Mostly two members name it, and the answer is known already."""
        invocation = result.provenance.invocation_index if result.provenance else None
        if result.rule is None and (invocation is None or invocation < 0):
            key = (result.rule_id, result.rule_index)
            entry = self._simple.get(key)
            if entry is None:
                entry = self._simple[key] = self._entry(result, None)
            return entry
        spelled = repr((result.rule_id, result.rule_index, result.rule, invocation))
        known = self._spelled.get(spelled)
        if known is None:
            known = self._spelled[spelled] = self._entry(result, invocation)
        return known

    def _entry(self, result: SarifResult, invocation: int | None) -> RuleEntry:
        reference = result.rule or RuleReference()
        name = result.rule_id or reference.id or ""
        index = reference.index if reference.index is not None else result.rule_index
        rules = self._component(reference.tool_component)
        found = rules.at(index) or rules.by_guid.get(reference.guid or "") or rules.with_id(name)
        name = name or (found.id if found else None) or ""
        odd = rules.odd(name, index, found)
        default = found.default_configuration.level if found and found.default_configuration else None
        level = self._override(name, found, invocation) or default or "warning"
        if found is None and reference.tool_component is None:
            # Not every tool says which extension it means. By the standard that rule has no say in the level,
            # but what it tells is still worth showing.
            rules = next((each for each in self._components if each.with_id(name)), rules)
            found = rules.with_id(name)
        return RuleEntry(
            id=cut(name, self._limits.name_chars),
            level=level,
            tool=self._tool,
            descriptor=found,
            component=rules.component,
            odd=odd,
        )

    def _component(self, reference: ComponentReference | None) -> _Rules:
        """Find the component that defines the rule: the driver, unless the result says which extension."""
        if reference is None:
            return self._components[0]
        if reference.index is not None and reference.index >= 0:
            return _at(self._components[1:], reference.index) or _Rules(Component())
        for each in self._components:
            told = each.component
            if told.guid == reference.guid if reference.guid else told.name == reference.name:
                return each
        return self._components[0]

    def _overridden(self, overrides: Sequence[Override] | None) -> dict[str | int, str]:
        """Map what an invocation configured to its level: by rule id, else by the descriptor itself."""
        levels: dict[str | int, str] = {}
        for override in overrides or ():
            level = override.configuration.level if override.configuration else None
            reference = override.descriptor
            if reference is None or not level:
                continue
            rules = self._component(reference.tool_component)
            meant = rules.at(reference.index) or rules.by_guid.get(reference.guid or "")
            if reference.id:
                levels.setdefault(reference.id, level)
            elif meant:
                levels.setdefault(id(meant), level)
        return levels

    def _override(self, name: str, found: Descriptor | None, invocation: int | None) -> str | None:
        """Return the level that an invocation gave the rule.

        Where the result says which invocation it is of, only that one counts; else any of the run.
        """
        chosen = _at(self._overrides, invocation)
        for levels in self._overrides if chosen is None else [chosen]:
            if found is not None and id(found) in levels:
                return levels[id(found)]
            for key in _upwards(name):
                if key in levels:
                    return levels[key]
        return None

    def describe(self, entry: RuleEntry) -> Rule:
        """Return what the tool tells of the rule, as plain text."""
        limits, told = self._limits, entry.descriptor
        if told is None:
            return Rule(id=entry.id)
        full = _plain(told.full_description)
        return Rule(
            id=entry.id,
            name=cut(told.name, limits.name_chars),
            summary=cut(_plain(told.short_description) or full, limits.text_chars),
            help=cut(_plain(told.help) or full, limits.text_chars),
            help_uri=web_address(told.help_uri, limits),
        )


class _Rules:
    """The rules of one component, by index, id and guid; the first of equals counts."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self._rules = component.rules or []
        self._by_id = {rule.id: rule for rule in reversed(self._rules) if rule.id}
        self.by_guid = {rule.guid: rule for rule in reversed(self._rules) if rule.guid}

    def at(self, index: int | None) -> Descriptor | None:
        return _at(self._rules, index)

    def with_id(self, name: str) -> Descriptor | None:
        """Find the rule with this id, else that with the longest id above it: R2/sub is of R2."""
        return next((self._by_id[key] for key in _upwards(name) if key in self._by_id), None)

    def odd(self, name: str, index: int | None, found: Descriptor | None) -> str:
        """Say why an index and an id do not fit together."""
        if index is not None and index >= len(self._rules):
            return f"{name or 'a result'} has rule index {index} of {len(self._rules)}"
        if found and found.id and name and found.id not in _upwards(name):
            return f"{name} has the rule index of {found.id}"
        return ""


def _upwards(name: str) -> list[str]:
    """List a hierarchical id and what it stands below, the longest first: R2/sub, R2."""
    parts = name.split("/", _DEEPEST)
    return ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]


def _at(items: Sequence[T], index: int | None) -> T | None:
    return items[index] if index is not None and 0 <= index < len(items) else None


def _plain(text: Text | None) -> str | None:
    return (text.text or text.markdown) if text else None
