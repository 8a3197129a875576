// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the directory's, the notices' and the history's codes are called in the operator's language. Pure. */

import type { Span } from "./absences.ts";
import { clock, moment } from "./format.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { Card, Found, Presence } from "./people.ts";
import { joined, seconds } from "./people.ts";
import type { EarlierCall } from "./rest.ts";
import { reasonWords } from "./words.ts";

function soon(at: string): string {
  return moment(seconds(at), Date.now() / 1000);
}

/** Why somebody is away; a reason that this page doesn't know yet is told as it is written. */
export function absenceReason(reason: string, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    meeting: t.absent_meeting,
    lunch: t.absent_lunch,
    errand: t.absent_errand,
    travel: t.absent_travel,
    course: t.absent_course,
    vacation: t.absent_vacation,
    sick: t.absent_sick,
    parental: t.absent_parental,
    leave: t.absent_leave,
    gone_for_day: t.absent_gone_for_day,
    busy: t.absent_busy,
    other: t.absent_other,
  };
  return words[reason] ?? reason;
}

/** Here, or away until when and why. "" for those who have no presence: groups, units, numbers. */
export function presenceWords(presence: Presence | null | undefined, t: Catalogue): string {
  if (presence === null || presence === undefined) return "";
  if (presence.here) return presence.busy_until ? t.busy_until(soon(presence.busy_until)) : t.here;
  if (presence.reason === "left") return t.left;
  const until = presence.back === null ? "" : soon(presence.back);
  return t.away(until, absenceReason(presence.reason, t));
}

/** As `presenceWords`, without why she is away: that can wait. */
export function presenceBriefly(presence: Presence | null | undefined, t: Catalogue): string {
  return presenceWords(presence && (presence.reason === "left" ? presence : { ...presence, reason: "" }), t);
}

/** Why she is away, "" while she is here. */
export function whyAway(presence: Presence | null | undefined, t: Catalogue): string {
  return !presence || presence.here || presence.reason === "left" ? "" : absenceReason(presence.reason, t);
}

export function openingWords(opening: Card["opening"], t: Catalogue): string {
  if (opening === null || opening === undefined) return "";
  const { open, until, opens } = opening;
  return open ? t.open_until(until ? soon(until) : "") : t.closed_until(opens ? soon(opens) : "");
}

/** Of a group: whether any member who gets its calls is here. */
export function membersWords(presence: Presence | null | undefined, t: Catalogue): string {
  return presence === null || presence === undefined ? "" : presence.here ? t.someone_here : t.nobody_here;
}

/** That it is a group or a unit; people need no word. */
export function kindWords(found: Found, t: Catalogue): string {
  return found.kind === "group" ? t.kind_group : found.kind === "unit" ? t.kind_unit : "";
}

/** What of a result fits what was typed, when the row doesn't show it anyway. */
export function matchedWords(found: Found, t: Catalogue): string {
  const { matched } = found;
  if (!matched?.text) return "";
  const words: Readonly<Record<string, string>> = {
    function: t.functions,
    task: t.tasks,
    search_word: t.search_word,
    place: t.place,
    email: t.email,
    number: t.number,
  };
  const field = words[matched.field];
  return field === undefined ? "" : `${field}: ${matched.text}`;
}

export function prefersWords(prefers: string | undefined, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    phone: t.prefers_phone,
    message: t.prefers_message,
    mail: t.prefers_mail,
  };
  return words[prefers ?? ""] ?? prefers ?? "";
}

/** Busy and free until tonight; "" when nothing is known. `now` in seconds since the epoch. */
export function dayWords(card: Partial<Card>, now: number, t: Catalogue): string {
  const { calendar } = card;
  if (calendar === undefined || calendar.length === 0) return "";
  const end = Math.max(...calendar.map((slot) => seconds(slot.to)));
  const words = joined(calendar, now)
    .map(([from, to]) => `${clock(from)}–${clock(to)}`)
    .join(", ");
  return words === "" ? t.calendar_free(clock(end)) : t.calendar_busy(words);
}

/** What a card tells that its row in the search doesn't, for who can't look at it: what may be told, and how she wants to be reached. */
export function cardNews(card: Card, t: Catalogue, reading: (digits: string) => string): string {
  const { transfer, may_tell: mayTell, prefers } = card;
  return [
    mayTell ? `${t.may_tell}: ${mayTell}` : "",
    transfer ? transfer.why || t.transfer_wish(reading(transfer.to)) : "",
    prefers && prefers !== "phone" ? `${t.prefers}: ${prefersWords(prefers, t)}` : "",
  ]
    .filter(Boolean)
    .map((sentence) => sentence.replace(/\.$/, ""))
    .join(". ");
}

export function spanWords(span: Span, t: Catalogue): string {
  const words: Readonly<Record<Span, string>> = {
    half_hour: t.span_half_hour,
    hour: t.span_hour,
    two_hours: t.span_two_hours,
    today: t.span_today,
    tomorrow: t.span_tomorrow,
    open: t.span_open,
  };
  return words[span];
}

export function noticeKind(kind: string, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    expected_calls: t.notice_expected_calls,
    press_release: t.notice_press_release,
    temporary_hours: t.notice_temporary_hours,
    change: t.notice_change,
    announcement: t.notice_announcement,
  };
  return words[kind] ?? kind;
}

/** How one of today's earlier calls ended. */
function outcomeWords(outcome: string, t: Catalogue): string {
  const words: Readonly<Record<string, string>> = {
    live: t.outcome_live,
    answered: t.outcome_answered,
    voicemail: t.outcome_voicemail,
    lost: t.outcome_lost,
  };
  return words[outcome] ?? outcome;
}

/** An earlier call in a line: why it came, how it ended, with whom. */
export function earlierWords(row: EarlierCall, t: Catalogue): string {
  const { reason } = row;
  const why =
    reason === null
      ? ""
      : typeof reason === "string"
        ? reasonWords({ code: reason, clause: "", text: "", person: row.person }, t)
        : reasonWords(reason, t);
  const who = [row.person, row.operator_name].filter(Boolean).join(", ");
  return [why, [outcomeWords(row.outcome, t), who].filter(Boolean).join(": ")].filter(Boolean).join(" · ");
}
