// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the hub's codes are called in the operator's language. Pure. */

import type { CommandError } from "./hub.ts";
import { moment, number } from "./format.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { Call, Leg, Operator, OperatorState, PathEntry, Reason } from "./protocol.ts";
import type { State } from "./state.ts";

/** The caller in a few words: the name if there is one, else the number. */
export function callerOf(call: Call, state: State, t: Catalogue): string {
  return call.caller.name || numberOf(call, state) || t.unknown_caller;
}

export function numberOf(call: Call, state: State): string {
  return number(call.caller.number, state.organisations[call.organisation]?.main_number ?? "");
}

/** `digits` for reading, as those of `organisation` write them. */
export function numberIn(digits: string, organisation: string, state: State): string {
  return number(digits, state.organisations[organisation]?.main_number ?? "");
}

export function legName(leg: Leg, call: Call, state: State, t: Catalogue): string {
  const home = state.organisations[call.organisation]?.main_number ?? "";
  return leg.name || number(leg.number, home) || t.unknown_caller;
}

export function organisationOf(call: Call, state: State): string {
  return state.organisations[call.organisation]?.name ?? call.organisation;
}

/** Why the call is here. A code that this page doesn't know yet is told in the hub's own words. */
export function reasonWords(reason: Reason, t: Catalogue): string {
  const { person } = reason;
  const seconds = reason.seconds ? String(Math.round(reason.seconds)) : "";
  const until = reason.until ? moment(reason.until, Date.now() / 1000) : "";
  switch (reason.code) {
    case "main_number":
      return t.reason_main_number;
    case "no_answer":
      return t.reason_no_answer(person, seconds);
    case "busy":
      return t.reason_busy(person);
    case "rejected":
      return t.reason_rejected(person);
    case "unregistered":
      return t.reason_unregistered(person);
    case "failed":
      return t.reason_failed;
    case "returned":
      return t.reason_returned(person);
    case "left":
      return t.reason_left(person);
    case "absent":
      return t.reason_absent(person, until);
    case "absent_unreferred":
      return t.reason_absent_unreferred(person, until);
    case "closed_unit":
      return t.reason_closed_unit(person, until);
    case "group_overflow":
      return t.reason_group(person);
    case "misdirected":
      return t.reason_misdirected(person);
    case "parked_long":
      return t.reason_parked_long;
    case "held_long":
      return t.reason_held_long;
    case "handed_over":
      return t.reason_handed_over;
    case "operator_lost":
      return t.reason_operator_lost;
    case "unknown_number":
      return t.reason_unknown_number;
    case "outgoing":
      return t.reason_outgoing;
    case "direct":
      return t.reason_direct(person);
    default:
      return reason.text || reason.code;
  }
}

function causeWords(cause: string, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    no_answer: t.cause_no_answer,
    busy: t.cause_busy,
    rejected: t.cause_rejected,
    unregistered: t.cause_unregistered,
    failed: t.cause_failed,
    unallocated: t.cause_unallocated,
    hangup: t.cause_hangup,
  };
  return words[cause] ?? cause;
}

/** One step of the way here (`docs/journal.md`) in words, or "" for steps of which the next says more. */
export function pathWords(entry: PathEntry, t: Catalogue): string {
  const who = entry.who ?? "";
  switch (entry.code) {
    case "arrived":
      return t.path_arrived;
    case "announced":
      return t.path_announced;
    case "recorded":
      return t.path_recorded;
    case "adopted":
      return t.path_adopted;
    case "offered":
      return t.path_offered(who);
    case "missed":
      return t.path_missed(who);
    case "rang":
      return t.path_rang(who, String(Math.round(entry.seconds ?? 0)), causeWords(entry.cause ?? "", t));
    case "answered":
      return t.path_answered(who);
    case "waiting":
      return t.path_waiting;
    case "unattended":
      return t.path_unattended;
    case "overflow":
      return t.path_overflow;
    case "returned":
      return t.path_returned;
    case "resumed":
      return t.path_resumed(who);
    case "fetched":
      return t.path_fetched(who);
    case "taken_back":
      return t.path_taken_back(who);
    case "phone_transferred":
      return t.path_phone_transferred(who);
    case "recalled":
      return t.path_recalled(who);
    case "voicemail":
      return t.path_voicemail;
    case "lost":
      return t.path_lost;
    case "dialled":
      return t.path_dialled(who);
    case "held":
      return t.path_held(who);
    case "parked":
      return t.path_parked(who);
    case "consulting":
      return t.path_consulted(who, "");
    case "consulted":
      return t.path_consulted(who, causeWords(entry.cause ?? "", t));
    case "transferred":
      return t.path_transferred(who);
    default:
      return entry.text;
  }
}

export function legWords(leg: Leg, t: Catalogue): string {
  const words = {
    planned: t.leg_planned,
    dialling: t.leg_dialling,
    ringing: t.leg_ringing,
    up: t.leg_up,
    gone: t.leg_gone,
  };
  return words[leg.state];
}

export function stateWords(state: OperatorState, t: Catalogue): string {
  const words = {
    off: t.state_off,
    ready: t.state_ready,
    paused: t.state_paused,
    offered: t.state_offered,
    talking: t.state_talking,
    listening: t.state_listening,
  };
  return words[state];
}

/** The reasons for a pause that the console offers; others, set elsewhere, are shown as they are written. */
export const PAUSE_REASONS = ["break", "lunch", "desk", "post", "other_work", "meeting"] as const;

export function pauseWords(reason: string, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    break: t.pause_break,
    lunch: t.pause_lunch,
    desk: t.pause_desk,
    post: t.pause_post,
    other_work: t.pause_other_work,
    meeting: t.pause_meeting,
  };
  return words[reason] ?? reason;
}

export function operatorWords(operator: Operator, t: Catalogue): string {
  if (operator.state === "paused" && operator.reason !== "") return t.paused_for(pauseWords(operator.reason, t));
  return stateWords(operator.state, t);
}

/** Why a command was not carried out, as far as code and `state` tell. */
export function errorWords(error: CommandError, state: State, t: Catalogue): string {
  if (error.code === "taken") {
    const by = state.operators[error.by]?.name ?? error.by;
    return by === "" ? t.taken_other : t.taken_by(by);
  }
  if (error.code === "unavailable" && state.operators[state.me]?.phone_registered === false) return t.error_no_phone;
  const words: Readonly<Record<string, string>> = {
    not_found: t.error_not_found,
    illegal: t.error_illegal,
    busy: t.error_busy,
    forbidden: t.error_forbidden,
    invalid: t.error_invalid,
    unavailable: t.error_unavailable,
    offline: t.error_offline,
    timeout: t.error_timeout,
  };
  return words[error.code] ?? error.detail;
}
