# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof and the explanation as people meet them: commands, pages, what is asked before a change is saved."""
