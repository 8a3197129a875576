# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""SCIM 2.0 (RFC 7643, RFC 7644): an identity provider keeps people and groups of one organisation."""
