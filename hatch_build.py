# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a wheel whole: refuses without the browser's scripts and the translations, which are made beforehand, and adds the policies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Complete(BuildHookInterface[Any]):
    """An editable installation is let through: there both are made when Vaxel starts."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        if missing := what_is_missing(Path(self.root)):
            raise SystemExit(
                f"vaxel: {' and '.join(missing)} aren't made, or are older than their sources: "
                "build the wheel with `make wheel`."
            )
        build_data["force_include"]["policies"] = "vaxel/policy/policies"


def what_is_missing(root: Path) -> list[str]:
    # Nothing that these two import is outside Python's own library: a wheel is built where nothing else is installed.
    sys.path.insert(0, str(root / "src"))
    from vaxel.console import assets_build
    from vaxel.site import catalogues

    missing = [] if assets_build.is_up_to_date() else ["the browser's scripts"]
    return missing if all(map(catalogues.is_compiled, catalogues.sources())) else [*missing, "the translations"]
