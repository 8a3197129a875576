# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a server, within limits: of time, of size, of redirections, and of which servers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from urllib.parse import urljoin, urlsplit

import aiohttp

from vaxel.absence.calendars.addresses import Network, NotAllowed, Resolver, host_of, redirected
from vaxel.absence.calendars.models import Failure

SECONDS = 20.0
LARGEST = 5_000_000
REDIRECTIONS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_FAILURES = {401: Failure.LOG_IN, 403: Failure.REFUSED, 404: Failure.NOT_FOUND, 410: Failure.NOT_FOUND}


class Failed(Exception):
    """The calendar can't be read. Says why by a code, never what was answered."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class Client:
    """Asks one calendar's server, as one user. Use as a context manager."""

    def __init__(self, allowed: tuple[Network, ...], user: str = "", password: str = "") -> None:
        self._allowed = allowed
        key = b64encode(f"{user}:{password}".encode()).decode()
        self._key = {"Authorization": f"Basic {key}"} if user or password else {}

    async def __aenter__(self) -> Client:
        connector = aiohttp.TCPConnector(resolver=Resolver(self._allowed), limit=2)
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "Vaxel"},
            # Nobody's credentials or proxies from the environment are for addresses that somebody typed.
            trust_env=False,
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._session.close()

    async def ask(self, method: str, url: str, body: str = "", headers: Mapping[str, str] | None = None) -> bytes:
        """The body of a 2xx answer. Follows redirections, each checked anew. Raises ``Failed``."""
        try:
            return await self._ask(method, url, body, dict(headers or {}))
        except NotAllowed as error:
            raise Failed(Failure.ADDRESS) from error
        except TimeoutError as error:
            raise Failed(Failure.SLOW) from error
        except (aiohttp.ClientError, OSError, UnicodeError, ValueError) as error:
            refused = isinstance(error.__cause__, NotAllowed) or isinstance(error.__context__, NotAllowed)
            raise Failed(Failure.ADDRESS if refused else Failure.UNREACHABLE) from error

    async def _ask(self, method: str, url: str, body: str, headers: dict[str, str]) -> bytes:
        asked = urlsplit(url)
        allowed: Sequence[Network] = self._allowed
        for _turn in range(REDIRECTIONS + 1):
            host_of(url, allowed)
            # Elsewhere the password is nobody's business.
            same = (urlsplit(url).scheme, urlsplit(url).netloc) == (asked.scheme, asked.netloc)
            async with self._session.request(
                method,
                url,
                data=body.encode() if body else None,
                headers={**headers, **(self._key if same else {})},
                allow_redirects=False,
            ) as answer:
                if answer.status in _MOVED and "Location" in answer.headers:
                    allowed = redirected(url, allowed)
                    url = urljoin(url, answer.headers["Location"])
                    continue
                if not 200 <= answer.status < 300:
                    raise Failed(_FAILURES.get(answer.status, Failure.UNREACHABLE))
                return await _limited(answer)
        raise Failed(Failure.UNREACHABLE)


async def _limited(answer: aiohttp.ClientResponse) -> bytes:
    parts, size = [], 0
    async for part in answer.content.iter_chunked(65_536):
        size += len(part)
        if size > LARGEST:
            raise Failed(Failure.TOO_LARGE)
        parts.append(part)
    return b"".join(parts)
