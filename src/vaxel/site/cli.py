# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``vaxel``.

Only the command that was asked for is imported: ``vaxel --help`` is quick and works when a part is broken.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from vaxel.site.plain import PlainError, disk_full, explain
from vaxel.site.words import _


class Command(NamedTuple):
    """``module`` has ``register(subparsers)``, which adds the command's parser with a ``run`` default (``run(arguments) -> int``)."""

    name: str
    help: str
    module: str


COMMANDS = (
    Command("run", _("start everything on this machine and keep it running"), "vaxel.site.commands"),
    Command("check", _("examine the configuration and the health of every part"), "vaxel.site.commands"),
    Command(
        "prepare", _("fetch, build and configure what the parts need, without starting them"), "vaxel.site.commands"
    ),
    Command("engine", _("install, start, stop and examine the telephone engine"), "vaxel.telephony.engine.commands"),
    Command("controller", _("run the controller"), "vaxel.site.commands"),
    Command("web", _("run the web server"), "vaxel.site.commands"),
    Command("worker", _("run the worker"), "vaxel.site.commands"),
    Command("migrate", _("bring the database up to date"), "vaxel.site.commands"),
    Command("demo", _("load the demonstration into an empty database"), "vaxel.site.commands"),
    Command("user", _("list, add and change users"), "vaxel.site.users"),
    Command("token", _("list, issue and revoke API tokens"), "vaxel.site.users"),
    Command("calls", _("list calls"), "vaxel.calls.cli"),
    Command("import", _("import people from a CSV or vCard file, or from LDAP"), "vaxel.exchange.cli"),
    Command("export", _("write people as CSV, vCard, Excel workbook or telephone list"), "vaxel.exchange.cli"),
    Command("policy", _("write, check, activate and report policies"), "vaxel.policy.cli"),
    Command("prove", _("prove that no call ends nowhere"), "vaxel.proof.cli"),
    Command("explain", _("what would happen to a call, and why"), "vaxel.proof.cli"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 with one sentence on stderr, or 2 for a command line that isn't understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((command for command in COMMANDS if given and command.name == given[0]), None)
    try:
        parser = build_parser(command)
        options = parser.parse_args(given)
        if not hasattr(options, "run"):
            parser.print_help()
            return 2
        run: Callable[[argparse.Namespace], int | None] = options.run
        return run(options) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:
        print(f"vaxel: {sentence(error)}", file=sys.stderr)
        return 1


def build_parser(chosen: Command | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vaxel",
        description=_("The open switchboard for Nordic municipalities."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_(
            "Settings are read from the environment (VAXEL_…) and from the file .env; see docs/administration.md."
        ),
    )
    subparsers = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"))
    if chosen is not None:
        register(chosen, subparsers)
        return parser
    for command in COMMANDS:
        subparsers.add_parser(command.name, help=command.help, add_help=False)
    return parser


def register(command: Command, subparsers: Any) -> None:
    try:
        module = importlib.import_module(command.module)
    except ModuleNotFoundError as error:
        raise PlainError(
            _(
                "`vaxel {command}` needs {module}, which isn't in this installation: run `make run`, or install Vaxel again."
            ).format(command=command.name, module=error.name)
        ) from error
    module.register(subparsers)


def sentence(error: Exception) -> str:
    """``error`` for an administrator. One that nobody foresaw also shows where it happened, for the report of a fault."""
    if isinstance(error, PlainError) or type(error).__module__.startswith("vaxel."):
        return str(error)
    if type(error).__module__.startswith("pydantic"):
        return settings_sentence(error)
    if isinstance(error, OSError):
        from vaxel.site.config import config

        return str(explain(error, config().var))
    if type(error).__module__ == "django.db.utils":
        return database_sentence(error)
    traceback.print_exception(error)
    return _("that wasn't foreseen: {kind}: {error}").format(kind=type(error).__name__, error=error)


def database_sentence(error: Exception) -> str:
    from vaxel.site.config import config

    # SQLite's words (SQLITE_FULL); PostgreSQL passes on the system's.
    if "disk is full" in str(error) or "No space left" in str(error):
        return disk_full(config().var)
    if config().database_url:
        from vaxel.site.preflight import postgresql_away

        return postgresql_away(error)
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    return _("The database {file} can't be used: {reason}.").format(file=config().var / "vaxel.sqlite3", reason=reason)


def settings_sentence(error: Any) -> str:
    """A setting with a value that doesn't fit, by its name in the environment."""
    problems = [f"VAXEL_{'_'.join(map(str, item['loc'])).upper()}: {item['msg']}" for item in error.errors()]
    return _("a setting doesn't fit: {problems}. Change it in the environment or in the file .env.").format(
        problems="; ".join(problems)
    )


if __name__ == "__main__":
    sys.exit(main())
