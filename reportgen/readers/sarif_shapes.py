"""The members of a SARIF 2.1.0 log that are read, under their own names. Each may be missing or null.

The numbers in the docstrings are sections of the OASIS standard.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


class _Shape(Struct, rename="camel", gc=False):
    """An object of the standard; unknown members are passed over."""


class Text(_Shape):
    """A multiformatMessageString (3.12)."""

    text: str | None = None
    markdown: str | None = None


class Message(_Shape):
    """A message (3.11): a text, or the id of one that the rule or tool keeps, with arguments."""

    text: str | None = None
    markdown: str | None = None
    id: str | None = None
    arguments: list[str] | None = None


class ArtifactLocation(_Shape):
    """Where a file is (3.4); `uri_base_id` names an entry of `Run.original_uri_base_ids`."""

    uri: str | None = None
    uri_base_id: str | None = None
    index: int | None = None


class Region(_Shape):
    """A part of a file (3.30); lines and columns count from 1."""

    start_line: int | None = None
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    snippet: Text | None = None


class PhysicalLocation(_Shape):
    """A place in a file (3.29)."""

    artifact_location: ArtifactLocation | None = None
    region: Region | None = None
    context_region: Region | None = None


class LogicalLocation(_Shape):
    """A named construct of the source (3.33), or the index of one in `Run.logical_locations`."""

    name: str | None = None
    fully_qualified_name: str | None = None
    index: int | None = None


class Location(_Shape):
    """A place (3.28)."""

    physical_location: PhysicalLocation | None = None
    logical_locations: list[LogicalLocation] | None = None


class Suppression(_Shape):
    """A request to suppress a result (3.35); `state` is what drafts called `status`."""

    kind: str | None = None
    status: str | None = None
    state: str | None = None
    justification: str | None = None


class ComponentReference(_Shape):
    """Which tool component is meant (3.54)."""

    name: str | None = None
    index: int | None = None
    guid: str | None = None


class RuleReference(_Shape):
    """Which rule is meant (3.52)."""

    id: str | None = None
    index: int | None = None
    guid: str | None = None
    tool_component: ComponentReference | None = None


class Provenance(_Shape):
    """Where a result came from (3.48)."""

    invocation_index: int | None = None


class Properties(_Shape):
    """The one member of a property bag that matters: a score of 0 to 10, mostly as text."""

    security_severity: str | float | None = field(default=None, name="security-severity")


class SarifResult(_Shape):
    """A result (3.27)."""

    rule_id: str | None = None
    rule_index: int | None = None
    rule: RuleReference | None = None
    kind: str | None = None
    level: str | None = None
    message: Message | None = None
    locations: list[Location] | None = None
    analysis_target: ArtifactLocation | None = None
    fingerprints: dict[str, str] | None = None
    partial_fingerprints: dict[str, str] | None = None
    suppressions: list[Suppression] | None = None
    baseline_state: str | None = None
    provenance: Provenance | None = None
    properties: Properties | None = None
    fixes: Any = None


class Configuration(_Shape):
    """How a rule is configured (3.50)."""

    level: str | None = None


class Descriptor(_Shape):
    """What a tool tells of a rule (3.49)."""

    id: str | None = None
    guid: str | None = None
    name: str | None = None
    short_description: Text | None = None
    full_description: Text | None = None
    help: Text | None = None
    help_uri: str | None = None
    message_strings: dict[str, Text] | None = None
    default_configuration: Configuration | None = None
    properties: Properties | None = None


class Component(_Shape):
    """A tool's driver or extension (3.19)."""

    name: str | None = None
    version: str | None = None
    semantic_version: str | None = None
    guid: str | None = None
    rules: list[Descriptor] | None = None
    global_message_strings: dict[str, Text] | None = None


class Tool(_Shape):
    """A tool (3.18)."""

    driver: Component | None = None
    extensions: list[Component] | None = None


class Override(_Shape):
    """How an invocation configured a rule (3.51)."""

    descriptor: RuleReference | None = None
    configuration: Configuration | None = None


class Notification(_Shape):
    """What a tool said while it ran (3.58); without a level it is a warning."""

    level: str | None = None
    message: Message | None = None
    descriptor: RuleReference | None = None


class Invocation(_Shape):
    """One time that the tool was started (3.20)."""

    execution_successful: bool | None = None
    exit_code: int | None = None
    exit_signal_name: str | None = None
    exit_signal_number: int | None = None
    exit_code_description: str | None = None
    process_start_failure_message: str | None = None
    working_directory: ArtifactLocation | None = None
    tool_execution_notifications: list[Notification] | None = None
    tool_configuration_notifications: list[Notification] | None = None
    rule_configuration_overrides: list[Override] | None = None
    start_time_utc: str | None = None
    end_time_utc: str | None = None


class Conversion(_Shape):
    """How a converter made the run of another format (3.22)."""

    invocation: Invocation | None = None


class Artifact(_Shape):
    """A file that has to do with the run (3.24)."""

    location: ArtifactLocation | None = None
    roles: list[str] | None = None
    hashes: Any = None


class VersionControl(_Shape):
    """The revision that was examined (3.23)."""

    revision_id: str | None = None


class ExternalFile(_Shape):
    """Where a part of the run is kept (3.16)."""

    location: ArtifactLocation | None = None
    guid: str | None = None


class ExternalFiles(_Shape):
    """The parts of the run that are kept in other files (3.15)."""

    results: list[ExternalFile] | None = None
    artifacts: list[ExternalFile] | None = None
    invocations: list[ExternalFile] | None = None
    logical_locations: list[ExternalFile] | None = None
    driver: ExternalFile | None = None
    extensions: list[ExternalFile] | None = None


class AutomationDetails(_Shape):
    """The identity of a run (3.17)."""

    guid: str | None = None


class Run(_Shape):
    """One run of one tool (3.14). `results` is null or missing where the scan delivered none."""

    tool: Tool | None = None
    results: list[SarifResult] | None = None
    invocations: list[Invocation] | None = None
    conversion: Conversion | None = None
    artifacts: list[Artifact] | None = None
    logical_locations: list[LogicalLocation] | None = None
    original_uri_base_ids: dict[str, ArtifactLocation] | None = None
    version_control_provenance: list[VersionControl] | None = None
    external_property_file_references: ExternalFiles | None = None
    automation_details: AutomationDetails | None = None


class ExternalProperties(_Shape):
    """Parts of a run kept apart from it (4.3), in the same file or as the root of one of its own."""

    guid: str | None = None
    run_guid: str | None = None
    results: list[SarifResult] | None = None
    invocations: list[Invocation] | None = None
    artifacts: list[Artifact] | None = None
    logical_locations: list[LogicalLocation] | None = None
    driver: Component | None = None
    extensions: list[Component] | None = None


class Log(ExternalProperties):
    """A SARIF file (3.13), or a file of external properties, which has no runs but their parts instead."""

    version: str | None = None
    schema: str | None = field(default=None, name="$schema")
    runs: list[Run] | None = None
    inline_external_properties: list[ExternalProperties] | None = None
