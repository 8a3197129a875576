# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The change form: who joins, leaves or moves, which tasks and cases change hands, when a unit is unstaffed (AAB-23, AAB-33, AAB-34)."""
