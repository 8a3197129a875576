// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Questions about calls that several parts of the page ask: whose they are, in what order, and what may be done. Pure. */

import type { Call, Leg } from "./protocol.ts";
import type { State } from "./state.ts";

const TALKING: ReadonlySet<string> = new Set(["connected", "consulting", "transferring", "dialling"]);

export interface Board {
  /** The call that I am in, or null. */
  readonly mine: Call | null;
  /** Calls offered to me, the longest waiting first. */
  readonly offered: readonly Call[];
  /** Everybody who waits for an operator, in the order in which they will be served. */
  readonly waiting: readonly Call[];
  readonly held: readonly Call[];
  readonly parked: readonly Call[];
}

/** The calls of `state` sorted into the places of the page. */
export function board(state: State): Board {
  const calls = Object.values(state.calls);
  const waiting = calls.filter((call) => call.state === "waiting").sort(byTurn);
  return {
    mine: calls.filter((call) => isMine(call, state.me)).sort((a, b) => b.since - a.since)[0] ?? null,
    offered: waiting.filter((call) => call.offered_to.includes(state.me)),
    waiting,
    held: calls.filter((call) => call.state === "held").sort(mineFirst((call) => call.held_by, state.me)),
    parked: calls.filter((call) => call.state === "parked").sort(mineFirst((call) => call.parked_by, state.me)),
  };
}

/** An operator is in a call that she speaks in, consults for, or still answers for while a transfer rings. */
function isMine(call: Call, me: string): boolean {
  return me !== "" && call.operator === me && TALKING.has(call.state);
}

/** What an operator has in her hands. */
export interface Load {
  readonly talks: Call | null;
  readonly held: number;
  readonly parked: number;
}

export function loadOf(operator: string, state: State): Load {
  const calls = Object.values(state.calls);
  return {
    talks: calls.find((call) => isMine(call, operator)) ?? null,
    held: calls.filter((call) => call.state === "held" && holder(call) === operator).length,
    parked: calls.filter((call) => call.state === "parked" && call.parked_by === operator).length,
  };
}

function byTurn(a: Call, b: Call): number {
  return a.priority - b.priority || waitedFrom(a) - waitedFrom(b) || (a.id < b.id ? -1 : 1);
}

function mineFirst(owner: (call: Call) => string, me: string): (a: Call, b: Call) => number {
  return (a, b) => Number(owner(b) === me) - Number(owner(a) === me) || a.since - b.since;
}

/** Whose a held call is. */
export function holder(call: Call): string {
  return call.held_by || call.operator;
}

export function waitedFrom(call: Call): number {
  return call.waiting_since ?? call.started;
}

/** Since when the call is answered, this time: holding doesn't interrupt it, a new wait does. */
export function talkedFrom(call: Call): number {
  const answered = call.answered ?? 0;
  return answered >= waitedFrom(call) ? answered : call.since;
}

/** Whether `call` has lasted so long that others, who wait, are better served by a call-back (GNO-9). `hint` in seconds. */
export function isLong(call: Call, waiting: number, hint: number | null | undefined, now: number): boolean {
  return call.state === "connected" && waiting > 0 && hint != null && now - talkedFrom(call) > hint;
}

/** The party that the operator consults or transfers to, or null. */
export function other(call: Call): Leg | null {
  const present = call.legs.filter((leg) => leg.state !== "gone" && !leg.released && leg.n !== 0);
  return present.find((leg) => leg.kind === "person" || leg.kind === "number") ?? null;
}

/** What the operator may do with her call now. */
export type Action = "hangup" | "hold" | "park" | "consult" | "transfer" | "complete" | "return";

const ACTIONS: Readonly<Record<string, readonly Action[]>> = {
  connected: ["hangup", "hold", "park", "consult", "transfer"],
  consulting: ["complete", "return"],
  transferring: ["return"],
  dialling: ["hangup"],
};

export function allowed(call: Call | null): readonly Action[] {
  return call === null ? [] : (ACTIONS[call.state] ?? []);
}

/** What the main key (F2, keypad +) does now. */
export type Main = { readonly do: "answer" | "complete"; readonly call: Call } | { readonly do: "busy" | "none" };

export function main(view: Board): Main {
  if (view.mine?.state === "consulting") return { do: "complete", call: view.mine };
  if (view.mine !== null) return { do: "busy" };
  const next = view.offered[0] ?? view.waiting[0];
  return next === undefined ? { do: "none" } : { do: "answer", call: next };
}

/** The held call that the hold key takes back: my newest, as the one she has just put away. */
export function myHeld(view: Board, me: string): Call | null {
  const mine = view.held.filter((call) => call.held_by === me || call.operator === me);
  return mine.at(-1) ?? null;
}

/** The parked call that the park key fetches: mine first, then the longest parked. */
export function nextParked(view: Board): Call | null {
  return view.parked[0] ?? null;
}
