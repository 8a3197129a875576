# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel prove`` and ``vaxel explain``: for a person at a terminal, or (``--json``) for a program."""

from __future__ import annotations

import argparse
import json
import textwrap
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vaxel.site.plain import PlainError
from vaxel.site.words import _, language

if TYPE_CHECKING:
    from vaxel.domain.explain import Line
    from vaxel.domain.proof import Finding, Proof
    from vaxel.domain.world import World
    from vaxel.proof.tree import Explained

WIDTH = 100


def register(subparsers: Any) -> None:
    """Add the commands to ``vaxel``'s."""
    prove = subparsers.add_parser("prove", help=_("prove that no call ends nowhere"))
    prove.add_argument("organisation", nargs="?", default="", metavar=_("ORGANISATION"), help=_("its id; all without"))
    period = prove.add_mutually_exclusive_group()
    period.add_argument(
        "--at", default="", metavar=_("MOMENT"), help=_("only at this moment: “2026-12-24 10:00”, “now”")
    )
    period.add_argument("--week", action="store_true", help=_("the coming week"))
    period.add_argument("--year", action="store_true", help=_("the coming year (this is usual)"))
    prove.add_argument("--policy", default="", metavar=_("FILE"), help=_("as if this policy were in force"))
    prove.add_argument("--json", action="store_true", help=_("for programs"))
    prove.set_defaults(run=run_prove)

    explain = subparsers.add_parser("explain", help=_("what would happen to a call, and why"))
    explain.add_argument("number", metavar=_("NUMBER"), help=_("the number that is called"))
    explain.add_argument(
        "--at", default="", metavar=_("MOMENT"), help=_("“2026-12-24 10:00”, “10:00” today; now without")
    )
    explain.add_argument("--caller", default="", metavar=_("NUMBER"), help=_("who calls; anybody outside without"))
    explain.add_argument("--json", action="store_true", help=_("for programs"))
    explain.set_defaults(run=run_explain)


def _world() -> World:
    from django.utils import translation

    from vaxel.site.start_django import django

    django()
    from vaxel.directory import snapshot

    translation.activate(language())
    return snapshot.load().world


# ── prove ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def run_prove(options: argparse.Namespace) -> int:
    """Exit code 1 when there are counterexamples."""
    world = _world()
    if options.organisation and options.organisation not in world.organisations:
        known = ", ".join(sorted(world.organisations))
        told = _("there is no organisation “{id}”; these there are: {known}.")
        raise PlainError(told.format(id=options.organisation, known=known))
    if options.policy:
        world = _supposing(world, options.organisation, options.policy)
    from vaxel.domain.proof import prove

    start, end = _period(options, world)
    began = time.perf_counter()
    proof = prove(world, start, end, [options.organisation] if options.organisation else None)
    seconds = time.perf_counter() - began
    print(
        json.dumps(_as_json(proof, world, seconds), ensure_ascii=False, indent=2)
        if options.json
        else _shown(proof, world)
    )
    return 1 if proof.counterexamples else 0


def _supposing(world: World, organisation: str, path: str) -> World:
    from pathlib import Path

    from vaxel.policy.compile import compile_policy
    from vaxel.policy.load import read
    from vaxel.proof.whatif import with_policy

    policy, _text = read(Path(path))
    if organisation != policy.policy.organisation:
        told = _("this policy is for “{found}”: give that organisation.")
        raise PlainError(told.format(found=policy.policy.organisation))
    return with_policy(world, organisation, compile_policy(policy))


def _period(options: argparse.Namespace, world: World) -> tuple[float, float]:
    from vaxel.proof import period

    now = time.time()
    if options.at:
        at = _moment(options.at, _zone(options.organisation, world), now)
        return at, at + period.MOMENT
    return now, now + (period.WEEK if options.week else period.YEAR)


def _moment(text: str, zone: str, now: float) -> float:
    from vaxel.proof import period

    if text.strip() in ("", "now", _("now")):
        return now
    try:
        return period.moment(text, zone, now)
    except ValueError as error:
        raise PlainError(str(error)) from error


def _zone(organisation: str, world: World) -> str:
    home = world.organisations.get(organisation) or next(iter(world.organisations.values()), None)
    return home.time_zone if home is not None else "UTC"


def _as_json(proof: Proof, world: World, seconds: float) -> dict[str, Any]:
    from vaxel.proof.schemas import finding_out

    summary, findings = proof.summary, proof.findings
    shown = [finding_out(finding, _zone(finding.organisation, world)) for finding in findings]
    return {
        "organisations": sorted(proof.organisations),
        "start": summary.start,
        "end": summary.end,
        "seconds": round(seconds, 3),
        "numbers": summary.numbers,
        "shapes": summary.shapes,
        "decisions": summary.plans,
        "ways": summary.ways,
        "counterexamples": [one for one, finding in zip(shown, findings, strict=True) if finding.is_counterexample],
        "warnings": [one for one, finding in zip(shown, findings, strict=True) if not finding.is_counterexample],
    }


def _shown(proof: Proof, world: World) -> str:
    from vaxel.proof.words import concluded

    findings = proof.findings
    broken = [finding for finding in findings if finding.is_counterexample]
    warnings = [finding for finding in findings if not finding.is_counterexample]
    lines: list[str] = []
    for heading, found in ((_("Counterexamples"), broken), (_("Warnings"), warnings)):
        if found:
            lines += [heading, *(line for finding in found for line in _finding_lines(finding, world)), ""]
    lines.append(concluded(proof.summary, len(broken)))
    return "\n".join(lines)


def _finding_lines(finding: Finding, world: World) -> Iterator[str]:
    from vaxel.proof.words import remedy, sentence

    clause = f" [{finding.clause}]" if finding.clause else ""
    home = world.organisations[finding.organisation]
    text = f"{home.name}: {sentence(finding, home.time_zone)}{clause}"
    yield textwrap.fill(text, WIDTH, initial_indent="  – ", subsequent_indent="    ")
    yield textwrap.fill(remedy(finding), WIDTH, initial_indent="    ", subsequent_indent="    ")


# ── explain ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def run_explain(options: argparse.Namespace) -> int:
    """Exit code 1 when the number is nobody's."""
    world = _world()
    from vaxel.proof.tree import explained

    number, caller = _digits(options.number, world), _digits(options.caller, world) if options.caller else ""
    known = world.numbers.get(number)
    at = _moment(options.at, _zone(known.organisation if known else "", world), time.time())
    found = explained(number, caller, at, world)
    print(_explained_json(found, world) if options.json else _tree(found, world))
    return 0 if known else 1


def _digits(text: str, world: World) -> str:
    """A national number may be one of any country here: the one that is somebody's is meant."""
    from vaxel.proof.tree import digits

    countries = list(dict.fromkeys(home.country for home in world.organisations.values())) or ["SE"]
    try:
        read = [digits(text, country, world.numbers) for country in countries]
    except ValueError as error:
        told = _("“{text}” is not a telephone number. Write it like +46 980 31 92 01.")
        raise PlainError(told.format(text=text)) from error
    return next((number for number in read if number in world.numbers), read[0])


def _explained_json(found: Explained, world: World) -> str:
    from vaxel.proof.schemas import explained_out

    return json.dumps(explained_out(found, world), ensure_ascii=False, indent=2)


def _tree(found: Explained, world: World) -> str:
    from vaxel.directory.numbers import readable
    from vaxel.proof.words import when

    home = world.organisations.get(found.route.organisation)
    head = [found.route.dialled_name, readable(found.number)]
    if home is not None:
        head += [home.name] if home.name != found.route.dialled_name else []
        head.append(when(found.at, home.time_zone))
    if found.internal:
        head.append(_("called by a colleague"))
    lines = [" · ".join(part for part in head if part)]
    for line in found.lines:
        lines += _line(line)
    return "\n".join(lines)


def _line(line: Line) -> list[str]:
    from vaxel.proof.tree import branch, told, why

    indent = "  " + "    " * line.depth
    how = branch(line)
    text = f"{how}: {told(line)}" if how else told(line)
    reason = why(line)
    clause = f" [{line.clause}]" if line.clause else ""
    lines = [textwrap.fill(text, WIDTH, initial_indent=f"{indent}– ", subsequent_indent=f"{indent}  ")]
    if reason or clause:
        more = f"{indent}  "
        lines.append(textwrap.fill(f"{reason}{clause}".strip(), WIDTH, initial_indent=more, subsequent_indent=more))
    return lines
