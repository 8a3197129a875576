# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A benchmark's result: one JSON object, the last line that it prints."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def say(text: str) -> None:
    print(text, flush=True)


def report(
    name: str,
    figure: float,
    unit: str,
    goal: float,
    *,
    lower_is_better: bool,
    samples: int,
    versions: dict[str, Any],
    **details: Any,
) -> None:
    """Print the result. ``details`` are what the figure was made of."""
    result = {
        "name": name,
        "figure": round(figure, 4),
        "unit": unit,
        "goal": goal,
        "lower_is_better": lower_is_better,
        "met": figure <= goal if lower_is_better else figure >= goal,
        "samples": samples,
        "machine": machine(),
        "versions": versions,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "details": details,
    }
    say(json.dumps(result))


def machine() -> dict[str, Any]:
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory = next((int(line.split()[1]) // 1024 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "cores": os.cpu_count(),
        "cpu": model or platform.machine(),
        "memory_mb": memory,
        "system": platform.system(),
        "kernel": platform.release(),
        "load": round(os.getloadavg()[0], 1),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


def percentile(values: Sequence[float], percent: float) -> float:
    """By nearest rank; 0.0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
