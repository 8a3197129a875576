// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What an operator leaves behind when she goes, and who is there to take it. Pure. */

import { holder } from "./calls.ts";
import type { Call, Operator } from "./protocol.ts";
import type { State } from "./state.ts";
import { served, supervised } from "./steering.ts";

/** Calls that I hold or have parked, the longest first. */
export function leftBy(state: State): readonly Call[] {
  return Object.values(state.calls)
    .filter((call) => {
      if (call.state === "held") return holder(call) === state.me;
      return call.state === "parked" && call.parked_by === state.me;
    })
    .sort((a, b) => a.since - b.since);
}

/** Calls that I hold and am reminded of. Those held here go back to the queue soon, those held at my telephone don't. */
export function heldTooLong(state: State): readonly Call[] {
  return Object.values(state.calls)
    .filter((call) => call.reminded === true || (call.state === "held" && (call.returns_at ?? null) !== null))
    .filter((call) => holder(call) === state.me)
    .sort((a, b) => a.since - b.since);
}

/** Colleagues who are logged on and serve something that I serve; the free ones first. */
export function mayTakeFor(state: State): readonly Operator[] {
  const me = state.operators[state.me];
  if (me === undefined) return [];
  const mine = new Set(served(me));
  return Object.values(state.operators)
    .filter((one) => one.id !== me.id && one.state !== "off" && one.state !== "paused")
    .filter((one) => served(one).some((id) => mine.has(id)))
    .sort((a, b) => Number(a.state !== "ready") - Number(b.state !== "ready") || a.name.localeCompare(b.name));
}

/** Breaks whose relief is no longer there: mine, and of those whom I supervise. */
export function reliefGone(state: State): readonly { readonly away: Operator; readonly missing: string }[] {
  const mine = new Set(supervised(state));
  return Object.values(state.operators)
    .filter((one) => one.state === "paused" && (one.relief_missing ?? []).length > 0)
    .filter((one) => one.id === state.me || served(one).some((id) => mine.has(id)))
    .map((away) => {
      const names = (away.relief_missing ?? []).map((id) => state.operators[id]?.name ?? id);
      return { away, missing: names.join(", ") };
    });
}

/** Reasons for which somebody else must be there (TAN-17), where the policy says so. */
export const RELIEVED: ReadonlySet<string> = new Set(["lunch", "post"]);

const LENGTHS: Readonly<Record<string, number>> = { lunch: 30 * 60 };

/** Seconds by which a pause is longer than it should be, 0 while it isn't. `length`: what the hub says, in seconds. */
export function overdue(operator: Operator, now: number): number {
  if (operator.state !== "paused") return 0;
  const length = operator.pause_seconds ?? LENGTHS[operator.reason] ?? 0;
  return length === 0 ? 0 : Math.max(0, now - operator.since - length);
}
