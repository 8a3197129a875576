# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel engine install|start|stop|status|check|run``."""

from __future__ import annotations

import argparse
from typing import Any

from vaxel.site.config import config
from vaxel.site.terminal import say
from vaxel.site.words import _
from vaxel.telephony.engine import installation, lifecycle, program


def register(subparsers: Any) -> None:
    """Add the command to ``vaxel``'s own parser. Each action's ``run(arguments)`` returns the exit code."""
    parser = subparsers.add_parser("engine", help=_("install, start, stop and examine the telephone engine"))
    actions = parser.add_subparsers(title=_("actions"), metavar=_("ACTION"), required=True)
    _action(actions, "install", _("fetch the engine, when the machine has none"), _install)
    _action(actions, "start", _("start it in the background"), _start)
    stopping = _action(actions, "stop", _("stop it"), _stop)
    stopping.add_argument(
        "--wait",
        type=float,
        default=0.0,
        metavar=_("SECONDS"),
        help=_("refuse new calls and give those in progress so long to end"),
    )
    _action(actions, "status", _("say whether it runs and takes calls"), _status)
    _action(actions, "check", _("say what stands in the way of a start"), _check)
    _action(actions, "run", _("run it in the foreground, for a supervisor"), _run)


def _action(actions: Any, name: str, help_: str, run: Any) -> Any:
    parser = actions.add_parser(name, help=help_)
    parser.set_defaults(run=run)
    return parser


def _install(_arguments: argparse.Namespace) -> int:
    found = installation.install(config(), lambda sentence: say("engine", sentence))
    say("engine", _describe(found))
    return 0


def _describe(found: program.Programs) -> str:
    if found.asterisk is None:
        return _("not installed")
    return f"Asterisk {found.asterisk.version}: {found.asterisk.command[-1]}"


def _start(_arguments: argparse.Namespace) -> int:
    _say_status(lifecycle.start(config()))
    return 0


def _stop(arguments: argparse.Namespace) -> int:
    stopped = lifecycle.stop(config(), patience=arguments.wait)
    say("engine", _("stopped") if stopped else _("was not running"))
    return 0


def _status(_arguments: argparse.Namespace) -> int:
    """Exit code 0 when it takes calls, 1 otherwise."""
    now = lifecycle.status(config())
    _say_status(now)
    return 0 if now.ready else 1


def _say_status(now: lifecycle.Status) -> None:
    if now.pid is None:
        say("engine", _("not running"))
        return
    sentence = _("takes calls") if now.ready else _("is up, but not yet taking calls")
    say(
        "engine",
        f"Asterisk {now.version}: {sentence}. "
        + _("Process {pid}, channels: {calls}").format(pid=now.pid, calls=now.calls),
    )


def _check(_arguments: argparse.Namespace) -> int:
    problems = list(lifecycle.check(config()))
    for problem in problems:
        say("engine", problem)
    if not problems:
        say("engine", _("nothing stands in the way"))
    return 1 if problems else 0


def _run(_arguments: argparse.Namespace) -> int:
    lifecycle.run(config())
