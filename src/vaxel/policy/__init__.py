# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's policy: a file that the program obeys, proves and measures (``docs/policy.md``)."""
