# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Debian packages fetched with the machine's own ``apt-get``, without root and without touching the machine's package state.

A private folder holds a source list, package lists and archives. apt checks the archive's signature against the Debian archive
keyring, and every package against the signed lists; nothing is installed, only unpacked by ``dpkg-deb``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from vaxel.site.words import _
from vaxel.telephony.engine.errors import InstallError

SUITE = "forky"
DEFAULT_MIRROR = "http://deb.debian.org/debian"
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
)
OLDEST_INDEX = timedelta(days=120)
"""An index older than this is refused although its signature is good: somebody may be holding back security updates."""

NOT_NEEDED = (
    "adduser",
    "asterisk-config",
    "asterisk-core-sounds-en",
    "debconf",
    "dirmngr",
    "gnupg",
    "gnupg-l10n",
    "gpg",
    "gpg-agent",
    "gpgconf",
    "gpgsm",
    "gpgv",
    "login.defs",
    "openssl-provider-legacy",
    "passwd",
    "pci.ids",
    "perl",
    "perl-base",
    "perl-modules-5.42",
    "libperl5.42",
    "pinentry-curses",
    "tzdata",
    "libx11-data",
    "libgmime-3.0-0t64",
    "libical3t64",
    "libiksemel3",
    "libjack-jackd2-0",
    "libjwt2",
    "libldap2",
    "liblua5.1-0",
    "libneon27t64",
    "libodbc2",
    "libopencore-amrnb0",
    "libopencore-amrwb0",
    "libvo-amrwbenc0",
    "libcodec2-1.2",
    "libportaudio2",
    "libpq5",
    "libradcli4",
    "libsnmp45",
    "libsnmp-base",
    "libspandsp2t64",
    "libsybdb5",
    "libunbound8",
    "libpam0g",
    "libpam-modules",
    "libpam-modules-bin",
    "libpam-runtime",
    "libpci3",
    "libsensors5",
    "libsensors-config",
)
"""Debian's dependencies that only installation scripts, documents or modules that we never load need."""

Progress = Callable[[str], None]


class SuiteMissingError(InstallError):
    """A mirror doesn't carry the suite."""


class PackageSource:
    """Packages of one Debian suite, fetched into ``folder``."""

    def __init__(self, folder: Path, architecture: str, progress: Progress) -> None:
        self._folder = folder
        self._architecture = architecture
        self._progress = progress

    def fetch(self, packages: Iterable[str]) -> list[Path]:
        """Download ``packages`` and what they need. Raises :class:`InstallError`."""
        self._prepare()
        self._update()
        self._apt("install", "--download-only", "--yes", *packages, subject=_("the engine's packages"))
        return sorted((self._folder / "cache/archives").glob("*.deb"))

    def _prepare(self) -> None:
        for tool in ("apt-get", "dpkg-deb"):
            if shutil.which(tool) is None:
                raise InstallError(
                    _(
                        "The engine is fetched with {tool}, which this machine lacks: use Debian 12 or newer, or install Asterisk 20 or "
                        "newer yourself."
                    ).format(tool=tool)
                )
        for folder in ("etc/preferences.d", "state/lists/partial", "cache/archives/partial", "dpkg", "log"):
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
        (self._folder / "dpkg/status").write_text(
            "\n".join(_as_if_installed(name, self._architecture) for name in NOT_NEEDED)
        )
        (self._folder / "etc/apt.conf").write_text(_apt_settings(self._folder, self._architecture, _system_proxies()))

    def _update(self) -> None:
        """Fetch the signed index from the machine's own mirror, or from Debian's when that one doesn't carry the suite."""
        mirrors = list(dict.fromkeys([*system_mirrors(), DEFAULT_MIRROR]))
        for number, mirror in enumerate(mirrors, 1):
            source = f"deb [signed-by={_keyring()}] {mirror} {SUITE} main\n"
            (self._folder / "etc/sources.list").write_text(source)
            index = _("the package index of {mirror}").format(mirror=mirror)
            self._progress(_("fetching {what}").format(what=index))
            try:
                self._apt("update", subject=index)
            except SuiteMissingError:
                if number < len(mirrors):
                    continue
                raise
            self._check_age(mirror)
            return

    def _check_age(self, mirror: str) -> None:
        """Mirrors may lag behind the week for which testing's index is valid, so apt is told to accept it, and we say how old it is."""
        for index in (self._folder / "state/lists").glob("*InRelease"):
            stated = re.search(r"^Date: (.+)$", index.read_text(errors="replace"), re.MULTILINE)
            age = datetime.now(UTC) - parsedate_to_datetime(stated[1]) if stated else OLDEST_INDEX * 2
            if age > OLDEST_INDEX:
                raise InstallError(
                    _(
                        "The package index of {mirror} is {days} days old, too old to trust: use another Debian mirror, or correct this "
                        "machine's clock."
                    ).format(mirror=mirror, days=age.days)
                )
            if age > timedelta(days=10):
                self._progress(
                    _("the package index of {mirror} is {days} days old; its signature is good").format(
                        mirror=mirror, days=age.days
                    )
                )

    def _apt(self, *arguments: str, subject: str) -> None:
        environment = {**os.environ, "APT_CONFIG": str(self._folder / "etc/apt.conf"), "LC_ALL": "C"}
        done = subprocess.run(
            ["apt-get", "--quiet=2", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            said = done.stderr + done.stdout
            kind = SuiteMissingError if "does not have a Release file" in said else InstallError
            raise kind(explain(said, subject))


def unpack(archives: Iterable[Path], folder: Path) -> None:
    """Unpack package archives into ``folder``, running none of their scripts. Raises :class:`InstallError`."""
    for archive in archives:
        done = subprocess.run(
            ["dpkg-deb", "--extract", str(archive), str(folder)],
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise InstallError(explain(done.stderr, _("the package {name}").format(name=archive.name)))


def version_of(archive: Path) -> tuple[str, str]:
    """Name and version of a package archive."""
    fields = subprocess.run(
        ["dpkg-deb", "--show", "--showformat=${Package} ${Version}", str(archive)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return fields[0], fields[1]


def explain(output: str, subject: str) -> str:
    """One sentence from apt's or dpkg's output."""
    for pattern, sentence in _EXPLANATIONS:
        if re.search(pattern, output, re.IGNORECASE):
            return sentence.format(subject=subject, line=_telling_line(output))
    return _("Fetching {subject} failed: {line}").format(subject=subject, line=_telling_line(output))


_EXPLANATIONS = (
    (
        r"No space left|enough free space",
        _("The disk became full while fetching {subject}: free about 400 MB and try again."),
    ),
    (
        r"BADSIG|NO_PUBKEY|EXPKEYSIG|REVKEYSIG|not signed|no longer has a Release|GPG error|OpenPGP|signature",
        _(
            "The signature of {subject} is not Debian's, so nothing was installed: use another mirror, or bring the package "
            "debian-archive-keyring up to date ({line})."
        ),
    ),
    (
        r"Hash Sum mismatch|unexpected size",
        _("Damage, or an update of the mirror, in {subject}: try again in some minutes."),
    ),
    (
        r"not resolv|Temporary failure|Could not connect|Connection (refused|timed out|failed|reset)|unreachable|Failed to fetch .*50\d",
        _("There is no connection to fetch {subject}: check the network or the proxy and try again ({line})."),
    ),
)


def _telling_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "W:", "Err:", "dpkg-deb: error"))]
    return (errors or lines or ["no reason given"])[0].removeprefix("E: ").removeprefix("W: ")


def system_mirrors(apt: Path = Path("/etc/apt")) -> Iterator[str]:
    """The Debian mirrors of this machine's own source lists, security mirrors left out."""
    for file in sorted(apt.glob("sources.list.d/*.sources")):
        for stanza in re.split(r"\n\s*\n", file.read_text(errors="replace")):
            fields = dict(re.findall(r"^([A-Za-z-]+):\s*(.*)$", stanza, re.MULTILINE))
            if "deb" in fields.get("Types", "").split() and "main" in fields.get("Components", "").split():
                yield from filter(_is_debian_mirror, fields.get("URIs", "").split())
    for file in [apt / "sources.list", *sorted(apt.glob("sources.list.d/*.list"))]:
        if file.is_file():
            for line in file.read_text(errors="replace").splitlines():
                match = re.match(r"\s*deb\s+(?:\[[^]]*]\s+)?(\S+)\s+\S+\s+.*\bmain\b", line)
                if match and _is_debian_mirror(match[1]):
                    yield match[1]


def _is_debian_mirror(uri: str) -> bool:
    # A snapshot has only the suites of its day, and cdrom: only the disc's.
    return bool(re.search(r"^(https?|mirror\+\w+):.*debian(/|\.list)?$", uri)) and "snapshot" not in uri


def _keyring() -> Path:
    for keyring in KEYRINGS:
        if keyring.is_file():
            return keyring
    raise InstallError(
        _(
            "The keys that Debian signs with are missing, so the engine can't be checked: install the package debian-archive-keyring."
        )
    )


def _system_proxies() -> str:
    """The machine's apt proxy settings: our private settings replace its whole configuration."""
    done = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=False)
    return "\n".join(
        line for line in done.stdout.splitlines() if re.match(r"Acquire::https?::Proxy\b", line, re.IGNORECASE)
    )


def _apt_settings(folder: Path, architecture: str, proxies: str) -> str:
    return f"""\
Dir "{folder}";
Dir::Etc "{folder}/etc";
Dir::Etc::sourcelist "{folder}/etc/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::State "{folder}/state";
Dir::State::status "{folder}/dpkg/status";
Dir::Cache "{folder}/cache";
Dir::Log "{folder}/log";
APT::Architecture "{architecture}";
APT::Architectures {{ "{architecture}"; }};
APT::Install-Recommends "false";
APT::Sandbox::User "";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Acquire::Check-Valid-Until "false";
Acquire::AllowInsecureRepositories "false";
{proxies}
"""


def _as_if_installed(package: str, architecture: str) -> str:
    return (
        f"Package: {package}\nStatus: install ok installed\nVersion: 9999\nArchitecture: {architecture}\nMulti-Arch: foreign\n"
        "Maintainer: nobody\nDescription: left out\n"
    )
