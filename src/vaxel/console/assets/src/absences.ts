// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** A colleague is away, and the switchboard enters it for her (AAB-21). Written like a message, sent like one. */

import { signal } from "@preact/signals";

import type { App } from "./app.ts";
import { localTime } from "./format.ts";
import { type Found, isPerson } from "./people.ts";
import { Sending } from "./sending.ts";

/** In the order in which a switchboard is told them. */
export const ABSENCE_REASONS = [
  "sick",
  "meeting",
  "lunch",
  "errand",
  "gone_for_day",
  "travel",
  "course",
  "vacation",
  "parental",
  "leave",
  "busy",
  "other",
] as const;

/** How long, as it is told: until then, all of today, or until further notice. */
export const SPANS = ["half_hour", "hour", "two_hours", "today", "tomorrow", "open"] as const;
export type Span = (typeof SPANS)[number];

export interface AbsenceDraft {
  readonly person: Found;
  readonly reason: string;
  /** As a `datetime-local` field has it, "" until further notice. */
  readonly until: string;
  readonly message: string;
}

/** When an absence of `span` ends, in seconds since the epoch, in the reader's time zone; null until further notice. */
export function endOf(span: Span, now: number): number | null {
  const minutes = { half_hour: 30, hour: 60, two_hours: 120 };
  if (span === "open") return null;
  if (span !== "today" && span !== "tomorrow") return Math.ceil(now / 60) * 60 + minutes[span] * 60;
  const day = new Date(now * 1000);
  // At midnight: from the next day on she is expected again.
  day.setHours(24 * (span === "today" ? 1 : 2), 0, 0, 0);
  return day.getTime() / 1000;
}

export class Absences {
  readonly draft = signal<AbsenceDraft | null>(null);
  readonly sending: Sending;
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    this.sending = new Sending(app);
  }

  async begin(): Promise<void> {
    const found = await this.#app.search.settled();
    if (!isPerson(found)) return this.#app.tell(this.#app.t.choose_first, true);
    this.sending.refusal.value = null;
    this.draft.value = { person: found, reason: "sick", until: this.spanned("today"), message: "" };
  }

  /** The end of `span` as the field has it. */
  spanned(span: Span): string {
    const end = endOf(span, this.#app.now.value);
    return end === null ? "" : localTime(end);
  }

  change(part: Partial<AbsenceDraft>): void {
    if (this.draft.value !== null) this.draft.value = { ...this.draft.value, ...part };
  }

  close(): void {
    this.draft.value = null;
    this.sending.refusal.value = null;
  }

  async send(): Promise<boolean> {
    const draft = this.draft.value;
    if (draft === null) return false;
    const { person, reason, until, message } = draft;
    const end = until === "" ? null : new Date(until).toISOString();
    const sent = await this.sending.try(() =>
      this.#app.api.absent(person.id, { reason, end, message: message.trim() }),
    );
    if (!sent) return false;
    this.close();
    this.#app.tell(this.#app.t.absence_set(person.name), false);
    this.#app.cards.again();
    return true;
  }

  /** She is here again. */
  async back(person: Found): Promise<void> {
    if (!(await this.sending.try(() => this.#app.api.back(person.id)))) return;
    this.close();
    this.#app.tell(this.#app.t.absence_ended(person.name), false);
    this.#app.cards.again();
  }
}
