#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that can be known of the code without running it; all checks run, then the failed ones are named."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


class Check(NamedTuple):
    title: str
    command: tuple[str, ...]


CHECKS = (
    Check("format", ("ruff", "format", "--check", "--quiet", ".")),
    Check("lint", ("ruff", "check", "--quiet", ".")),
    Check("types", ("mypy", "--no-error-summary")),
    Check("import contract", ("lint-imports", "--no-logo")),
    Check("licences", ("reuse", "lint", "--lines")),
    Check("publiccode.yml", ("python", "scripts/check_publiccode.py")),
    Check("console types", ("python", "-m", "vaxel.console.assets_build", "--check")),
    Check("translations", ("python", "-m", "vaxel.site.translations")),
)


def main(names: list[str]) -> int:
    wrong = []
    for check in CHECKS:
        if names and check.title not in names:
            continue
        begun = time.monotonic()
        result = subprocess.run(
            [BIN / check.command[0], *check.command[1:]],
            cwd=ROOT,
            env=os.environ,
            check=False,
            text=True,
            capture_output=True,
        )
        print(
            f"{'ok   ' if result.returncode == 0 else 'WRONG'} {check.title} ({time.monotonic() - begun:.1f} s)",
            flush=True,
        )
        if result.returncode != 0:
            wrong.append(check.title)
            print((result.stdout + result.stderr).rstrip(), flush=True)
    if wrong:
        print(f"vaxel: something is wrong with: {', '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
