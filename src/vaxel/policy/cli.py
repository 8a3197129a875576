# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel policy``: write, check, activate and report policies."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from vaxel.domain.countries import COUNTRIES
from vaxel.site.plain import PlainError
from vaxel.site.words import _, language


def register(subparsers: Any) -> None:
    """Add the command to ``vaxel``'s."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "policy", help=_("write, check, activate and report policies")
    )
    actions = parser.add_subparsers(title=_("actions"), metavar=_("ACTION"), required=True)
    _register_new(actions)
    check = actions.add_parser("check", help=_("tell what is wrong with policy files"))
    check.add_argument("files", nargs="+", type=Path, metavar=_("FILE"))
    check.set_defaults(run=run_check)
    activate = actions.add_parser("activate", help=_("put a policy in force"))
    activate.add_argument("file", type=Path, metavar=_("FILE"))
    activate.add_argument("--by", default="", metavar=_("NAME"), help=_("who activates it (the user at the terminal)"))
    activate.add_argument("--note", default="", metavar=_("TEXT"), help=_("why it is changed"))
    activate.add_argument("--yes", action="store_true", help=_("don't ask: what changes has been seen"))
    activate.set_defaults(run=run_activate)
    _register_report(actions)
    versions = actions.add_parser("list", help=_("list the versions of an organisation's policy"))
    versions.add_argument("organisation", metavar=_("ORGANISATION"))
    versions.set_defaults(run=run_list)
    schema = actions.add_parser("schema", help=_("print the JSON schema of policy files"))
    schema.set_defaults(run=run_schema)
    controls = actions.add_parser("controls", help=_("list the controls that a policy can use"))
    controls.add_argument("name", nargs="?", metavar=_("CONTROL"), help=_("tell all of one control"))
    controls.set_defaults(run=run_controls)


def _register_new(actions: Any) -> None:
    new = actions.add_parser("new", help=_("write a policy file to begin with"))
    new.add_argument("file", type=Path, metavar=_("FILE"))
    new.add_argument("--municipality", default="", metavar=_("NAME"), help=_("the municipality's name"))
    new.add_argument("--country", choices=list(COUNTRIES), default="SE", help=_("its country (SE)"))
    new.set_defaults(run=run_new)


def _register_report(actions: Any) -> None:
    report = actions.add_parser("report", help=_("tell of each clause whether it is kept"))
    report.add_argument("organisation", metavar=_("ORGANISATION"))
    report.add_argument("--from", dest="first", type=_day, metavar=_("DAY"), help=_("the first day (30 days ago)"))
    report.add_argument("--to", dest="last", type=_day, metavar=_("DAY"), help=_("the last day (today)"))
    form = report.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("for programs"))
    form.add_argument("--csv", action="store_true", help=_("for a spreadsheet"))
    report.set_defaults(run=run_report)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” isn't a day; write 2026-01-31").format(text=text)) from None


def _django() -> None:
    from vaxel.site.start_django import django

    django()
    from django.utils import translation

    translation.activate(language())


def run_new(options: argparse.Namespace) -> int:
    _django()
    from vaxel.policy import schema
    from vaxel.policy.template import new

    path: Path = options.file
    name = re.sub(r"[^a-z0-9_-]", "", path.stem.lower()) or "organisation"
    text = new(
        name,
        options.municipality or path.stem.capitalize(),
        options.country,
        date.today().isoformat(),  # noqa: DTZ011 - the day at the person's desk
        f"./{schema.FILE}",
    )
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        # Beside it, where an editor finds it wherever the folder is: as this Vaxel takes it.
        path.with_name(schema.FILE).write_text(schema.text(), encoding="utf-8")
    except FileExistsError:
        raise PlainError(_("{file} exists already: name another file, or remove it first.").format(file=path)) from None
    except OSError as error:
        raise PlainError(f"{error.filename}: {error.strerror}") from error
    print(_("Written to {file}. Fill it in, then run: vaxel policy check {file}").format(file=path))
    return 0


def run_check(options: argparse.Namespace) -> int:
    _django()
    from vaxel.policy.faults import PolicyError
    from vaxel.policy.load import read

    wrong = 0
    for path in options.files:
        try:
            policy, text = read(path)
            told = _against_directory(policy, text, str(path))
        except PolicyError as error:
            wrong += 1
            print(error)
            continue
        except OSError as error:
            raise PlainError(f"{path}: {error.strerror}") from error
        print("\n".join([_describe(path, policy), *told]))
    return 1 if wrong else 0


def _against_directory(policy: Any, text: str, file: str) -> list[str]:
    """What is told of ``policy`` where there is an installation with its organisation. Raises ``PolicyError``."""
    from django.db import DatabaseError

    from vaxel.directory.models import Organisation
    from vaxel.policy import against
    from vaxel.policy.faults import PolicyError
    from vaxel.policy.locate import Lines
    from vaxel.site.database import is_there

    if not is_there():
        return []
    try:
        home = Organisation.objects.filter(pk=policy.policy.organisation).first()
        if home is None:
            told = _(
                "there is no organisation “{name}” in this installation: names weren't looked for in its directory."
            )
            return [told.format(name=policy.policy.organisation)]
        lines = Lines(text)
        if found := against.faults(home, policy, lines, file):
            raise PolicyError(found)
        return [str(note) for note in against.notes(home, policy, lines, file)]
    except DatabaseError:
        return [_("The database can't be asked just now: names weren't looked for in the directory.")]


def _describe(path: Path, policy: Any) -> str:
    from vaxel.policy.controls import CONTROLS

    without = [clause.id for clause in policy.clause if not all(CONTROLS[one.use].works for one in clause.control)]
    told = _("{file}: good; {municipality}, version {version}, from {day}; {n} clauses").format(
        file=path,
        municipality=policy.policy.municipality,
        version=policy.policy.version,
        day=policy.policy.valid_from,
        n=len(policy.clause),
    )
    if without:
        told += "\n" + _("{n} of them have a control that nothing carries out yet: {clauses}").format(
            n=len(without), clauses=", ".join(without)
        )
    return told


def run_activate(options: argparse.Namespace) -> int:
    _django()
    from vaxel.directory.audit import By
    from vaxel.policy import actions
    from vaxel.policy.load import read

    try:
        _policy, text = read(options.file)
    except OSError as error:
        raise PlainError(f"{options.file}: {error.strerror}") from error
    file = str(options.file)
    home, policy = actions.examined(text, file=file)
    version = actions.already_there(home, policy, text, file)
    if version is not None and version.activated_at is not None:
        print(_("Version {version} is there already.").format(version=version.version), _begins(version, home))
        return 0
    _preview(home, policy, text, file)
    if not options.yes:
        _confirm()
    by = By(name=options.by or getpass.getuser())
    version = actions.activate(version or actions.propose(text, by, note=options.note, file=file), by)
    print(_begins(version, home))
    return 0


def _preview(home: Any, policy: Any, text: str, file: str) -> None:
    """What comes with ``policy``. Raises ``PolicyRefused`` for what mustn't come."""
    from vaxel.directory import current
    from vaxel.policy.actions import PolicyRefused
    from vaxel.policy.compile import compile_policy
    from vaxel.proof import guard
    from vaxel.proof.preview import preview

    effect = guard.tried_policy(home.pk, compile_policy(policy))
    print("\n".join(preview(home, policy, text, effect, file)))
    if effect.comparison.counterexamples:
        raise PolicyRefused(guard.refusals(effect.comparison.counterexamples, current.world()))


def _confirm() -> None:
    if not sys.stdin.isatty():
        raise PlainError(
            _(
                "Nothing has been put in force: there is no terminal to ask at. Run it again with --yes once you have seen the above."
            )
        )
    if input("\n" + _("Put it in force? Write yes:") + " ").strip().casefold() not in ("yes", "y", "ja", "j"):
        raise PlainError(_("Nothing has been put in force."))


def _begins(version: Any, home: Any) -> str:
    begins = f"{version.begins_at.astimezone(ZoneInfo(home.time_zone)):%Y-%m-%d %H:%M}"
    told = _("{name}: version {version} is in force from {begins}.")
    return told.format(name=home.name, version=version.version, begins=begins)


def run_report(options: argparse.Namespace) -> int:
    _django()
    from django.utils import timezone

    from vaxel.policy import report

    home = _organisation(options.organisation)
    zone = ZoneInfo(home.time_zone)
    timezone.activate(zone)
    today = datetime.now(zone).date()
    last = options.last or today
    first = options.first or last - timedelta(days=report.DAYS)
    if first > last:
        raise PlainError(_("The first day, {first}, lies after the last, {last}.").format(first=first, last=last))
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    made = report.report(home, datetime.combine(first, time(), zone), end)
    form = report.as_json if options.json else report.as_csv if options.csv else report.as_text
    print(form(made), end="")
    return 0


def run_list(options: argparse.Namespace) -> int:
    _django()
    from vaxel.policy.models import PolicyVersion

    home = _organisation(options.organisation)
    zone = ZoneInfo(home.time_zone)

    def shown(at: datetime | None) -> str:
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "–"

    for version in PolicyVersion.objects.filter(organisation=home):
        print(
            f"{version.pk:>6}  {version.version:<16}  {shown(version.begins_at):<16}  {shown(version.replaced_at):<16}  "
            f"{version.activated_by or version.proposed_by}"
        )
    return 0


def _organisation(name: str) -> Any:
    from vaxel.directory.models import Organisation

    found = Organisation.objects.filter(pk=name).first()
    if found is None:
        known = ", ".join(Organisation.objects.values_list("pk", flat=True).order_by("pk"))
        raise PlainError(
            _("There is no organisation {name}; there are: {known}.").format(name=name, known=known or "–")
        )
    return found


def run_schema(_options: argparse.Namespace) -> int:
    _django()
    from vaxel.policy.schema import text

    print(text(), end="")
    return 0


def run_controls(options: argparse.Namespace) -> int:
    _django()
    from vaxel.policy.controls import CONTROLS

    if options.name is None:
        width = max(map(len, CONTROLS))
        for name, control in CONTROLS.items():
            print(
                f"{name:<{width}}  {control.meaning}"
                + ("" if control.works else f" [{_('nothing carries it out yet')}]")
            )
        return 0
    if options.name not in CONTROLS:
        from vaxel.policy.faults import nearest

        meant = nearest(options.name, CONTROLS)
        told = _("There is no control {name}.").format(name=options.name)
        raise PlainError(f"{told} " + _("Did you mean {meant}?").format(meant=meant) if meant else told)
    control = CONTROLS[options.name]
    print(f"{control.name}: {control.meaning}")
    for key, field in control.parameters.model_fields.items():
        if key != "use":
            needed = f" ({_('required')})" if field.is_required() else ""
            print(f"  {key}{needed}: {field.description or ''}")
    print(
        _("Clauses that it serves in the policies that come with Vaxel:")
        if control.clauses
        else _("None of the policies that come with Vaxel uses it.")
    )
    for municipality, clauses in control.clauses.items():
        print(f"  {municipality}: {', '.join(clauses)}")
    return 0
