# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What benchmarks have in common: an installation of their own, telephones, clocks, and the form of a result."""
