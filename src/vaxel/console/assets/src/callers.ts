// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What is known of the callers in the lists: how much of each, and everything of the one whose row is opened. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";

import type { App } from "./app.ts";
import { CallerOf } from "./beside.ts";
import type { CallerCounts } from "./rest.ts";

/** Calls come in bursts: what came meanwhile is asked for together. */
const PAUSE = 300;
/** A call that has just come may not be in the database yet. */
const AGAIN = 1000;
const TRIES = 5;
/** So many are asked for at once. */
const MOST = 50;

type Counts = Readonly<Record<string, CallerCounts>>;

export class Callers {
  /** By call; those of whom nothing has been asked yet are missing. */
  readonly counts = signal<Counts>({});
  /** The call whose row is opened, "" for none. */
  readonly opened = signal("");
  readonly caller: CallerOf;
  readonly #app: App;
  /** Ids of all calls in the lists, as one text: the lists change every second, this only when calls come or go. */
  readonly #listed: ReadonlySignal<string>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looked: readonly string[] = [];

  constructor(app: App) {
    this.#app = app;
    this.caller = new CallerOf(app.api);
    this.#listed = computed(() => {
      const { waiting, held, parked } = app.board.value;
      return [...waiting, ...held, ...parked]
        .map((call) => call.id)
        .sort()
        .join(" ");
    });
  }

  start(): void {
    effect(() => this.#look(this.#listed.value.split(" ")));
    effect(() => this.caller.ask(this.opened.value));
  }

  /** Open the row of `call`, or close it again. */
  turn(call: string): void {
    this.opened.value = this.opened.value === call ? "" : call;
  }

  /** Something has been added or is done, as a promise. */
  again(): void {
    this.counts.value = {};
    this.caller.ask(this.opened.peek());
    this.#look(this.#listed.peek().split(" "));
  }

  #look(calls: readonly string[]): void {
    clearTimeout(this.#timer);
    this.#looked = calls;
    if (!calls.includes(this.opened.peek())) this.opened.value = "";
    const known = this.counts.peek();
    this.counts.value = Object.fromEntries(Object.entries(known).filter(([call]) => calls.includes(call)));
    this.#timer = setTimeout(() => void this.#ask(calls, TRIES), PAUSE);
  }

  async #ask(calls: readonly string[], tries: number): Promise<void> {
    const unknown = calls.filter((call) => call !== "" && this.counts.peek()[call] === undefined);
    if (unknown.length === 0) return;
    try {
      const found = await this.#app.api.callers(unknown.slice(0, MOST));
      this.counts.value = { ...this.counts.peek(), ...Object.fromEntries(found.map((one) => [one.call, one])) };
    } catch {
      // Without counts the rows say all the rest.
    }
    // Meanwhile other calls may have come: they are asked for with the next look.
    if (tries > 1 && calls === this.#looked) this.#timer = setTimeout(() => void this.#ask(calls, tries - 1), AGAIN);
  }
}
