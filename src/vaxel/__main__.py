# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``python -m vaxel`` is the command ``vaxel``."""

import sys

from vaxel.site.cli import main

sys.exit(main())
