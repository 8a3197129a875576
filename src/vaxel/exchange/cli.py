# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel import`` and ``vaxel export``."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaxel.site.plain import PlainError
from vaxel.site.words import _, language

if TYPE_CHECKING:
    from vaxel.directory.audit import By
    from vaxel.directory.models import Organisation
    from vaxel.exchange.models import Source
    from vaxel.exchange.plan import Options, Plan

SHOWN = 20
"""Rows of a kind that are printed; ``--json`` prints all."""


def register(subparsers: Any) -> None:
    """Add the commands to ``vaxel``'s."""
    _register_import(subparsers)
    export = subparsers.add_parser("export", help=_("write people as CSV, vCard, Excel workbook or telephone list"))
    export.add_argument("organisation", metavar=_("ORGANISATION"))
    export.add_argument("--form", choices=("csv", "vcf", "xlsx", "pdf"), default="csv", help=_("the form (csv)"))
    export.add_argument("--to", type=Path, metavar=_("FILE"), help=_("where to (the terminal)"))
    export.set_defaults(run=run_export)


def _register_import(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "import",
        help=_("import people from a CSV or vCard file, or from LDAP"),
        description=_("Tells first what would be done: with --dry-run nothing else, otherwise it is then carried out."),
    )
    parser.add_argument("file", nargs="?", metavar=_("FILE"), help=_("CSV or vCard; - is the standard input"))
    parser.add_argument("--organisation", metavar=_("ORGANISATION"), help=_("whose people they are"))
    parser.add_argument(
        "--source", default="", metavar=_("NAME"), help=_("the system they come from (the file's name)")
    )
    parser.add_argument("--ldap", action="store_true", help=_("ask the LDAP directory of --source instead of a file"))
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar=_("HEADING=FIELD"),
        help=_("what a column holds, when it isn't recognised; remembered. Without a FIELD it is left out"),
    )
    parser.add_argument("--complete", action="store_true", help=_("it has everybody: those who are missing have left"))
    parser.add_argument("--override", action="store_true", help=_("also write over what was changed by hand"))
    parser.add_argument("--force", action="store_true", help=_("also when more than a tenth would leave"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be done"))
    parser.add_argument("--json", action="store_true", help=_("for programs"))
    parser.add_argument("--by", default="", metavar=_("NAME"), help=_("who does it (the user at the terminal)"))
    parser.add_argument("--list", action="store_true", help=_("list the imports that were carried out"))
    parser.add_argument("--undo", type=int, metavar=_("NUMBER"), help=_("take back the import with that number"))
    parser.set_defaults(run=run_import)


def _django() -> None:
    from vaxel.site.start_django import django

    django()
    from django.utils import translation

    translation.activate(language())


def run_import(options: argparse.Namespace) -> int:
    _django()
    if options.list:
        return _list(options)
    if options.undo is not None:
        return _undo(options)
    from vaxel.exchange.tables import FileRefused

    home = _organisation(options.organisation)
    try:
        source, plan, name = _planned(options, home)
    except FileRefused as refused:
        raise PlainError(str(refused)) from refused
    _tell(plan, options.json, dry=options.dry_run)
    if options.dry_run:
        return 1 if plan.problems or plan.refusal else 0
    if plan.refusal:
        raise PlainError(plan.refusal)
    return _carry_out(options, source, plan, name)


def _carry_out(options: argparse.Namespace, source: Source, plan: Plan, name: str) -> int:
    from django.core.exceptions import ValidationError

    from vaxel.exchange.apply import carry_out

    try:
        done = carry_out(source, plan, _by(options), file=name, forced=options.force)
    except ValidationError as error:
        raise PlainError(" ".join(error.messages)) from error
    if not options.json:
        print(
            _("Import {number} has been carried out. To take it back: vaxel import --undo {number}").format(
                number=done.pk
            )
        )
    return 1 if plan.problems else 0


def _planned(options: argparse.Namespace, home: Organisation) -> tuple[Source, Plan, str]:
    from vaxel.exchange import actions, ldap

    chosen = _options(options)
    if options.ldap:
        source = _ldap_source(home, options.source)
        table = ldap.read(source)
        mapping = _mapping(options, ldap.suggested(source, table))
        return source, actions.planned(source, table, mapping, chosen), ""
    if not options.file:
        raise PlainError(_("name a file, or --ldap with --source."))
    content, name = _content(options.file)
    table, kind = actions.read(content)
    source = actions.source_of(home, options.source or Path(name).stem, kind)
    mapping = _mapping(options, actions.suggested(source, table, kind))
    plan = actions.planned(source, table, mapping, chosen)
    if not options.dry_run:
        actions.keep_mapping(source, mapping)
    return source, plan, name


def _ldap_source(home: Organisation, name: str) -> Source:
    from vaxel.exchange.models import Source, SourceKind

    found = (
        Source.objects.filter(organisation=home, name=name, kind=SourceKind.LDAP).select_related("organisation").first()
    )
    if found is None:
        all_ = Source.objects.filter(organisation=home, kind=SourceKind.LDAP).values_list("name", flat=True)
        raise PlainError(
            _(
                "{organisation} has no LDAP source “{name}”. There are: {all}. Add it on the page “Import and export”."
            ).format(organisation=home.name, name=name, all=", ".join(all_) or _("none"))
        )
    return found


def _options(options: argparse.Namespace) -> Options:
    from vaxel.exchange.plan import Options

    # Whoever has the machine's command line has the database.
    return Options(complete=options.complete, override=options.override, force=options.force, protected=True)


def _content(file: str) -> tuple[bytes, str]:
    from vaxel.exchange.tables import MOST_BYTES, check_size

    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1), _("standard input")
    path = Path(file)
    try:
        check_size(path.stat().st_size)
        return path.read_bytes(), path.name
    except OSError as error:
        raise PlainError(f"{path}: {error.strerror}") from error


def _mapping(options: argparse.Namespace, suggested: dict[str, str]) -> dict[str, str]:
    chosen = dict(suggested)
    for told in options.column:
        heading, _equals, field = told.rpartition("=") if "=" in told else (told, "", "")
        if heading not in chosen:
            raise PlainError(
                _("there is no column “{heading}”. There are: {all}.").format(heading=heading, all=", ".join(chosen))
            )
        chosen[heading] = field.strip()
    return chosen


def _organisation(id_: str | None) -> Organisation:
    from vaxel.directory.models import Organisation

    found = Organisation.objects.filter(pk=id_ or "").first()
    if found is None:
        all_ = ", ".join(Organisation.objects.values_list("pk", flat=True))
        raise PlainError(_("name an organisation with --organisation: {all}").format(all=all_))
    return found


def _by(options: argparse.Namespace) -> By:
    from vaxel.directory.audit import By, Via

    return By(name=options.by or getpass.getuser(), via=Via.IMPORT)


# ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tell(plan: Plan, as_json: bool, dry: bool) -> None:
    from msgspec import to_builtins

    if as_json:
        told = {
            "dry_run": dry,
            "counts": plan.counts,
            "refusal": plan.refusal,
            "units": plan.units,
            "problems": [to_builtins(problem) for problem in plan.problems],
            "steps": [to_builtins(step) for step in plan.steps if step.do != "unchanged" or step.held],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    print(_summary(plan))
    for sentence in _details(plan):
        print(sentence)


def _summary(plan: Plan) -> str:
    return _(
        "{add} are added, {change} changed, {leave} leave, {unchanged} stay as they are; {wrong} rows are left out."
    ).format(**plan.counts)


def _details(plan: Plan) -> list[str]:
    from vaxel.exchange.plan import Do

    lines = [_("New unit: {name}").format(name=name) for name in plan.units[:SHOWN]]
    for problem in plan.problems[:SHOWN]:
        where = _("line {line}, “{column}”") if problem.column else _("line {line}")
        lines.append(f"{where.format(line=problem.line, column=problem.column)}: {problem.told}")
    if len(plan.problems) > SHOWN:
        lines.append(_("… and {n} more; --json prints all").format(n=len(plan.problems) - SHOWN))
    if leaving := [step.name for step in plan.of(Do.LEAVE)]:
        more = " …" if len(leaving) > SHOWN else ""
        lines.append(_("They leave: {names}").format(names=", ".join(leaving[:SHOWN]) + more))
    if held := plan.counts["held"]:
        lines.append(
            _("{n} values that were changed by hand stay as they are (--override writes over them).").format(n=held)
        )
    if plan.refusal:
        lines.append(plan.refusal)
    return lines


def _list(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from vaxel.exchange.models import Import

    found = Import.objects.select_related("source__organisation")
    if options.organisation:
        found = found.filter(source__organisation=_organisation(options.organisation))
    for done in found[:50]:
        undone = _(" – taken back") if done.undone_at else ""
        at = timezone.localtime(done.at).strftime("%Y-%m-%d %H:%M")
        counts = " ".join(f"{name}={n}" for name, n in done.counts.items() if n)
        print(
            f"{done.pk:>6}  {at}  {done.source.organisation_id:<14} {done.source.name:<20} {done.who:<16} {counts}{undone}"
        )
    return 0


def _undo(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from vaxel.exchange.models import Import
    from vaxel.exchange.undo import undo, undoing

    done = Import.objects.filter(pk=options.undo).select_related("source__organisation").first()
    if done is None:
        raise PlainError(
            _("there is no import {number}; vaxel import --list tells which there are.").format(number=options.undo)
        )
    found = undoing(done)
    print(_("{n} changes can be taken back.").format(n=len(found.rows)))
    for sentence in found.remains:
        print(sentence)
    if options.dry_run:
        return 0
    try:
        undo(done, _by(options))
    except ValidationError as error:
        raise PlainError(" ".join(error.messages)) from error
    print(_("Import {number} has been taken back.").format(number=done.pk))
    return 0


# ── export ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def run_export(options: argparse.Namespace) -> int:
    _django()
    from vaxel.exchange import export

    home = _organisation(options.organisation)
    content = export.made(options.form, home, export.everybody(home), inner=True)
    if options.to is None:
        sys.stdout.buffer.write(content)
        return 0
    try:
        options.to.write_bytes(content)
    except OSError as error:
        raise PlainError(f"{options.to}: {error.strerror}") from error
    print(_("Written to {file}.").format(file=options.to))
    return 0
