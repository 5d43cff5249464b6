"""Where a SARIF result is: URIs to paths, base ids to roots, logical locations to symbols.

The standard's sections: artifactLocation 3.4, originalUriBaseIds 3.14.14, location 3.28, URIs 3.10 (RFC 3986,
and RFC 8089 for `file`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from reportgen.model.limits import Limits
from reportgen.readers.findings import cut
from reportgen.readers.sarif_shapes import ArtifactLocation, Location, LogicalLocation, Run

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"/*([A-Za-z])[:|](?=[/\\]|$)")
_SHA256 = re.compile("[0-9A-Fa-f]{64}")
_DEEPEST = 32


def path_of_uri(uri: str) -> str:
    """Turn a URI reference into a path: `file` URIs and relative ones are decoded, others stay."""
    if not _SCHEME.match(uri):
        return unquote(uri)
    if uri[:5].lower() != "file:":
        return uri
    rest = uri[5:]
    if rest.startswith("//"):
        host, slash, tail = rest[2:].partition("/")
        if _DRIVE.match(host):  # file://C:/x is wrong, and common
            rest = f"/{host}{slash}{tail}"
        elif host.lower() in {"", "localhost"}:
            rest = slash + tail
    path = unquote(rest)
    return _DRIVE.sub(r"\1:", path, count=1) if _DRIVE.match(path) else path


def is_absolute(path: str) -> bool:
    """Tell whether a path, or a URI that was left as it is, stands by itself."""
    return path.startswith(("/", "\\")) or bool(_DRIVE.match(path)) or bool(_SCHEME.match(path))


class Places:
    """The files and places of one run. `roots` are the absolute folders that its paths are relative to."""

    def __init__(self, run: Run, limits: Limits) -> None:
        self._limits = limits
        self._paths: dict[tuple[str | None, str | None], str] = {}
        self._artifacts = run.artifacts or []
        self._logical = run.logical_locations or []
        self._bases = _resolve(run.original_uri_base_ids or {})
        absolute = dict.fromkeys(root for root, _ in self._bases.values() if root)
        self._keep_roots = len(absolute) > 1
        folders = (
            self.path_of(invocation.working_directory)
            for invocation in run.invocations or ()
            if invocation.working_directory
        )
        absolute.update(dict.fromkeys(folder for folder in folders if is_absolute(folder)))
        self.roots = tuple(root.rstrip("/") or "/" for root in absolute)

    def path_of(self, location: ArtifactLocation | None, depth: int = 0) -> str:
        """Return the path of a file, or an empty text where the location does not tell it.

        It is relative to the root of its base; where the run has several roots, it is absolute.
        """
        if location is None:
            return ""
        if location.uri is None:
            index = location.index
            if index is None or not 0 <= index < len(self._artifacts) or depth:
                return ""
            return self.path_of(self._artifacts[index].location, depth + 1)
        key = (location.uri, location.uri_base_id)
        path = self._paths.get(key)
        if path is None:
            path = self._paths[key] = self._joined(location.uri, location.uri_base_id)
        return path

    def _joined(self, uri: str, base: str | None) -> str:
        path = path_of_uri(uri)
        if not is_absolute(path):
            root, prefix = self._bases.get(base or "", ("", ""))
            path = f"{prefix}{path}"
            if root and self._keep_roots:
                path = f"{root.rstrip('/')}/{path}"
        return cut(path, self._limits.name_chars)

    def symbol_of(self, location: Location) -> str:
        """Return the name of the construct that a place is in, or an empty text."""
        if not location.logical_locations:
            return ""
        logical = location.logical_locations[0]
        index = logical.index
        known: LogicalLocation | None = None
        if index is not None and 0 <= index < len(self._logical):
            known = self._logical[index]
        names = (
            logical.fully_qualified_name,
            known and known.fully_qualified_name,
            logical.name,
            known and known.name,
        )
        return cut(next((name for name in names if name), ""), self._limits.name_chars)

    def examined(self) -> tuple[str, ...] | None:
        """List the files that the run says it was to examine; None where it does not say."""
        paths = [
            self.path_of(artifact.location)
            for artifact in self._artifacts
            if artifact.roles and "analysisTarget" in artifact.roles
        ]
        return tuple(dict.fromkeys(path for path in paths if path)) if paths else None

    def digests(self) -> dict[str, str]:
        """Return path -> SHA-256 (hex) of the files whose bytes the run tells by it (3.24.11)."""
        found: dict[str, str] = {}
        for artifact in self._artifacts:
            told = artifact.hashes.get("sha-256") if isinstance(artifact.hashes, dict) else None
            path = self.path_of(artifact.location) if isinstance(told, str) else ""
            if path and isinstance(told, str) and _SHA256.fullmatch(told):
                found[path] = told.lower()
        return found


def _resolve(bases: Mapping[str, ArtifactLocation]) -> dict[str, tuple[str, str]]:
    """Map each base id to its absolute root (empty where not told) and the folders below it."""
    found: dict[str, tuple[str, str]] = {}
    for name, base in bases.items():
        prefix, at = "", base
        for _ in range(_DEEPEST):  # a chain of bases may be a ring
            path = path_of_uri(at.uri or "")
            if path and is_absolute(path):
                found[name] = (path, prefix)
                break
            prefix = f"{path.rstrip('/')}/{prefix}" if path else prefix
            parent = bases.get(at.uri_base_id or "")
            if parent is None:
                found[name] = ("", prefix)
                break
            at = parent
    return found
