// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What is known of a caller: today's calls, open messages, promises. Beside the call in the middle it is spoken, too. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";

import type { App } from "./app.ts";
import { type Api, type CallerHistory, Problem } from "./rest.ts";

export type History = { readonly call: string } & (
  { readonly known: true; readonly caller: CallerHistory } | { readonly known: false }
);

const NOT_FOUND = 404;
/** A call that has just come may not be in the database yet: asked again so often, after so many milliseconds. */
const TRIES = 5;
const AGAIN = 1000;

/** Asks for the caller of one call, and again while the call isn't in the database yet. */
export class CallerOf {
  /** null until it is known. */
  readonly history = signal<History | null>(null);
  readonly #api: Api;
  #request: AbortController | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  /** `call` "": of none. */
  ask(call: string): void {
    this.#request?.abort();
    if (this.history.peek()?.call !== call) this.history.value = null;
    if (call === "") return;
    this.#request = new AbortController();
    void this.#fetch(call, this.#request, TRIES);
  }

  async #fetch(call: string, request: AbortController, tries: number): Promise<void> {
    try {
      const caller = await this.#api.caller(call, request.signal);
      if (!request.signal.aborted) this.history.value = { call, known: true, caller };
    } catch (error) {
      if (request.signal.aborted) return;
      const unknown = error instanceof Problem && error.status === NOT_FOUND;
      if (unknown && tries > 1) setTimeout(() => void this.#fetch(call, request, tries - 1), AGAIN);
      else this.history.value = { call, known: false };
    }
  }
}

export class Beside {
  /** Of the call that I have or am offered. */
  readonly caller: CallerOf;
  readonly #call: ReadonlySignal<string>;
  readonly #app: App;
  /** The call whose history has been spoken. */
  #said = "";

  constructor(app: App) {
    this.#app = app;
    this.caller = new CallerOf(app.api);
    this.#call = computed(() => {
      const { mine, offered } = app.board.value;
      return (mine ?? offered[0])?.id ?? "";
    });
  }

  start(): void {
    effect(() => this.caller.ask(this.#call.value));
    effect(() => this.#say());
  }

  /** Something has been added or is done, as a promise. */
  again(): void {
    this.caller.ask(this.#call.peek());
  }

  /** Once a call, when it is mine: while it rings, its own announcement must not be drowned. */
  #say(): void {
    const { mine } = this.#app.board.value;
    const history = this.caller.history.value;
    if (mine === null || history === null || !history.known || history.call !== mine.id || this.#said === mine.id)
      return;
    this.#said = mine.id;
    const { earlier = [], messages = [], promises = [] } = history.caller;
    const text = this.#app.t.say_history(earlier.length, messages.length, promises.length);
    if (text !== "") this.#app.mention(text);
  }
}
