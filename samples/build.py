"""Build the report of every sample: `python samples/build.py [FOLDER]` (default `out/demo`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent
# The samples' evidence is of this day; a fixed date makes each report the same bytes every time.
DATE = "2026-11-20T18:00:00Z"


def command(sample: Path, folder: Path) -> list[str]:
    """Return the command line that builds one sample's reports into `folder`."""
    build = [
        sys.executable,
        "-m",
        "reportgen",
        "build",
        "-c",
        str(sample / "reportgen.toml"),
        "-o",
        str(folder),
    ]
    return [*build, "--format", "md,html,json", "--generated-at", DATE]


def main() -> int:
    """Build every sample; the exit codes are the verdicts, and any that is not a verdict is an error."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out/demo")
    broken = 0
    for sample in sorted(path.parent for path in SAMPLES.glob("*/reportgen.toml")):
        done = subprocess.run(  # noqa: S603 - our own command
            command(sample, out / sample.name), check=False, capture_output=True, text=True
        )
        told = (done.stderr.strip().splitlines() or [""])[-1].partition("; wrote")[0]
        sys.stdout.write(f"{sample.name:16} exit {done.returncode}  {told}\n")
        if done.returncode not in {0, 1, 4}:
            sys.stdout.write(done.stderr)
            broken = 1
    sys.stdout.write(
        f"\nOpen {out}/websocket-suite/default.html in a browser; what people sign is "
        f"{out}/release/report.html.\nBeside each page stand the same in Markdown, and audit.json.\n"
    )
    return broken


if __name__ == "__main__":
    sys.exit(main())
