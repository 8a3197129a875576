// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * A page that is loaded anew takes its telephone out of the call, and the caller is offered again, first to the same operator. She had
 * answered already: her page answers for her, as soon as its telephone is back. A page that was closed doesn't: perhaps she has gone.
 */

import { computed, effect, type ReadonlySignal } from "@preact/signals";

import type { App } from "./app.ts";

const KEY = "vaxel.talked";
/** As long as the caller is likely to be still there, and she before her page. */
const SECONDS = 30;

/** What is needed of `sessionStorage`. */
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Leave word that this page goes away while its operator talks in `call`. `now` in seconds. */
export function leaveWord(store: Store, call: string, now: number): void {
  store.setItem(KEY, JSON.stringify({ call, until: now + SECONDS }));
}

/** The call in which this page's operator talked when it was loaded anew, "" for none. What was left is taken away: it holds once. */
export function takeWord(store: Store, reloaded: boolean, now: number): string {
  const left = store.getItem(KEY);
  store.removeItem(KEY);
  if (left === null || !reloaded) return "";
  const { call, until } = JSON.parse(left) as { call: string; until: number };
  return now < until ? call : "";
}

/** A tab that was copied has what was left, too; only a load of the same page counts. */
function reloaded(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return (navigation as PerformanceNavigationTiming | undefined)?.type === "reload";
}

export class Rejoin {
  readonly #app: App;
  readonly #ready: ReadonlySignal<boolean>;
  #call = "";

  constructor(app: App) {
    this.#app = app;
    this.#ready = computed(() => app.telephone.state.value.registration === "registered");
  }

  start(): void {
    const { telephone, board } = this.#app;
    // A desk phone stays in its call whatever the page does.
    if (telephone.phone === null) return;
    this.#call = takeWord(sessionStorage, reloaded(), Date.now() / 1000);
    if (this.#call !== "") setTimeout(() => (this.#call = ""), SECONDS * 1000);
    window.addEventListener("pagehide", () => {
      const { mine } = board.peek();
      const talks = telephone.state.peek().session === "talking";
      if (mine !== null && talks) leaveWord(sessionStorage, mine.id, Date.now() / 1000);
    });
    effect(() => {
      const back = board.value.offered.some((call) => call.id === this.#call);
      if (back && this.#ready.value) this.#answer();
    });
  }

  /** As the key would, but for the focus: she has pressed nothing. */
  #answer(): void {
    const call = this.#call;
    this.#call = "";
    const { phone } = this.#app.telephone;
    if (phone?.ringing) void phone.answer();
    else void this.#app.command("answer", { call });
  }
}
