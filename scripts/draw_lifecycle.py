# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes docs/call-lifecycle.md from the table of transitions. A test fails when the two have parted."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from vaxel.domain import events
from vaxel.domain.call import State
from vaxel.domain.lifecycle import LIVE, TABLE

PAGE = Path(__file__).parents[1] / "docs/call-lifecycle.md"

# REUSE-IgnoreStart
LICENCE = (
    "<!-- SPDX-FileCopyrightText: 2026 The Vaxel contributors -->",
    "<!-- SPDX-License-Identifier: EUPL-1.2 -->",
)
# REUSE-IgnoreEnd

MEANINGS = {
    State.ANNOUNCING: "the caller hears an announcement, such as the welcome",
    State.CHOOSING: "the caller hears a menu and may press a digit",
    State.RINGING: "a person's or group's telephones ring",
    State.WAITING: "the caller waits for an operator; it may be offered to one",
    State.CONNECTED: "the caller talks; or an operator has put the call on hold at her telephone, and is reminded of it likewise",
    State.HELD: "the caller hears music; an operator has put the call on hold, is reminded of it, and in the end it comes back",
    State.CONSULTING: "the caller hears music; the operator rings or talks to a colleague",
    State.TRANSFERRING: "the caller hears ringing; a colleague is rung, and the call comes back if nobody answers",
    State.PARKED: "the caller hears music; any operator may fetch the call",
    State.GREETING: "the caller hears a mailbox's greeting",
    State.RECORDING: "the caller leaves a message",
    State.DIALLING: "an operator is calling out",
    State.ENDED: "over; late events are still taken",
}


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(
        [
            *LICENCE,
            "# The life of a call",
            "",
            "Drawn from `src/vaxel/domain/lifecycle.py` by `scripts/draw_lifecycle.py`; don't edit.",
            "",
            *_states(),
            "",
            "```mermaid",
            "stateDiagram-v2",
            *_diagram(),
            "```",
            "",
            "An event that has no row in its state is refused and changes nothing. `–` means that the call stays where it is.",
            "",
            *_table(),
            "",
        ]
    )


def _states() -> list[str]:
    return ["| state | |", "|---|---|"] + [f"| `{state}` | {MEANINGS[state]} |" for state in State]


def _diagram() -> list[str]:
    arrows: dict[tuple[State, State], list[str]] = defaultdict(list)
    for (state, event), row in TABLE.items():
        for target in row.leads_to:
            if target is not state and not (target is State.ENDED and event in (events.Abandoned, events.HangUpAsked)):
                arrows[state, target].append(_name(event))
    lines = ["    [*] --> announcing", "    [*] --> dialling: an operator dials"]
    for (state, target), names in sorted(arrows.items()):
        lines.append(f"    {state} --> {target}: {', '.join(sorted(set(names)))}")
    return [*lines, "    ended --> [*]"]


def _table() -> list[str]:
    rows: dict[tuple[str, str, str], list[State]] = defaultdict(list)
    for (state, event), row in TABLE.items():
        leads = ", ".join(sorted(row.leads_to)) or "–"
        rows[_name(event), row.handler.__name__.replace("_", " "), leads].append(state)
    lines = ["| event | in | what happens | may lead to |", "|---|---|---|---|"]
    for (name, handler, leads), states in rows.items():
        lines.append(f"| {name} | {_several(states)} | {handler} | {leads} |")
    return lines


def _several(states: list[State]) -> str:
    if set(states) == set(State):
        return "every state"
    if set(states) == set(LIVE):
        return "every state but ended"
    missing = [state for state in State if state not in states]
    if len(missing) < 3:
        return f"all but {', '.join(missing)}"
    return ", ".join(states)


def _name(event: type) -> str:
    return str(event.__struct_config__.tag).replace("_", " ")  # type: ignore[attr-defined]


if __name__ == "__main__":
    PAGE.write_text(page())
