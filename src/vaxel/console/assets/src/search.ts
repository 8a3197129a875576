// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What is typed in the search box, and what it has found. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import { keyed } from "./format.ts";
import type { Api, Found } from "./rest.ts";

export type SearchStatus = "idle" | "searching" | "done" | "failed";

const PAUSE = 80;
const MOST = 50;

export class Search {
  readonly words = signal("");
  readonly found = signal<readonly Found[]>([]);
  readonly status = signal<SearchStatus>("idle");
  /** Which result is chosen; the first until the operator moves. */
  readonly index = signal(0);
  readonly chosen: ReadonlySignal<Found | null> = computed(() => this.found.value[this.index.value] ?? null);

  readonly #api: Api;
  readonly #organisation: () => string;
  readonly #dialFor: () => string;
  #request: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `organisation`: whose people come first, "" for no preference: those of the caller's municipality. `dialFor`: in whose
   * name a typed number is rung when there is no caller.
   */
  constructor(api: Api, organisation: () => string, dialFor: () => string) {
    this.#api = api;
    this.#organisation = organisation;
    this.#dialFor = dialFor;
  }

  type(words: string): void {
    this.words.value = words;
    clearTimeout(this.#timer);
    this.#request?.abort();
    if (words.trim() === "") {
      this.#show([], "idle");
      return;
    }
    this.status.value = "searching";
    this.#timer = setTimeout(() => void this.#ask(words), PAUSE);
  }

  clear(): void {
    this.type("");
  }

  move(by: number): void {
    const last = this.found.value.length - 1;
    this.index.value = Math.min(Math.max(this.index.value + by, 0), Math.max(last, 0));
  }

  choose(index: number): void {
    this.index.value = index;
  }

  /** The result for what is typed now: Enter may be faster than the answer, and must not act on an older one. */
  async settled(): Promise<Found | null> {
    if (this.status.value === "searching") {
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
      const found = await this.#api.search(words, request.signal);
      if (request.signal.aborted) return;
      this.#show([...this.#ordered(found), ...typed].slice(0, MOST), "done");
    } catch {
      if (!request.signal.aborted) this.#show(typed, "failed");
    }
  }

  #show(found: readonly Found[], status: SearchStatus): void {
    this.found.value = found;
    this.index.value = 0;
    this.status.value = status;
  }

  #ordered(found: readonly Found[]): Found[] {
    const home = this.#organisation();
    const ours = found.filter((one) => one.organisation === home);
    return home === "" ? [...found] : [...ours, ...found.filter((one) => one.organisation !== home)];
  }

  #typed(words: string): Found[] {
    const number = keyed(words);
    return number === "" ? [] : [{ id: "", name: "", number, organisation: this.#organisation() || this.#dialFor() }];
  }
}
