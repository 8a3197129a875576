# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Benchmarks. Each module but ``support`` is one: ``python -m bench.NAME`` sets up what it needs and prints one JSON object at the end."""
