# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who handles whose case: divisions of a task's cases among caseworkers, and the question asked of them (AAB-27)."""
