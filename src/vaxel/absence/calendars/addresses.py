# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which servers may be asked for a calendar: none inside the house that an administrator hasn't named.

People type these addresses, and the worker would otherwise fetch for them what only this machine can reach (server-side request forgery).
Names are resolved once, every address that comes back is looked at, and the connection is made to just those.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST = 2000


class NotAllowed(ValueError):
    """The address may not be asked."""


def networks(text: str) -> tuple[Network, ...]:
    """The networks that an administrator has named, with spaces or commas between. Raises ``ValueError``."""
    return tuple(ipaddress.ip_network(part) for part in text.replace(",", " ").split())


def host_of(url: str, allowed: Iterable[Network] = ()) -> str:
    """The host of ``url``, whose form is checked: https, or http to loopback if that is ``allowed``. Raises ``NotAllowed``."""
    if len(url) > LONGEST or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise NotAllowed("not an address")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise NotAllowed("not an address") from error
    if not host or parts.username is not None or parts.password is not None:
        raise NotAllowed("not an address")
    literal = _literal(host)
    if literal is not None and not may_be_asked(literal, allowed):
        raise NotAllowed("not a public address")
    loopback = literal is not None and literal.is_loopback
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
        raise NotAllowed("not https")
    return host


def redirected(url: str, allowed: Sequence[Network]) -> Sequence[Network]:
    """The networks into which ``url`` may send us on: the ``allowed`` only if it lies in them itself. Nobody outside points into ours."""
    try:
        host_of(url)
    except NotAllowed:
        return allowed
    return ()


def may_be_asked(address: Address, allowed: Iterable[Network]) -> bool:
    """Public, or in a network that is ``allowed``. Addresses that carry another inside are judged by that one."""
    address = _inside(address)
    if any(address.version == network.version and address in network for network in allowed):
        return True
    return address.is_global and not address.is_multicast


def _inside(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv6Address):
        teredo = address.teredo
        for inner in (address.ipv4_mapped, address.sixtofour, teredo[1] if teredo else None):
            if inner is not None:
                return inner
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


class Resolver(AbstractResolver):
    """Finds a name's addresses, and none that may not be asked: one such address makes the whole name refused."""

    def __init__(self, allowed: tuple[Network, ...]) -> None:
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        results = []
        for family_, _type, protocol, _name, place in found:
            address = str(place[0])
            if not may_be_asked(ipaddress.ip_address(address.partition("%")[0]), self._allowed):
                raise NotAllowed("not a public address")
            results.append(
                ResolveResult(
                    hostname=host,
                    host=address,
                    port=port,
                    family=family_,
                    proto=protocol,
                    flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                )
            )
        return results

    async def close(self) -> None:
        pass
