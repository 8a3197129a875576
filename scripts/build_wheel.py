# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write ``dist/``: the wheel, and beside it ``requirements.txt``, the versions and hashes of all that it needs, as in ``uv.lock``."""

from __future__ import annotations

import shutil
import subprocess
import sys

from scripts.bootstrap import ROOT, BootstrapError, install_uv

from vaxel.console import assets_build
from vaxel.site.catalogues import compile_stale
from vaxel.site.plain import PlainError

DIST = ROOT / "dist"


def main() -> int:
    try:
        assets_build.build(lambda line: print(f"vaxel: {line}", flush=True))
        compile_stale()
        uv = str(install_uv())
    except (PlainError, BootstrapError) as problem:
        print(f"vaxel: {problem}", file=sys.stderr)
        return 1
    shutil.rmtree(DIST, ignore_errors=True)
    requirements = (
        "--no-dev",
        "--no-group",
        "assets",
        "--no-emit-project",
        "--no-header",
        "--output-file",
        "dist/requirements.txt",
    )
    for command in (("build", "--wheel", "--out-dir", "dist"), ("export", "--frozen", "--quiet", *requirements)):
        if code := subprocess.run([uv, *command], cwd=ROOT, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
