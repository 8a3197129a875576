// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the hub's codes are called in the operator's language. Pure. */

import type { CommandError } from "./hub.ts";
import { moment, number } from "./format.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { Call, Leg, Operator, OperatorState, Organisation, PathEntry, Reason } from "./protocol.ts";
import type { CallerCounts } from "./rest.ts";
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
      return reason.rings ? t.reason_no_answer_rings(person, reason.rings) : t.reason_no_answer(person, seconds);
    case "not_reached":
      return t.reason_not_reached(person);
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
    case "feature_code":
      return t.reason_feature_code;
    case "emergency":
      return t.reason_emergency;
    case "fallback":
      return t.reason_fallback;
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
    released: t.cause_released,
    gone: t.cause_gone,
  };
  return words[cause] ?? cause;
}

/** What the caller chose from a menu. */
function choiceWords(choice: string, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    message: t.choice_message,
    colleague: t.choice_colleague,
    group: t.choice_group,
    switchboard: t.choice_switchboard,
    nothing: "",
  };
  return words[choice] ?? choice;
}

/** What a caller who waits was told. */
function toldWords(prompt: string, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    "told-busy": t.callers_hear_busy,
    "told-fault": t.callers_hear_fault,
    "told-event": t.callers_hear_event,
  };
  return words[prompt] ?? "";
}

/** Steps that are left out, because the next one says the same and how it went: rung, then reached or not. */
export const PASSED_OVER: ReadonlySet<string> = new Set(["ringing", "picked_up", "consult_asked", "recording"]);

/** One step of the way here (`docs/journal.md`) in words, or "" for those that are passed over. */
export function pathWords(entry: PathEntry, t: Catalogue): string {
  const who = entry.who ?? "";
  const cause = entry.cause ?? "";
  const words: Readonly<Record<string, () => string>> = {
    arrived: () => t.path_arrived,
    dialled: () => t.path_dialled(who),
    announced: () => t.path_announced,
    chose: () => t.path_chose(choiceWords(cause, t)),
    rang: () => t.path_rang(who, String(Math.round(entry.seconds ?? 0)), causeWords(cause, t)),
    waiting: () => t.path_waiting,
    unattended: () => t.path_unattended,
    overflow: () => t.path_overflow,
    offered: () => t.path_offered(who),
    missed: () => t.path_missed(who),
    answered: () => t.path_answered(who),
    held: () => t.path_held(who),
    hold_reminded: () => t.path_hold_reminded(who),
    resumed: () => t.path_resumed(who),
    consulting: () => t.path_consulted(who, ""),
    consulted: () => t.path_consulted(who, causeWords(cause, t)),
    consultation_ended: () => t.path_consultation_ended,
    transferred: () => t.path_transferred(who),
    phone_transferred: () => t.path_phone_transferred(who),
    pick_up: () => t.path_pick_up(who),
    recalled: () => t.path_recalled(who),
    joined: () => t.path_joined(who),
    returned: () => t.path_returned,
    parked: () => t.path_parked(who),
    fetched: () => t.path_fetched(who),
    taken_over: () => t.path_taken_over(who),
    handed_over: () => t.path_handed_over(who),
    taken_back: () => t.path_taken_back(who),
    listening: () => t.path_listening(who),
    listening_ended: () => t.path_listening_ended(who),
    listening_failed: () => t.path_listening_failed(who),
    told: () => t.path_told(toldWords(cause, t)),
    voicemail: () => t.path_voicemail,
    recorded: () => t.path_recorded,
    recording_failed: () => t.path_recording_failed,
    no_room: () => t.path_no_room,
    dictated: () => t.path_dictated,
    kept: () => t.path_kept,
    keyed: () => t.path_keyed,
    not_kept: () => t.path_not_kept,
    phone_held: () => t.path_phone_held(who),
    phone_resumed: () => t.path_phone_resumed(who),
    adopted: () => t.path_adopted,
    abandoned: () => t.path_abandoned,
    engine_refused: () => t.path_engine_refused,
    lost: () => t.path_lost,
    ended: () => t.path_ended,
  };
  return words[entry.code]?.() ?? entry.text;
}

/** In which languages a municipality speaks to its callers. */
export function languageWords(organisation: Organisation | undefined, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    sv: t.language_sv,
    nb: t.language_nb,
    da: t.language_da,
    en: t.language_en,
    se: t.language_se,
  };
  const spoken = organisation?.languages ?? [organisation?.language ?? ""];
  return spoken.map((code) => words[code] ?? code).join(", ");
}

/** How much is known of a caller, in a line; "" for nothing. */
export function countWords(counts: CallerCounts | undefined, t: Catalogue): string {
  if (counts === undefined) return "";
  const { earlier, messages, promises } = counts;
  return [
    promises > 0 ? t.promises_count(promises) : "",
    messages > 0 ? t.messages_count(messages) : "",
    earlier > 0 ? t.earlier_count(earlier) : "",
  ]
    .filter(Boolean)
    .join(" · ");
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
