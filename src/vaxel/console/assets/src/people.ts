// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Whom the directory knows, as the REST API tells it, and what the page asks of that. Moments are RFC 3339. Pure. */

export interface Presence {
  readonly here: boolean;
  /** An absence's reason, `left`, or "". */
  readonly reason: string;
  readonly back: string | null;
  /** By her calendar, while she is here. */
  readonly busy_until?: string | null;
  readonly message?: string;
  readonly refer?: string;
  readonly refer_name?: string;
}

export type Kind = "person" | "group" | "unit";

/** A result of the search. */
export interface Found {
  /** A person's, group's or unit's id, or "" for a number that was typed. */
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly organisation: string;
  readonly kind?: Kind;
  readonly title?: string;
  readonly unit?: string;
  readonly function?: string;
  readonly tasks?: string;
  readonly email?: string;
  readonly presence?: Presence | null;
  readonly matched?: { readonly field: string; readonly text: string } | null;
  readonly protected?: boolean;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Colleague extends Named {
  readonly number: string;
  readonly presence: Presence | null;
  /** Gets the group's calls; null outside a group. */
  readonly logged_in?: boolean | null;
}

export interface Slot {
  readonly from: string;
  readonly to: string;
  readonly state: "busy" | "free";
}

/** What is known of one of them; what doesn't apply to a group or a unit is missing. */
export interface Card extends Found {
  readonly unit_path?: readonly string[];
  readonly functions?: readonly string[];
  readonly task_list?: readonly string[];
  readonly numbers?: readonly { readonly number: string; readonly label: string; readonly tell: boolean }[];
  /** The number that may be given to a citizen, "" for none (AAB-37). */
  readonly tell_number?: string;
  readonly mobile?: { readonly reachable: boolean; readonly tell: boolean } | null;
  readonly back_at?: string | null;
  readonly absence?: { readonly reason: string; readonly until: string | null; readonly message: string } | null;
  readonly calendar?: readonly Slot[];
  readonly same_function?: readonly Colleague[];
  readonly members?: readonly Colleague[];
  readonly substitute?: Named | null;
  readonly successor?: Named | null;
  /** Where the unit wants its calls, whoever is meant (AAB-29). */
  readonly transfer?: { readonly to: string; readonly why: string } | null;
  readonly may_tell?: string;
  readonly prefers?: string;
  readonly place?: string;
  /** The e-mail address may be given to citizens. */
  readonly email_tell?: boolean;
  readonly opening?: { readonly open: boolean; readonly until?: string | null; readonly opens?: string | null } | null;
  readonly contacts?: readonly Named[];
  readonly note?: string;
}

/**
 * What to dial to reach `found`: a person by her id, so that her unit's wish is heeded; others by number. One who is away is
 * rung all the same: her absence stands beside the key that rings her.
 */
export function dialled(found: Found): string {
  const person = found.id !== "" && (found.kind ?? "person") === "person";
  return person ? found.id : found.number;
}

export function isPerson(found: Found | null): found is Found {
  return found !== null && found.id !== "" && (found.kind ?? "person") === "person";
}

/** A group or a unit: somebody else reads what is written to it. */
export function isShared(found: Found | null): boolean {
  return found?.kind === "group" || found?.kind === "unit";
}

/**
 * Who covers for the one on `card`, in the order in which they are offered: the substitute, then those with the same function
 * (of a group: its members) who are here. Nobody twice.
 */
export function covering(card: Card): readonly Found[] {
  const { organisation, unit, substitute, successor } = card;
  const colleagues = [...(card.same_function ?? []), ...(card.members ?? [])];
  const named = [substitute ?? null, successor ?? null].filter((one) => one !== null);
  const first = named.map((one) => colleagues.find((other) => other.id === one.id) ?? one);
  const here = colleagues.filter((one) => one.presence?.here !== false && one.logged_in !== false);
  const offered = new Map<string, Named & Partial<Colleague>>();
  for (const one of [...first, ...here]) if (one.id !== card.id && !offered.has(one.id)) offered.set(one.id, one);
  return [...offered.values()].map((one) => ({
    id: one.id,
    kind: "person",
    name: one.name,
    number: one.number ?? "",
    organisation,
    unit: unit ?? "",
    presence: one.presence ?? null,
  }));
}

/** Seconds since the epoch of an RFC 3339 moment. */
export function seconds(moment: string): number {
  return Date.parse(moment) / 1000;
}

/** One stretch of the day's bar: where it begins and how long it is, as parts of the whole. */
export interface Stretch {
  readonly from: number;
  readonly length: number;
}

/** The busy stretches of `calendar` between `now` and the end of what is known, as parts of that time. Joined where they touch. */
export function busy(calendar: readonly Slot[], now: number): readonly Stretch[] {
  const end = Math.max(now, ...calendar.map((slot) => seconds(slot.to)));
  const whole = end - now;
  if (whole <= 0) return [];
  return joined(calendar, now).map(([from, to]) => ({ from: (from - now) / whole, length: (to - from) / whole }));
}

/** Busy stretches in seconds since the epoch, from `now` on. */
export function joined(calendar: readonly Slot[], now: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  const taken = calendar
    .filter((slot) => slot.state === "busy" && seconds(slot.to) > now)
    .map((slot) => [Math.max(seconds(slot.from), now), seconds(slot.to)] as const)
    .sort((a, b) => a[0] - b[0]);
  for (const [from, to] of taken) {
    const last = found.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}
