# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys that open the live hub and the REST API: API keys, known by their hash, and the console page's short-lived ones.

A console key names its operator and its end, and carries an HMAC (RFC 2104) with the installation's internal secret, so it can be
verified without the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from vaxel.site.config import config

CONSOLE_SECONDS = 12 * 3600
_CONSOLE = "vxc"


def new_api_token() -> str:
    """A new API key. Only its ``hashed`` form is to be kept."""
    return f"vxa_{secrets.token_urlsafe(32)}"


def hashed(token: str) -> str:
    """SHA-256 of an API key, in hexadecimal. Keys are random, so no salt or slow hash is needed."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def console_token(operator: str, now: float | None = None, seconds: float = CONSOLE_SECONDS) -> str:
    """A key for the operator with key ``operator``, valid for ``seconds``."""
    body = f"{_CONSOLE}.{operator}.{int((time.time() if now is None else now) + seconds)}"
    return f"{body}.{_signature(body)}"


def operator_of_console_token(token: str, now: float | None = None) -> str | None:
    """The operator's key, or None when ``token`` isn't a console key, is forged or has expired."""
    body, _, signature = token.rpartition(".")
    parts = body.split(".")
    if len(parts) != 3 or parts[0] != _CONSOLE or not _same(signature, _signature(body)):
        return None
    return parts[1] if int(parts[2]) > (time.time() if now is None else now) else None


def operator_of(token: str, tokens: Mapping[str, str]) -> str | None:
    """Whose ``token`` it is. ``tokens`` is hash → operator's key (``Snapshot.tokens``). Needs no database."""
    return operator_of_console_token(token) or tokens.get(hashed(token))


def _signature(body: str) -> str:
    digest = hmac.new(
        config().secrets["internal"].encode(), f"console-token:{body}".encode(errors="replace"), hashlib.sha256
    ).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))
