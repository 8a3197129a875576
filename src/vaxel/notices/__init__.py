# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators must know beforehand: expected calls, press releases, temporary hours, changes; and answers that units prepare."""
