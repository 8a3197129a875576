# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel check``: the configuration and the health of every part, in words an administrator understands."""

from __future__ import annotations

import ipaddress
import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from vaxel.site import preflight
from vaxel.site.config import Config
from vaxel.site.lock import running
from vaxel.site.parts import parts
from vaxel.site.plain import PlainError
from vaxel.site.terminal import WIDTH
from vaxel.site.words import _

UNENCRYPTED = ("VAXEL_WEB_PORT", "VAXEL_LIVE_PORT", "VAXEL_ARI_PORT")


class Finding(NamedTuple):
    """``good`` is False for what needs doing; ``text`` then says what."""

    subject: str
    good: bool
    text: str


def examine(config: Config) -> list[Finding]:
    """Everything, in the order in which it would be mended."""
    findings = [*_folder(config), *_secrets(config), *_addresses(config), *_engine(config)]
    database = list(_database(config))
    findings += database
    if all(finding.good for finding in database):
        findings += _directory()
    return [*findings, *_parts(config)]


def show(findings: list[Finding]) -> str:
    lines = [f"{'ok' if finding.good else '!!'}  {finding.subject:<{WIDTH}}{finding.text}\n" for finding in findings]
    wrong = sum(not finding.good for finding in findings)
    lines.append(_("To be mended: {count}\n").format(count=wrong) if wrong else _("Everything is in order.\n"))
    return "".join(lines)


def _folder(config: Config) -> Iterator[Finding]:
    try:
        preflight.check_folder(config.var)
        preflight.check_room(config.var, preflight.ROOM)
    except PlainError as error:
        yield Finding(_("folder"), False, str(error))
        return
    free = preflight.free_bytes(config.var) // 1_000_000_000
    yield Finding(_("folder"), True, _("{folder}, {free} GB free").format(folder=config.var.resolve(), free=free))


def _secrets(config: Config) -> Iterator[Finding]:
    path = config.var / "secrets.json"
    if not path.exists():
        return
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        text = _("{file} can be read by others: run `chmod 600 {file}`, and make new secrets if that was so for long.")
        yield Finding(_("secrets"), False, text.format(file=path))
    else:
        yield Finding(_("secrets"), True, _("readable by this user only"))


def _addresses(config: Config) -> Iterator[Finding]:
    opened = [address for address in preflight.addresses(config, engine_runs=False) if not _is_loopback(address.host)]
    if not opened:
        yield Finding(_("addresses"), True, _("loopback only: nobody outside this machine can reach it"))
        return
    listed = ", ".join(dict.fromkeys(f"{address.part} {address.host}:{address.port}" for address in opened))
    yield Finding(_("addresses"), True, _("open to the network: {listed}").format(listed=listed))
    plain = [address.part for address in opened if address.setting in UNENCRYPTED]
    if plain:
        text = _(
            "The {parts} speak without encryption: leave them on loopback with a proxy that has a certificate in front "
            "(docs/administration.md, “Opening to the network”)."
        )
        yield Finding(_("encryption"), False, text.format(parts=", ".join(plain)))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _engine(config: Config) -> Iterator[Finding]:
    from vaxel.telephony.engine import program

    found = program.find(config)
    if found.asterisk is None:
        yield Finding(_("engine"), False, _("not installed: run `vaxel engine install`"))
    else:
        yield Finding(_("engine"), True, f"Asterisk {found.asterisk.version}")
    yield from _recordings(config)


def _recordings(config: Config) -> Iterator[Finding]:
    from vaxel.telephony.engine import places, room

    with suppress(OSError):  # No folder: nothing has been started yet.
        found = room(config)
        numbers = {"free": found.free // 1_000_000, "needed": found.needed // 1_000_000}
        if found.enough:
            text = _("{free} MB free; below {needed} MB no voice message is taken").format(**numbers)
        else:
            text = _(
                "no voice message is taken: {free} MB free, {needed} MB needed. Make room, or change VAXEL_RECORDING_ROOM."
            ).format(**numbers)
        yield Finding(_("recordings"), found.enough, text)
    if unread := places(config).put_aside():
        told = _("{n} records of calls could not be read: look at {file}, and remove it when you have").format(
            n=len(unread), file=unread[0]
        )
        yield Finding(_("recordings"), False, told)


def _database(config: Config) -> Iterator[Finding]:
    from vaxel.site.start_django import django

    django()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    name = "PostgreSQL" if config.database_url else "SQLite"
    try:
        preflight.check_database(config)
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except PlainError as error:
        yield Finding(_("database"), False, str(error))
        return
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        yield Finding(_("database"), False, _("{name} doesn't answer: {reason}").format(name=name, reason=reason))
        return
    if waiting:
        text = _("{name} is of an earlier version: run `vaxel migrate`").format(name=name)
        yield Finding(_("database"), False, text)
    else:
        yield Finding(_("database"), True, _("{name}, up to date").format(name=name))


def _directory() -> Iterator[Finding]:
    from vaxel.directory.models import NumberKind, Organisation, Phone, Trunk

    organisations = Organisation.objects.prefetch_related("numbers", "operators__user")
    if not organisations:
        yield Finding(_("directory"), False, _("there is no organisation yet: add one in the administration"))
    for organisation in organisations:
        lacks = []
        if not any(number.kind == NumberKind.MAIN for number in organisation.numbers.all()):
            lacks.append(_("a main number"))
        if not any(operator.user.is_active for operator in organisation.operators.all()):
            lacks.append(_("an operator"))
        if lacks:
            yield Finding(
                organisation.pk, False, _("{name} lacks {what}").format(name=organisation.name, what=", ".join(lacks))
            )
        else:
            yield Finding(organisation.pk, True, organisation.name)
    trunks = ", ".join(Trunk.objects.order_by("name").values_list("name", flat=True))
    if trunks:
        yield Finding(_("trunk"), True, trunks)
    elif Phone.objects.exists():
        yield Finding(
            _("trunk"),
            False,
            _("there is none: no call comes in or goes out, 112 included; add one in the administration"),
        )


def _parts(config: Config) -> Iterator[Finding]:
    supervisor = running(config)
    if supervisor:
        yield Finding(_("supervisor"), True, _("running (process {pid})").format(pid=supervisor["pid"]))
    for part in parts(config):
        ready = part.ready()
        yield Finding(
            part.name, ready, _("answers") if ready else _("doesn't answer: start it with `vaxel run` or systemd")
        )
