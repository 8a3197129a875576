// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Numbers and times as people read them. Pure. */

import type { Catalogue } from "./i18n/catalogue.ts";

/** Swedish area codes of two and three digits, without the leading 0; all others have three digits (PTS numbering plan). */
const SWEDISH_SHORT = new Set(
  "8 10 11 13 16 18 19 20 21 23 26 31 33 35 36 40 42 44 46 54 60 63 70 72 73 76 77 79 90".split(" "),
);

const CALLING = ["46", "47", "45", "358", "354", "298"];
/** How long national numbers are where all are alike: Norway, Denmark, Iceland, the Faroes. */
const WHOLE: Record<string, number> = { "47": 8, "45": 8, "354": 7, "298": 6 };

/**
 * `digits` (E.164 without `+`, or an internal number) for reading. `home` is a number of the country where the reader's
 * organisation is: numbers of that country lose their country code.
 */
export function number(digits: string, home: string): string {
  if (!/^\d{8,15}$/.test(digits)) return digits;
  const country = CALLING.find((code) => digits.startsWith(code));
  if (country === undefined) return `+${digits}`;
  const rest = digits.slice(country.length);
  const abroad = !home.startsWith(country);
  const whole = WHOLE[country];
  if (whole === undefined) return withArea(country, rest, abroad);
  if (rest.length !== whole) return `+${digits}`;
  return (abroad ? `+${country} ` : "") + (whole === 7 ? `${rest.slice(0, 3)} ${rest.slice(3)}` : pairs(rest));
}

/** Sweden's, Finland's and Åland's have area codes, which are dialled with a 0 within the country. */
function withArea(country: string, rest: string, abroad: boolean): string {
  const length = country === "46" ? swedishArea(rest) : /^(1|4|50)/.test(rest) ? 2 : 1;
  const area = rest.slice(0, length);
  const own = groups(rest.slice(length));
  if (abroad) return `+${country} ${area} ${own}`;
  return country === "46" ? `0${area}-${own}` : `0${area} ${own}`;
}

function swedishArea(rest: string): number {
  return [1, 2].find((digits) => SWEDISH_SHORT.has(rest.slice(0, digits))) ?? 3;
}

/** Subscriber numbers in groups: eight digits 3-3-2, an odd count three first and then pairs, else pairs. */
function groups(digits: string): string {
  if (digits.length === 8) return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
  return digits.length % 2 === 1 ? `${digits.slice(0, 3)} ${pairs(digits.slice(3))}` : pairs(digits);
}

function pairs(digits: string): string {
  return digits.replace(/(..)(?=.)/g, "$1 ");
}

/** What was keyed as the digits the engine understands: `+46 980-319 201` and `0980-319 201` stay apart. "" for no number. */
export function keyed(text: string): string {
  const bare = text.replace(/[\s()./-]/g, "");
  return /^\+?\d{2,15}$/.test(bare) ? bare : "";
}

/** Who is at the other end of a call, by the SIP header From: the name, else the number; "" for one who hides both. */
export function farEnd(name: string, user: string): string {
  const number = /^\+?\d+$/.test(user) ? user : "";
  return /^anonymous$/i.test(name) ? number : name || number;
}

/** Seconds as `0:07`, `12:31`, `1:02:00`. Never negative: the two clocks may differ by a little. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Seconds as they are said: a voice reads `2:05` as a time of day. */
export function spokenDuration(seconds: number, t: Pick<Catalogue, "minutes_seconds">): string {
  const whole = Math.max(0, Math.floor(seconds));
  return t.minutes_seconds(Math.floor(whole / 60), whole % 60);
}

/** A moment to come, told with as little as is needed at `now`: `13:00` today, else `8/12 13:00`. */
export function moment(at: number, now: number): string {
  const day = new Date(at * 1000);
  const today = new Date(now * 1000).toDateString() === day.toDateString();
  return today ? clock(at) : `${day.getDate()}/${day.getMonth() + 1} ${clock(at)}`;
}

/** A moment of today as `13:07`, in the reader's time zone. */
export function clock(at: number): string {
  const moment = new Date(at * 1000);
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}

/** A moment as a `datetime-local` field has it, in the reader's time zone: `2026-03-02T13:15`. */
export function localTime(at: number): string {
  const moment = new Date(at * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${clock(at)}`;
}
