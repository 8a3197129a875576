// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What is typed in the search box, and what it has found. */

import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";

import { keyed } from "./format.ts";
import type { Found } from "./people.ts";
import type { Api } from "./rest.ts";

export type SearchStatus = "idle" | "searching" | "done" | "failed";

const PAUSE = 40;
const MOST = 50;

/** What ranks the results: where the caller's call belongs, and the call; "" for neither. */
export interface SearchContext {
  readonly organisation: string;
  readonly call: string;
}

export class Search {
  readonly words = signal("");
  readonly found = signal<readonly Found[]>([]);
  readonly status = signal<SearchStatus>("idle");
  /** Which result is chosen; the first until the operator moves. */
  readonly index = signal(0);
  /** Somebody who is chosen in place of the result: who covers for her. Until she moves or types. */
  readonly instead = signal<Found | null>(null);
  readonly chosen: ReadonlySignal<Found | null> = computed(
    () => this.instead.value ?? this.found.value[this.index.value] ?? null,
  );

  readonly #api: Api;
  readonly #context: () => SearchContext;
  readonly #dialFor: () => string;
  readonly #emergency: readonly string[];
  #request: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** She chose since she typed: an answer that comes late must not put somebody else under her finger. */
  #moved = false;

  /**
   * `dialFor`: in whose name a typed number is rung when there is no caller. `emergency`: numbers that stand first, and at once,
   * whatever place or person bears them.
   */
  constructor(api: Api, context: () => SearchContext, dialFor: () => string, emergency: readonly string[] = []) {
    this.#api = api;
    this.#context = context;
    this.#dialFor = dialFor;
    this.#emergency = emergency;
  }

  type(words: string): void {
    this.words.value = words;
    this.#moved = false;
    clearTimeout(this.#timer);
    this.#request?.abort();
    if (words.trim() === "") {
      this.#show([], "idle");
      return;
    }
    if (this.#isEmergency(words)) this.#show(this.#typed(words), "searching");
    else this.status.value = "searching";
    this.#timer = setTimeout(() => void this.#ask(words), PAUSE);
  }

  clear(): void {
    this.type("");
  }

  move(by: number): void {
    this.#moved = true;
    this.instead.value = null;
    const last = this.found.value.length - 1;
    this.index.value = Math.min(Math.max(this.index.value + by, 0), Math.max(last, 0));
  }

  choose(index: number): void {
    this.#moved = true;
    this.instead.value = null;
    this.index.value = index;
  }

  /** The result for what is typed now: Enter may be faster than the answer, and must not act on an older one. */
  async settled(): Promise<Found | null> {
    if (this.status.value === "searching" && !this.#isEmergency(this.words.value)) {
      clearTimeout(this.#timer);
      await this.#ask(this.words.value);
    }
    return this.chosen.value;
  }

  async #ask(words: string): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const typed = this.#typed(words);
    try {
      const { organisation, call } = this.#context();
      const found = await this.#api.search(words, organisation, call, request.signal);
      if (request.signal.aborted) return;
      const all = this.#isEmergency(words) ? [...typed, ...found] : [...found, ...typed];
      this.#show(all.slice(0, MOST), "done");
    } catch {
      if (!request.signal.aborted) this.#show(typed, "failed");
    }
  }

  #show(found: readonly Found[], status: SearchStatus): void {
    const chosen = this.#moved ? this.found.value[this.index.value]?.id : undefined;
    batch(() => {
      this.found.value = found;
      this.index.value = Math.max(
        found.findIndex((one) => one.id === chosen),
        0,
      );
      this.instead.value = null;
      this.status.value = status;
    });
  }

  #isEmergency(words: string): boolean {
    return this.#emergency.includes(keyed(words));
  }

  #typed(words: string): Found[] {
    const number = keyed(words);
    return number === ""
      ? []
      : [{ id: "", name: "", number, organisation: this.#context().organisation || this.#dialFor() }];
  }
}
