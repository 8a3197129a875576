// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What a listener must be told when the state changes: little, and only what concerns her. Pure. */

import { board, holder, other } from "./calls.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { Speech } from "./preferences.ts";
import type { Call, OperatorState } from "./protocol.ts";
import type { State } from "./state.ts";
import { callerOf, legName, legWords, operatorWords, organisationOf, reasonWords } from "./words.ts";

/** What is said in another language than the page's. */
export interface Quote {
  readonly text: string;
  readonly language: string;
}

/** Whom the operator has meant in a transfer: her unit may want its calls elsewhere (AAB-29). */
export interface Meant {
  readonly call: string;
  readonly person: string;
  readonly name: string;
}

export interface Announcement {
  readonly text: string;
  /** Spoken after it. */
  readonly quote?: Quote;
  /** Interrupts what is being read: only a call that rings for her does. */
  readonly urgent: boolean;
}

/** What to say when `before` has become `after`, as much as she wants. A first snapshot is not news. */
export function announcements(
  before: State,
  after: State,
  t: Catalogue,
  speech: Speech = "short",
  meant: Meant | null = null,
): readonly Announcement[] {
  if (before.epoch === "" || before === after || speech === "none") return [];
  return [...offers(before, after, t, speech), ...ownCall(before, after, t, speech, meant), ...duty(before, after, t)];
}

/** That I am on, off or on a pause now; talking and being free again is heard anyway. */
function duty(before: State, after: State, t: Catalogue): Announcement[] {
  const was = before.operators[before.me];
  const is = after.operators[after.me];
  if (was === undefined || is === undefined || was.state === is.state) return [];
  const away = (state: OperatorState) => state === "off" || state === "paused";
  return away(was.state) || away(is.state) ? [{ text: operatorWords(is, t), urgent: false }] : [];
}

function offers(before: State, after: State, t: Catalogue, speech: Speech): Announcement[] {
  const known = new Set(board(before).offered.map((call) => call.id));
  const { offered, waiting } = board(after);
  return offered
    .filter((call) => !known.has(call.id))
    .map((call) => ({ ...presented(call, after, t, speech, waiting.length), urgent: true }));
}

/** A call that I don't know yet. */
function presented(
  call: Call,
  state: State,
  t: Catalogue,
  speech: Speech,
  waiting: number,
): Omit<Announcement, "urgent"> {
  const text = t.say_offered(organisationOf(call, state), callerOf(call, state, t));
  if (speech !== "full") return { text };
  return { text: t.say_full(text, reasonWords(call.reason, t), t.waiting_count(waiting)), ...welcome(call, state) };
}

/** What the operator says to who rings. */
function welcome(call: Call, state: State): { readonly quote?: Quote } {
  const home = state.organisations[call.organisation];
  if (home === undefined || home.welcome_phrase === "" || call.direction === "out") return {};
  return { quote: { text: home.welcome_phrase, language: home.language } };
}

/** The call that I have or am offered, said again: from where, who, why here, with whom else, and what to say; null without one. */
export function repeated(state: State, t: Catalogue): Announcement | null {
  const { mine, offered } = board(state);
  const call = mine ?? offered[0];
  if (call === undefined) return null;
  const party = mine === null ? null : other(mine);
  const partner = party === null ? "" : `${legName(party, call, state, t)} ${legWords(party, t)}`;
  const facts = [organisationOf(call, state), callerOf(call, state, t), reasonWords(call.reason, t), partner];
  return { text: facts.filter(Boolean).join(". "), ...welcome(call, state), urgent: false };
}

function ownCall(before: State, after: State, t: Catalogue, speech: Speech, meant: Meant | null): Announcement[] {
  const was = board(before).mine;
  if (was === null) return begun(before, after, t, speech);
  const is = after.calls[was.id];
  const text = is === undefined || is.state === "ended" ? t.say_ended : step(was, is, after, t, meant);
  return text === "" ? [] : [{ text, urgent: false }];
}

/** A call has become mine. Of one that was offered all has been said, and its caller speaks. */
function begun(before: State, after: State, t: Catalogue, speech: Speech): Announcement[] {
  const { mine, waiting } = board(after);
  if (mine === null) return [];
  if (mine.state === "dialling") return [{ text: t.say_ringing(callerOf(mine, after, t)), urgent: false }];
  const was = before.calls[mine.id];
  if (mine.state !== "connected" || was?.offered_to.includes(before.me)) return [];
  if (was !== undefined && putAway(was, before.me))
    return [{ text: t.say_back(callerOf(mine, after, t)), urgent: false }];
  // The next in the queue, fetched, or taken over from a colleague.
  return [{ ...presented(mine, after, t, speech, waiting.length), urgent: false }];
}

/** Whether `me` holds or has parked the call: she knows who it is. */
function putAway(call: Call, me: string): boolean {
  return (call.state === "held" && holder(call) === me) || (call.state === "parked" && call.parked_by === me);
}

function step(was: Call, is: Call, after: State, t: Catalogue, meant: Meant | null): string {
  const party = other(is) ?? other(was);
  const name = party === null ? "" : legName(party, is, after, t);
  const begun = other(is) !== null && (is.state !== was.state || other(was) === null);
  if (begun && is.state === "consulting") return t.say_ringing(name);
  if (begun && is.state === "transferring") {
    const elsewhere = meant !== null && meant.call === is.id && meant.person !== other(is)?.party;
    return elsewhere ? t.say_diverted(meant.name, name) : t.say_transferring(name);
  }
  if (was.state === "consulting") {
    if (is.state === "held") return t.say_failed_consult;
    const answered = is.state === "consulting" && other(was)?.state !== "up" && other(is)?.state === "up";
    if (answered) return t.say_answers(name);
  }
  if (is.state === was.state) return "";
  if (is.state === "held") return t.say_held;
  if (is.state === "parked") return t.say_parked;
  if (is.state === "waiting") return t.say_returned(is.reason.person || name);
  if (is.state !== "connected") return "";
  if (is.operator === after.me) return was.state === "dialling" ? "" : t.say_back(callerOf(is, after, t));
  return name !== "" ? t.say_connected(name) : "";
}
