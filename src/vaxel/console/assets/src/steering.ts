// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What a supervisor asks of the state: which calls and operators are hers to steer, and how much there is to do where. Pure. */

import { waitedFrom } from "./calls.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { Call, CallState, Operator, Organisation } from "./protocol.ts";
import type { State } from "./state.ts";

/** The ids of the organisations that I supervise, in the order of their names. */
export function supervised(state: State): readonly string[] {
  const me = state.operators[state.me];
  if (me === undefined || !(me.supervisor ?? false)) return [];
  const ids = me.supervises ?? me.organisations;
  const name = (id: string) => state.organisations[id]?.name ?? id;
  return [...ids].sort((a, b) => name(a).localeCompare(name(b)));
}

export interface Load {
  readonly organisation: Organisation;
  readonly waiting: number;
  /** Seconds that the first in the queue has waited, 0 when nobody waits. */
  readonly longest: number;
  readonly talking: number;
  readonly free: number;
  readonly on: number;
}

/** What she serves now; before the hub tells that, what she is employed for. */
export function served(operator: Operator): readonly string[] {
  return operator.serves ?? operator.organisations;
}

export function loads(state: State, now: number): readonly Load[] {
  return supervised(state).flatMap((id) => {
    const organisation = state.organisations[id];
    if (organisation === undefined) return [];
    const waiting = Object.values(state.calls).filter((call) => call.organisation === id && call.state === "waiting");
    const operators = Object.values(state.operators).filter((one) => one.state !== "off" && served(one).includes(id));
    return [
      {
        organisation,
        waiting: waiting.length,
        longest: Math.max(0, ...waiting.map((call) => now - waitedFrom(call))),
        talking: operators.filter((one) => one.state === "talking").length,
        free: operators.filter((one) => one.state === "ready").length,
        on: operators.length,
      },
    ];
  });
}

/**
 * For whom reinforcements are called in first: where somebody waits and nobody has called yet, the longest wait first, then the
 * longest queue; then where they can be sent home; then the rest.
 */
export function byPressure(all: readonly Load[]): readonly Load[] {
  const rank = ({ organisation, waiting }: Load) => ((organisation.surge ?? null) !== null ? 1 : waiting > 0 ? 0 : 2);
  return [...all].sort((a, b) => rank(a) - rank(b) || b.longest - a.longest || b.waiting - a.waiting);
}

const ORDER: readonly CallState[] = ["waiting", "held", "parked", "consulting", "transferring", "connected"];

/** The calls of what I supervise: who waits for somebody first, and of those who has waited longest. */
export function callsToSteer(state: State): readonly Call[] {
  const mine = new Set(supervised(state));
  const rank = (call: Call) => (ORDER.includes(call.state) ? ORDER.indexOf(call.state) : ORDER.length);
  return Object.values(state.calls)
    .filter((call) => mine.has(call.organisation) && call.state !== "ended")
    .sort((a, b) => rank(a) - rank(b) || a.since - b.since || (a.id < b.id ? -1 : 1));
}

/** The operators who serve, or belong to, what I supervise; those who are on first. */
export function operatorsToSteer(state: State): readonly Operator[] {
  const mine = new Set(supervised(state));
  const concerns = (one: Operator) => [...served(one), ...(one.home ?? one.organisations)].some((id) => mine.has(id));
  return Object.values(state.operators)
    .filter(concerns)
    .sort((a, b) => Number(a.state === "off") - Number(b.state === "off") || a.name.localeCompare(b.name));
}

/** The operator whose call it is: who talks, holds or has parked it. */
export function holderOf(call: Call): string {
  return call.operator || call.held_by || call.parked_by;
}

export function mayTakeOver(call: Call, state: State): boolean {
  const taken = ["waiting", "held", "parked"].includes(call.state) || call.operator !== "";
  return taken && holderOf(call) !== state.me;
}

/** Why a call can't be listened to: the policy forbids it, callers aren't told, or "" when it can. */
export function listenObstacle(call: Call, state: State): "" | "illegal" | "forbidden" | "unannounced" {
  const listening = state.organisations[call.organisation]?.listening;
  if (!["connected", "held", "consulting"].includes(call.state) || call.operator === "" || call.operator === state.me) {
    return "illegal";
  }
  if (!(listening?.allowed ?? false)) return "forbidden";
  return (listening?.notice ?? false) ? "" : "unannounced";
}

/** The call that I listen to, or null. */
export function listenedByMe(state: State): Call | null {
  return Object.values(state.calls).find((call) => (call.listened_by ?? []).includes(state.me)) ?? null;
}

export function callStateWords(state: CallState, t: Catalogue): string {
  const words: Readonly<Record<CallState, string>> = {
    announcing: t.call_announcing,
    choosing: t.call_choosing,
    ringing: t.call_ringing,
    waiting: t.call_waiting,
    connected: t.call_connected,
    held: t.call_held,
    consulting: t.call_consulting,
    transferring: t.call_transferring,
    parked: t.call_parked,
    greeting: t.call_greeting,
    recording: t.call_recording,
    dialling: t.call_dialling,
    ended: t.call_ended,
  };
  return words[state] ?? state;
}
