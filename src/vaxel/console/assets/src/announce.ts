// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What a listener must be told when the state changes: little, and only what concerns her. Pure. */

import { board, other } from "./calls.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { Speech } from "./preferences.ts";
import type { Call } from "./protocol.ts";
import type { State } from "./state.ts";
import { callerOf, legName, organisationOf, reasonWords } from "./words.ts";

export interface Announcement {
  readonly text: string;
  /** Interrupts what is being read: only a call that rings for her does. */
  readonly urgent: boolean;
}

/** What to say when `before` has become `after`, as much as she wants. A first snapshot is not news. */
export function announcements(
  before: State,
  after: State,
  t: Catalogue,
  speech: Speech = "short",
): readonly Announcement[] {
  if (before.epoch === "" || before === after || speech === "none") return [];
  return [...offers(before, after, t, speech), ...ownCall(before, after, t)];
}

function offers(before: State, after: State, t: Catalogue, speech: Speech): Announcement[] {
  const known = new Set(board(before).offered.map((call) => call.id));
  const { offered, waiting } = board(after);
  return offered
    .filter((call) => !known.has(call.id))
    .map((call) => {
      const offer = t.say_offered(organisationOf(call, after), callerOf(call, after, t));
      const full = () => t.say_full(offer, reasonWords(call.reason, t), t.waiting_count(waiting.length));
      return { text: speech === "full" ? full() : offer, urgent: true };
    });
}

function ownCall(before: State, after: State, t: Catalogue): Announcement[] {
  const was = board(before).mine;
  if (was === null) return [];
  const is = after.calls[was.id];
  const text = is === undefined || is.state === "ended" ? t.say_ended : step(was, is, after, t);
  return text === "" ? [] : [{ text, urgent: false }];
}

function step(was: Call, is: Call, after: State, t: Catalogue): string {
  const party = other(is) ?? other(was);
  const name = party === null ? "" : legName(party, is, after, t);
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
