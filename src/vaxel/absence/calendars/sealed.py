# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses and passwords of calendars, readable only with this installation's secret (Fernet: AES-128-CBC with HMAC-SHA256)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vaxel.site.config import config


class Unreadable(Exception):
    """It was sealed with another secret: ``VAR/secrets.json`` isn't the one of the back-up."""


def sealed(text: str) -> str:
    return _box(config().secrets["internal"]).encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """Raises ``Unreadable``."""
    try:
        return _box(config().secrets["internal"]).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


@cache
def _box(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"vaxel calendars").derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))
