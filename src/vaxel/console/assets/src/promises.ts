// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Promises to ring callers back, by me or by a colleague (GNO-6, GNO-9, TAN-5): written like a message, sent like one; and mine that are open. */

import { effect, signal } from "@preact/signals";

import type { App } from "./app.ts";
import { focusSearch } from "./focus.ts";
import { localTime } from "./format.ts";
import { type Found, isPerson, seconds } from "./people.ts";
import { type OpenMessage, Problem } from "./rest.ts";
import { Sending } from "./sending.ts";
import { numberOf } from "./words.ts";

export interface PromiseDraft {
  readonly call: string;
  /** Who rings back; null for me. */
  readonly who: Found | null;
  /** Whom the search had chosen: she or I. */
  readonly person: Found | null;
  readonly number: string;
  readonly text: string;
  /** As a `datetime-local` field has it, "" for no time. */
  readonly promised: string;
}

/** How often mine are asked for: they change on other pages, too. */
const LOOK_SECONDS = 60;
const HOUR = 3600;
const QUARTER = 900;

/** By when to promise: when she is back if that is today, else in an hour; on a quarter that can be told. */
export function promisedBy(found: Found | null, now: number): number {
  const back = found?.presence?.back ? seconds(found.presence.back) : 0;
  const today = back > now && new Date(back * 1000).toDateString() === new Date(now * 1000).toDateString();
  return Math.ceil((today ? back + QUARTER : now + HOUR) / QUARTER) * QUARTER;
}

export class Promises {
  readonly draft = signal<PromiseDraft | null>(null);
  readonly sending: Sending;
  /** Whom I have promised to ring back and haven't yet, due first. */
  readonly own = signal<readonly OpenMessage[]>([]);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    this.sending = new Sending(app);
  }

  start(): void {
    setInterval(() => void this.#look(), LOOK_SECONDS * 1000);
    effect(() => {
      if (this.#app.connection.value === "live") void this.#look();
    });
  }

  async #look(): Promise<void> {
    try {
      this.own.value = await this.#app.api.promises();
    } catch {
      // What was known stays: a promise doesn't lapse because the server is away.
    }
  }

  /** The caller has been rung back. */
  async done(promise: OpenMessage): Promise<void> {
    const { t, api } = this.#app;
    try {
      await api.messageDone(promise.id);
    } catch (error) {
      const why = error instanceof Problem ? error.message : "";
      return this.#app.tell(`${t.promise_open_still} ${why}`.trim(), true);
    }
    this.#app.tell(t.promise_closed(promise.caller_name || promise.caller_number || promise.to_name), false);
    this.#changed();
  }

  #changed(): void {
    void this.#look();
    this.#app.beside.again();
    this.#app.callers.again();
  }

  /** Begin a promise; the same key once more sends it. */
  async begin(): Promise<void> {
    const { t, state, search, messages } = this.#app;
    const call = messages.call.value;
    const before = this.draft.value;
    if (before !== null && before.call !== call?.id) return this.#app.tell(t.promise_unsent, true);
    if (before !== null) {
      if (await this.send()) focusSearch();
      return;
    }
    if (call === null) return this.#app.tell(t.promise_no_call, true);
    const found = search.words.value.trim() === "" ? null : search.chosen.value;
    const person = isPerson(found) ? found : null;
    this.sending.refusal.value = null;
    this.draft.value = {
      call: call.id,
      who: person,
      person,
      number: numberOf(call, state.value),
      text: "",
      promised: localTime(promisedBy(person, this.#app.now.value)),
    };
  }

  change(part: Partial<PromiseDraft>): void {
    if (this.draft.value !== null) this.draft.value = { ...this.draft.value, ...part };
  }

  close(): void {
    this.draft.value = null;
    this.sending.refusal.value = null;
  }

  async send(): Promise<boolean> {
    const draft = this.draft.value;
    const { t, api, state } = this.#app;
    if (draft === null) return false;
    if (draft.number.trim() === "") {
      this.sending.refusal.value = { detail: "", fields: { number: t.promise_number } };
      return false;
    }
    const { call, who, number, text, promised } = draft;
    const whose = who === null ? { operator: state.value.me } : { person: who.id };
    const by = promised === "" ? null : new Date(promised).toISOString();
    const fields = { ...whose, number: number.trim(), text: text.trim(), promised: by };
    if (!(await this.sending.try(() => api.callBack(call, fields)))) return false;
    this.close();
    this.#app.tell(who === null ? t.promised_by_me : t.promised_by(who.name), false);
    this.#changed();
    return true;
  }
}
