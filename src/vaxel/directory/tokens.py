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

from msgspec import Struct

from vaxel.site.config import config

CONSOLE_SECONDS = 12 * 3600
NO_ENDS: Mapping[str, float] = {}
_CONSOLE = "vxc"


def new_api_token() -> str:
    """A new API key. Only its ``hashed`` form is to be kept."""
    return f"vxa_{secrets.token_urlsafe(32)}"


def hashed(token: str) -> str:
    """SHA-256 of an API key, in hexadecimal. Keys are random, so no salt or slow hash is needed."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def console_token(operator: str, now: float | None = None, seconds: float = CONSOLE_SECONDS) -> str:
    """A key for the operator with key ``operator``, valid for ``seconds``."""
    made = time.time() if now is None else now
    body = f"{_CONSOLE}.{operator}.{int(made + seconds)}.{int(made * 1000)}"
    return f"{body}.{_signature(body)}"


class ConsoleKey(Struct, frozen=True, kw_only=True):
    """A console page's key that is genuine and has not expired: whose, and when it was made (seconds since the epoch)."""

    operator: str
    made: float

    def outlived(self, tokens_from: float | None) -> bool:
        """Whether its session has ended since, or the password was changed."""
        return tokens_from is not None and self.made < tokens_from


def console_key(token: str, now: float | None = None) -> ConsoleKey | None:
    """What ``token`` says, or None when it isn't a console key, is forged or has expired."""
    body, _, signature = token.rpartition(".")
    parts = body.split(".")
    if len(parts) != 4 or parts[0] != _CONSOLE or not _same(signature, _signature(body)):
        return None
    if int(parts[2]) <= (time.time() if now is None else now):
        return None
    return ConsoleKey(operator=parts[1], made=int(parts[3]) / 1000)


def operator_of(token: str, tokens: Mapping[str, str], tokens_from: Mapping[str, float] = NO_ENDS) -> str | None:
    """Whose ``token`` it is, by ``Snapshot.tokens`` and ``Snapshot.tokens_from``. Needs no database."""
    key = console_key(token)
    if key is None:
        return tokens.get(hashed(token))
    return None if key.outlived(tokens_from.get(key.operator)) else key.operator


def _signature(body: str) -> str:
    digest = hmac.new(
        config().secrets["internal"].encode(), f"console-token:{body}".encode(errors="replace"), hashlib.sha256
    ).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))
