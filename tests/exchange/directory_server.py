# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real LDAP directory: Debian's slapd, on loopback, with people of a small municipality."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import LOOPBACK, free_ports

ADMIN = "cn=admin,dc=example,dc=org"
PASSWORD = "a b&c$d"
BASE = "ou=people,dc=example,dc=org"

ACTIVE_DIRECTORY = """\
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID'
  EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl'
  EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.141 NAME 'department'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.146 NAME 'company'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP organizationalPerson STRUCTURAL
  MAY ( displayName $ mail $ mobile $ manager $ objectGUID $ userAccountControl $ sAMAccountName $ department $ company ) )
objectclass ( 1.2.840.113556.1.5.15 NAME 'contact' SUP organizationalPerson STRUCTURAL
  MAY ( displayName $ mail $ mobile $ objectGUID $ department $ company ) )
objectclass ( 1.2.840.113556.1.3.30 NAME 'computer' SUP user STRUCTURAL )
"""
"""What people, contacts and computers are made of in Active Directory (MS-ADSC, MS-ADA1 and 3), as far as it is read."""

CONFIGURATION = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {folder}/active-directory.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
sizelimit size.soft=300 size.hard=300 size.prtotal=unlimited
disallow bind_anon
database mdb
suffix "dc=example,dc=org"
rootdn "cn=root,dc=example,dc=org"
rootpw root
directory {folder}/data
limits dn.exact="cn=admin,dc=example,dc=org" size.soft=300 size.hard=300 size.prtotal=unlimited
access to attrs=userPassword by anonymous auth
access to * by dn.exact="cn=admin,dc=example,dc=org" read
"""

TREE = f"""\
dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: {BASE}
objectClass: organizationalUnit
ou: people

dn: {ADMIN}
objectClass: person
cn: admin
sn: admin
userPassword: {PASSWORD}

"""

PERSON = """\
dn: uid=p{n},{base}
objectClass: inetOrgPerson
uid: p{n}
cn: Åsa Öberg {n}
sn: Öberg {n}
displayName: Åsa Öberg {n}
mail: p{n}@example.org
telephoneNumber: +46 980 40{n:04}
ou: Bygglov
title: Handläggare
userPassword: secret

"""


class Directory:
    """Where it listens, and how it is changed."""

    def __init__(self, url: str) -> None:
        self.url = url

    def change(self, ldif: str) -> None:
        """Entries added, or changed with ``changetype``."""
        self._tool("ldapmodify", "-a", ldif=ldif)

    def delete(self, person: int) -> None:
        self._tool("ldapdelete", f"uid=p{person},{BASE}")

    def _tool(self, name: str, *arguments: str, ldif: str = "") -> None:
        as_root = ["-x", "-H", self.url, "-D", "cn=root,dc=example,dc=org", "-w", "root"]
        subprocess.run([name, *as_root, *arguments], input=ldif, text=True, check=True, capture_output=True)


@contextmanager
def running(folder: Path, people: int) -> Iterator[Directory]:
    """With so many people in it; ended afterwards."""
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "active-directory.schema").write_text(ACTIVE_DIRECTORY)
    configuration = folder / "slapd.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder))
    everybody = TREE + "".join(PERSON.format(n=n, base=BASE) for n in range(people))
    slapd = shutil.which("slapd", path="/usr/sbin:/usr/bin:/sbin") or "slapd"
    subprocess.run(
        [slapd, "-T", "add", "-f", str(configuration)], input=everybody, text=True, check=True, capture_output=True
    )
    [port] = free_ports(1)
    url = f"ldap://{LOOPBACK}:{port}"
    process = subprocess.Popen([slapd, "-h", url, "-f", str(configuration), "-d", "0"], stderr=subprocess.DEVNULL)
    try:
        _wait_until_it_listens(process, port)
        yield Directory(url)
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("slapd doesn't listen")
