# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People from an LDAP directory or Active Directory, asked with OpenLDAP's ``ldapsearch`` (ADR 10).

Encrypted unless the server is this machine itself, page by page, and only the attributes that the mapping uses.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Container, Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vaxel.absence.calendars.sealed import Unreadable
from vaxel.exchange import mapping as columns
from vaxel.exchange.models import Source
from vaxel.exchange.tables import MOST_BYTES, MOST_ROWS, FileRefused, Row, Table

MAPPING = {
    "entryUUID": "key",
    "objectGUID": "key",
    "displayName": "name",
    "cn": "name",
    "title": "title",
    "mail": "email",
    "telephoneNumber": "numbers",
    "mobile": "mobile",
    "ou": "unit",
    "department": "unit",
    "company": "administration",
    "initials": "initials",
    "physicalDeliveryOfficeName": "place",
    "roomNumber": "room",
}
"""As OpenLDAP's and Microsoft's schemas name them. Of two for one field, the first that the directory fills."""

SEVERAL = frozenset({"numbers", "functions", "stands_in", "substitutes"})
"""Fields of which a person may have several values."""

PAGE = 500
SECONDS = 120
FILTER = "(objectClass=person)"
ACCOUNT = "userAccountControl"
"""Active Directory's flags of an account. Other directories have none, nor have Active Directory's own contacts."""

NOBODY_HERE = 0x0002 | 0x0800 | 0x1000 | 0x2000
"""Flags (MS-ADTS 2.2.16): disabled; account of another domain, of a computer, of a domain controller. Computers are persons there.

Decided here and not by the filter: for a server that doesn't know the attribute, a negated condition on it is as little true as the
condition itself (RFC 4511, 4.5.1.7), and nobody would be found.
"""

_REASONS = {
    32: gettext_noop("The search base “%(base)s” doesn't exist in the directory."),
    34: gettext_noop("The search base “%(base)s” isn't a DN, such as ou=people,dc=example,dc=org."),
    49: gettext_noop("The directory refuses the user “%(user)s”: the password is wrong, or the account is closed."),
    50: gettext_noop("The directory doesn't allow the user “%(user)s” to read there."),
}


def read(source: Source) -> Table:
    """Everybody whom the source's filter finds, as a table whose headings are attributes. Raises ``FileRefused``.

    Without computers and disabled accounts: whoever is disabled has left, as whoever is missing.
    """
    program = shutil.which("ldapsearch")
    if program is None:
        raise FileRefused(_("The program ldapsearch is missing. Install it: apt-get install ldap-utils"))
    _check(source)
    wanted = list({**MAPPING, **{name: field for name, field in source.mapping.items() if field}})
    with tempfile.NamedTemporaryFile("w", prefix="vaxel-ldap-", encoding="utf-8") as secret:
        # A file that only this user can read: arguments can be seen by everybody on the machine.
        secret.write(_password(source))
        secret.flush()
        command = [program, *_arguments(source, secret.name), *wanted, ACCOUNT]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=_environment())
        except subprocess.TimeoutExpired as error:
            told = _("%(url)s didn't answer within %(n)d seconds.")
            raise FileRefused(told % {"url": source.url, "n": SECONDS}) from error
    if done.returncode:
        raise FileRefused(_reason(source, done.returncode, done.stderr))
    if len(done.stdout) > MOST_BYTES:
        raise FileRefused(_("The directory sends too much. Narrow the search base or the filter."))
    fields = {**MAPPING, **source.mapping}
    several = {name for name in wanted if fields.get(name) in SEVERAL}
    found = entries(done.stdout.decode("utf-8", errors="replace"))
    return _table([attributes for attributes in found if _is_here(attributes)], wanted, several)


def _password(source: Source) -> str:
    try:
        return source.password
    except Unreadable as error:
        raise FileRefused(
            _("The password can't be read: it was kept by another installation. Type it again.")
        ) from error


def _environment() -> dict[str, str]:
    """Without the user's own settings of the program; where certificates lie stays."""
    return {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("LDAPTLS_")}


def _check(source: Source) -> None:
    url = urlsplit(source.url)
    if url.scheme not in ("ldap", "ldaps") or not url.hostname:
        raise FileRefused(_("Write the directory's address like ldaps://ldap.example.org."))
    for told in (source.base, source.filter, source.user):
        if "\x00" in told or "\n" in told:
            raise FileRefused(_("Search base, filter and user are each one line."))


def _arguments(source: Source, secret: str) -> list[str]:
    url = urlsplit(source.url)
    arguments = ["-LLL", "-x", "-o", "ldif_wrap=no", "-o", "nettimeout=10", "-E", f"pr={PAGE}/noprompt"]
    if url.scheme == "ldap" and url.hostname not in ("127.0.0.1", "::1", "localhost"):
        arguments.append("-ZZ")
    arguments += ["-H", f"{url.scheme}://{url.netloc}"]
    if source.user:
        arguments += ["-D", source.user, "-y", secret]
    return [*arguments, "-b", source.base, "-s", "sub", source.filter or FILTER]


def _reason(source: Source, code: int, output: bytes) -> str:
    if code in _REASONS:
        return _(_REASONS[code]) % {"base": source.base, "user": source.user}
    lines = [line for line in output.decode("utf-8", errors="replace").splitlines() if line.strip()]
    told = _("The directory at %(url)s can't be read: %(reason)s.")
    return told % {"url": source.url, "reason": " ".join(lines)[:300].rstrip(". ") or code}


# ── LDIF (RFC 2849) ─────────────────────────────────────────────────────────────────────────────────────────────────────

Attributes = dict[str, list[str]]


def entries(text: str) -> Iterator[Attributes]:
    """Each entry's attributes, with all their values."""
    for block in text.replace("\r\n", "\n").replace("\n ", "").split("\n\n"):
        found: Attributes = {}
        for line in block.split("\n"):
            name, colon, value = line.partition(":")
            if not colon or line.startswith("#") or name in ("dn", "version", "ref"):
                continue
            found.setdefault(name.partition(";")[0], []).append(_value(name, value))
        if found:
            yield found


def _value(name: str, value: str) -> str:
    if not value.startswith(":"):
        return value.strip()
    octets = base64.b64decode(value[1:].strip())
    if name == "objectGUID" and len(octets) == 16:
        return str(uuid.UUID(bytes_le=octets))
    return octets.decode("utf-8", errors="replace")


def _is_here(attributes: Attributes) -> bool:
    """Somebody, and with an account in use if it has one."""
    flags = next((values[0] for name, values in attributes.items() if name.casefold() == ACCOUNT.casefold()), "0")
    return not int(flags) & NOBODY_HERE


def _table(found: list[Attributes], wanted: list[str], several: Container[str]) -> Table:
    """One row an entry, numbered as they came."""
    if len(found) > MOST_ROWS:
        raise FileRefused(_("The directory has more than %(most)d people. Narrow the filter.") % {"most": MOST_ROWS})
    if not found:
        raise FileRefused(_("The directory has nobody under this search base and filter."))
    plain = [{name.casefold(): values for name, values in attributes.items()} for attributes in found]
    used = [name for name in wanted if any(name.casefold() in attributes for attributes in plain)]
    rows = tuple(
        Row(line, tuple(_told(attributes.get(name.casefold(), []), name in several) for name in used))
        for line, attributes in enumerate(plain, 1)
    )
    return Table(tuple(used), rows)


def _told(values: list[str], several: bool) -> str:
    """Of several values the first, unless a person may have ``several``."""
    return ", ".join(values) if several else next(iter(values), "")


def suggested(source: Source, table: Table) -> dict[str, str]:
    """Attribute → field: as kept with the source, else the usual ones, each field once."""
    usual: dict[str, str] = {}
    taken = {field for name, field in source.mapping.items() if field}
    for name in table.headings:
        field = "" if name in source.mapping else MAPPING.get(name, "")
        if field and field not in taken and field not in usual.values():
            usual[name] = field
        elif name not in source.mapping:
            usual[name] = ""
    return columns.for_table(table, {**usual, **source.mapping})
