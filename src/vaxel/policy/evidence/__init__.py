# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What shows whether controls are kept: functions from a control and a period to evidence, named in ``vaxel.policy.controls``."""
