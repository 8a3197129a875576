// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What a listener must be told when the state changes: little, and only what concerns her. Pure. */

import { board, other } from "./calls.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { Speech } from "./preferences.ts";
import type { Call } from "./protocol.ts";
import type { State } from "./state.ts";
import { callerOf, legName, legWords, organisationOf, reasonWords } from "./words.ts";

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
  return [...offers(before, after, t, speech), ...ownCall(before, after, t, meant)];
}

function offers(before: State, after: State, t: Catalogue, speech: Speech): Announcement[] {
  const known = new Set(board(before).offered.map((call) => call.id));
  const { offered, waiting } = board(after);
  return offered
    .filter((call) => !known.has(call.id))
    .map((call) => {
      const offer = t.say_offered(organisationOf(call, after), callerOf(call, after, t));
      if (speech !== "full") return { text: offer, urgent: true };
      const text = t.say_full(offer, reasonWords(call.reason, t), t.waiting_count(waiting.length));
      return { text, ...welcome(call, after), urgent: true };
    });
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

function ownCall(before: State, after: State, t: Catalogue, meant: Meant | null): Announcement[] {
  const was = board(before).mine;
  if (was === null) return rung(after, t);
  const is = after.calls[was.id];
  const text = is === undefined || is.state === "ended" ? t.say_ended : step(was, is, after, t, meant);
  return text === "" ? [] : [{ text, urgent: false }];
}

/** I have begun a call. */
function rung(after: State, t: Catalogue): Announcement[] {
  const { mine } = board(after);
  return mine?.state === "dialling" ? [{ text: t.say_ringing(callerOf(mine, after, t)), urgent: false }] : [];
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
  return is.state === "connected" && is.operator !== after.me && name !== "" ? t.say_connected(name) : "";
}
