# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The directory in and out: imports from files, LDAP, SCIM and REST; exports, the printed list, the public list."""
