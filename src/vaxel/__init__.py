# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vaxel: the open switchboard for Nordic municipalities."""

__version__ = "0.1.0"
